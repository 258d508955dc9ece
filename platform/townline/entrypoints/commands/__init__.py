"""One module a group of commands; each opens its own transaction and commits it."""
