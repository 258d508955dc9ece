"""The verbs: ``follow_ups`` before a ticket closes, ``invitations`` after it.

``news`` writes to people about a ticket, ``tasks`` are the calls the desk owes them.
"""
