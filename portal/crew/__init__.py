"""A page for each relay, for whoever it was sent to: take it, do it, show it.

The address is the key: it was sent to one person about one ticket, and proves both.
"""
