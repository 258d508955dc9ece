"""Taking up a replay that was stopped, from nothing but the town's own database.

Tickets carry the edition as who opened them, and keys made from their row's number:
what is there has happened. Everything people would still have done is drawn again
from the messages they got, and done from the last logged instant on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select, text

from tickets import Ticket
from townline.entrypoints.replay.acts import (
    Clicks,
    Closes,
    Later,
    Opens,
    Presses,
    Texts,
)
from townline.entrypoints.replay.crew import Crew
from townline.entrypoints.replay.deeds import work
from townline.entrypoints.replay.planning import Edition, Plan
from townline.entrypoints.replay.told import told_since
from townline.tenancy import TenantSession

# Nobody takes longer to answer or to set out: six standard deviations of the slowest.
TAKES_AT_MOST = timedelta(days=45)
LAST = text("""
select max(entry.at) from log_entry entry
join ticket on ticket.tenant_id = :town and ticket.id = entry.subject_id
where entry.tenant_id = :town and ticket.opened_by = :edition
""")
JUST_TAKEN = text("""
select distinct ticket.id from acceptance
join run on run.tenant_id = :town and run.id = acceptance.run_id
join ticket on ticket.tenant_id = :town and ticket.id = run.ticket_id
where acceptance.tenant_id = :town and acceptance.at >= :since
and ticket.opened_by = :edition and ticket.closed_at is null
order by ticket.id
""")
# Each is logged at its very instant: at the last instant, it has been done.
ANSWERS = (Texts, Presses, Clicks)
BEGINNING = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Remembered:
    """How far a replay has come: ``opened`` rows, and what is still to happen."""

    at: datetime
    opened: int
    later: tuple[Later, ...]


def remember(db: TenantSession, crew: Crew) -> Remembered:
    plan = crew.plan
    known = {"town": db.tenant_id, "edition": str(plan.edition)}
    opened = _opened(db, plan.edition)
    at = db.session.scalar(LAST, known) or BEGINNING
    later = [*_rows(plan, opened)]
    if opened:
        since = at - TAKES_AT_MOST
        later += [*_answers(db, crew, since, at=at)]
        taken = db.session.scalars(JUST_TAKEN, {**known, "since": since})
        for ticket_id in taken.all():
            setting_out = work(crew, db, ticket_id, since=since)
            later += [each for each in setting_out if each.at >= at]
    return Remembered(at, len(opened), tuple(later))


def turn_of(db: TenantSession, edition: Edition) -> int | None:
    """The last turn of this file and seed that has left tickets here, if any has."""
    turn = None
    while _opened(db, edition, limit=1):
        turn = edition.turn
        edition = edition.next()
    return turn


def _opened(
    db: TenantSession, edition: Edition, *, limit: int | None = None
) -> Mapping[UUID, tuple[UUID, bool]]:
    """Key to ticket, and whether that is still open."""
    statement = (
        select(Ticket.client_key, Ticket.id, Ticket.closed_at)
        .where(Ticket.tenant_id == db.tenant_id, Ticket.opened_by == str(edition))
        .limit(limit)
    )
    rows = db.session.execute(statement)
    return {key: (id, closed_at is None) for key, id, closed_at in rows}


def _rows(plan: Plan, opened: Mapping[UUID, tuple[UUID, bool]]) -> Iterator[Later]:
    for asked in plan.asked:
        ticket_id, is_open = opened.get(asked.intake.client_key, (None, False))
        if ticket_id is None:
            yield Later(asked.at, Opens(asked))
        elif is_open and asked.closes_at is not None:
            yield Later(asked.closes_at, Closes(asked, ticket_id))


def _answers(
    db: TenantSession, crew: Crew, since: datetime, *, at: datetime
) -> Iterator[Later]:
    for each in told_since(db, since, opened_by=str(crew.plan.edition)):
        for later in crew.reactions(each):
            done = isinstance(later.act, ANSWERS) and later.at == at
            if later.at >= at and not done:
                yield later
