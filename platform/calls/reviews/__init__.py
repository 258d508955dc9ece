"""Calls drawn for review: the sheet, its scores, and the agent's answer to them."""
