"""A town from a few answers: its first rules, whole and safe.

``catalogue`` offers what towns really are asked for, ``beginning`` is what somebody
who begins can say, and ``making`` the town that it makes.
"""

from __future__ import annotations

from tenants.starting.beginning import Beginning, OnCall
from tenants.starting.catalogue import Group, offered, usual
from tenants.starting.keys import key_of, prefix_of
from tenants.starting.making import made

__all__ = [
    "Beginning",
    "Group",
    "OnCall",
    "key_of",
    "made",
    "offered",
    "prefix_of",
    "usual",
]
