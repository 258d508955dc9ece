"""The words of a town's tickets, one a row, and how far old tickets have been read."""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b
from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tickets.terms import Audience
from townline.db import Base
from townline.tenancy import TenantOwned

# No word anybody looks for is longer; what is, is found by its beginning.
LONGEST = 40
# Of a UUID: the first half is the ticket's, so that a ticket's words lie together.
HALF = 8


class TicketWord(TenantOwned, Base):
    """A word that a ticket, or a note on it, has: written with it, found by letters.

    PostgreSQL's own text search cannot use an index under row security, for its
    operators may leak what they read; equality and ranges of text may. Words are
    compared by their bytes (collation C), so that those of one beginning are a range.
    There is no foreign key: what is derived may be written anew, and costs as little
    as it can. So does the key: ``id`` is made of the rest, and the same word written
    again is the same row. ``audience`` is who may find the ticket by this word.
    """

    __tablename__ = "ticket_word"
    __table_args__ = (
        # The only way to these rows, and all of them: the heap is never read.
        Index(
            "ix_ticket_word_newest",
            "tenant_id",
            "word",
            "opened_at",
            "ticket_id",
            "audience",
        ),
    )

    word: Mapped[str] = mapped_column(String(LONGEST, collation="C"))
    ticket_id: Mapped[UUID]
    # The ticket's own, so that the newest are found first without reading the rest.
    opened_at: Mapped[datetime]
    audience: Mapped[Audience] = mapped_column(String(8))


def id_of(ticket_id: UUID, word: str, audience: Audience) -> UUID:
    rest = ticket_id.bytes + f"{audience} {word}".encode()
    mine = blake2b(rest, digest_size=HALF).digest()
    return UUID(bytes=ticket_id.bytes[:HALF] + mine)


class WordsRead(TenantOwned, Base):
    """One row a town: the oldest ticket whose words are kept, reading backwards.

    Tickets write their words themselves; this is about those that were there before.
    """

    __tablename__ = "words_read"

    opened_at: Mapped[datetime]
    ticket_id: Mapped[UUID]
    finished_at: Mapped[datetime | None]
