"""The tickets that have every word somebody typed, or words that begin so."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import CTE, Select, and_, false, intersect, select

from tickets.finding.models import LONGEST, TicketWord, WordsRead
from tickets.finding.rules import Wanted, wanted
from tickets.terms import Audience
from townline.tenancy import TenantSession


@dataclass(frozen=True, slots=True)
class Within:
    """When the tickets were opened that are looked for, both instants included."""

    since: datetime | None = None
    until: datetime | None = None


ALWAYS = Within()
_FOUND = TicketWord.opened_at, TicketWord.ticket_id


def having(
    db: TenantSession,
    text: str,
    *,
    heard: Collection[Audience],
    within: Within = ALWAYS,
) -> CTE:
    """Their ``opened_at`` and ``ticket_id``, each once.

    Each word is one range of the index, and what several have in common is found
    among these: no ticket is read for it. Of words that say nothing there are none.
    """
    ranges = [
        _range(db, each, heard=heard, within=within)
        for each in wanted(text, longest=LONGEST)
    ]
    match ranges:
        case []:
            return select(*_FOUND).where(false()).cte("hit")
        case [one]:
            return one.distinct().cte("hit")
        case _:
            return intersect(*ranges).cte("hit")


def are_known(db: TenantSession, text: str, *, heard: Collection[Audience]) -> bool:
    """Whether each of the words is in some ticket: else none has them all."""
    words = wanted(text, longest=LONGEST)
    known = [_range(db, each, heard=heard, within=ALWAYS).exists() for each in words]
    return bool(known and db.session.scalar(select(and_(*known))))


def _range(
    db: TenantSession,
    word: Wanted,
    *,
    heard: Collection[Audience],
    within: Within,
) -> Select[datetime, UUID]:
    statement = select(*_FOUND).where(
        TicketWord.tenant_id == db.tenant_id,
        TicketWord.word >= word.begins,
        TicketWord.word < word.ends,
        TicketWord.audience.in_(sorted(heard)),
    )
    if within.since:
        statement = statement.where(TicketWord.opened_at >= within.since)
    if within.until:
        statement = statement.where(TicketWord.opened_at <= within.until)
    return statement


def is_whole(db: TenantSession) -> bool:
    """Whether the tickets from before words were kept have been read as well."""
    read = select(WordsRead.finished_at).where(WordsRead.tenant_id == db.tenant_id)
    return db.session.scalar(read) is not None
