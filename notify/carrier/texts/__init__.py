"""Texts: from the account to people, and from people to the account."""
