"""What a municipality sees of its own service: its nights, its tickets, its rules.

``hall`` is the way in, ``queries`` and ``rules`` know, ``story`` tells a ticket's
history in sentences, and ``web`` shows it to managers and staff of the town alone.
"""
