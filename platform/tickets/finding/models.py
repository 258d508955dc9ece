"""The words of a town's tickets, one a row, and how far old tickets have been read."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tickets.terms import Audience
from townline.db import Base
from townline.tenancy import TenantOwned

# No word anybody looks for is longer; what is, is found by its beginning.
LONGEST = 40


class TicketWord(TenantOwned, Base):
    """A word that a ticket, or a note on it, has: written with it, found by letters.

    PostgreSQL's own text search cannot use an index under row security, for its
    operators may leak what they read; equality and ranges of text may. Words are
    compared by their bytes (collation C), so that those of one beginning are a range.
    There is no foreign key: what is derived may be written anew, and costs as little
    as it can. ``audience`` is who may find the ticket by this word.
    """

    __tablename__ = "ticket_word"
    __table_args__ = (
        UniqueConstraint("tenant_id", "ticket_id", "word", "audience"),
        Index("ix_ticket_word_newest", "tenant_id", "word", "opened_at", "ticket_id"),
    )

    word: Mapped[str] = mapped_column(String(LONGEST, collation="C"))
    ticket_id: Mapped[UUID]
    # The ticket's own, so that the newest are found first without reading the rest.
    opened_at: Mapped[datetime]
    audience: Mapped[Audience] = mapped_column(String(8))


class WordsRead(TenantOwned, Base):
    """One row a town: the oldest ticket whose words are kept, reading backwards.

    Tickets write their words themselves; this is about those that were there before.
    """

    __tablename__ = "words_read"

    opened_at: Mapped[datetime]
    ticket_id: Mapped[UUID]
    finished_at: Mapped[datetime | None]
