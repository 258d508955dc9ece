"""Assembles the capabilities into processes; the only code that sees all of them."""
