"""Calls: ringing, and what is said and pressed once somebody has answered."""
