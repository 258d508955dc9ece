"""Calls that the desk owes: a list of numbers, each on it once, until somebody rang."""
