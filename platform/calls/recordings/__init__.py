"""What is recorded of calls, where a town wants it: announced, paused, then deleted."""
