"""Tickets that were there before their words were kept: read once, backwards, since
it is the newest that are looked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.dialects.postgresql import insert

import tenants
from tickets.finding.keeping import keep_many, said
from tickets.finding.models import WordsRead
from tickets.models import Closure, Note, Ticket
from tickets.terms import Audience
from townline.db import Database
from townline.tenancy import TenantSession, town

# More in one transaction would keep the worker from other towns.
AT_ONCE = 500
THE_TOWNS, LAST = UUID(int=0), UUID(int=2**128 - 1)
# Later than any ticket.
END = datetime(9999, 1, 1, tzinfo=UTC)


def read_back(database: Database, *, at: datetime) -> int:
    """A short transaction for each town that is not read to its first ticket."""
    with database.everybody() as session:
        done = set(
            session.scalars(
                select(WordsRead.tenant_id).where(WordsRead.finished_at.is_not(None))
            )
        )
        ids = [each.id for each in tenants.all_towns(session) if each.id not in done]
    read = 0
    for tenant_id in ids:
        with town(database, tenant_id) as db:
            read += read_older(db, at=at)
    return read


def read_older(db: TenantSession, *, at: datetime, limit: int = AT_ONCE) -> int:
    """How many tickets were read; of two at once, the second reads none."""
    mark = _mark(db)
    if mark is None or mark.finished_at:
        return 0
    older = _older(db, mark, limit=limit)
    if older:
        keep_many(db, _texts(db, older))
        mark.opened_at, mark.ticket_id = older[-1].opened_at, older[-1].id
    if len(older) < limit:
        mark.finished_at = at
    return len(older)


def _mark(db: TenantSession) -> WordsRead | None:
    """The town's row, for this transaction alone; None while another has it."""
    begun = insert(WordsRead).values(
        tenant_id=db.tenant_id, id=THE_TOWNS, opened_at=END, ticket_id=LAST
    )
    db.session.execute(begun.on_conflict_do_nothing())
    return db.session.scalar(db.rows(WordsRead).with_for_update(skip_locked=True))


def _older(db: TenantSession, mark: WordsRead, *, limit: int) -> Sequence[Ticket]:
    place = tuple_(Ticket.opened_at, Ticket.id)
    older = db.rows(Ticket).where(place < (mark.opened_at, mark.ticket_id))
    newest = older.order_by(Ticket.opened_at.desc(), Ticket.id.desc())
    return db.session.scalars(newest.limit(limit)).all()


def _texts(
    db: TenantSession, tickets: Sequence[Ticket]
) -> Iterator[tuple[Ticket, Audience, str]]:
    known = {each.id: each for each in tickets}
    for ticket in tickets:
        yield ticket, "town", said(ticket, tenants.rules_of(db, ticket.version_id).town)
    for note in db.session.scalars(db.rows(Note).where(Note.ticket_id.in_(known))):
        yield known[note.ticket_id], note.audience, note.body
    closed = db.rows(Closure).where(Closure.ticket_id.in_(known))
    for closure in db.session.scalars(closed):
        yield known[closure.ticket_id], "town", closure.note
