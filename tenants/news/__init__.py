"""What a new version changes for the agents who speak for a town, and who has read it.

A version that touches nothing of theirs is no news. ``models`` keeps which did and who
has read them, ``receipts`` asks and answers.
"""

from __future__ import annotations

from tenants.news.models import VersionNews, VersionReceipt
from tenants.news.receipts import (
    TOUCHING,
    mark_read,
    news_of,
    readers_of,
    tell_agents,
    unread_on_board,
)

__all__ = [
    "TOUCHING",
    "VersionNews",
    "VersionReceipt",
    "mark_read",
    "news_of",
    "readers_of",
    "tell_agents",
    "unread_on_board",
]
