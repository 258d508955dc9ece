"""What people and the clock do to a run. Each verb is one decision."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import notify
import tenants
import tickets
from escalation import phrases
from escalation.deciding import decide, locked, name_of
from escalation.models import RunRow
from escalation.phrases import Subject
from escalation.queries import live_run
from escalation.rules import (
    Accepted,
    Closed,
    Decision,
    Declined,
    LevelChanged,
    Moved,
    Paused,
    Resumed,
    Run,
    RungFailed,
    Started,
)
from escalation.rules.run import Milestone
from tenants.rules import choose_policy
from tickets import Ticket
from townline.db import new_id
from townline.i18n import language
from townline.tenancy import TenantSession


def start(db: TenantSession, ticket: Ticket, *, at: datetime) -> RunRow:
    """The ticket's one live run, which begins to tell people if there was none.

    A ticket that is opened again long after is relayed by the rules of that day.
    """
    if running := live_run(db, ticket.id):
        return running
    rules = tickets.rules_now(db, ticket)
    return _begin(db, ticket, rules, level=ticket.level, started=Started(), at=at)


def accept(
    db: TenantSession,
    run_id: UUID,
    *,
    contact: str,
    via: str,
    at: datetime,
    code: str = "",
) -> str:
    """Whoever is first has it; everybody is told how it stands, in a sentence."""
    row = _current(db, run_id)
    decision = decide(db, row, Accepted(contact, via), at=at)
    return _reply(db, row, decision, code=code, via=via)


def decline(
    db: TenantSession, run_id: UUID, *, contact: str, via: str, at: datetime
) -> str:
    """Somebody else is asked at once; from who had accepted, it is handed back."""
    row = _current(db, run_id)
    decision = decide(db, row, Declined(contact, via), at=at)
    return _reply(db, row, decision)


def progressed(
    db: TenantSession,
    run_id: UUID,
    kind: Milestone,
    *,
    contact: str,
    at: datetime,
    code: str = "",
) -> tuple[str, bool]:
    """The sentence to say back, and whether it counts: a stale one does not."""
    row = _current(db, run_id)
    decision = decide(db, row, Moved(kind, contact), at=at)
    if decision.reply == "noted":
        return phrases.moved(kind, _subject(db, row, code)), True
    return _reply(db, row, decision), False


def rung_failed(db: TenantSession, run_id: UUID, key: str, *, at: datetime) -> None:
    """Nothing will come of one promise; the ladder may go on early."""
    decide(db, locked(db, run_id), RungFailed(key), at=at)


def moved(
    db: TenantSession,
    ticket_id: UUID,
    kind: Milestone,
    *,
    contact: str = "",
    at: datetime,
) -> None:
    """The ticket itself says how far its crew is; whoever has it has met a deadline."""
    if row := live_run(db, ticket_id, lock=True):
        known = contact if row.state != "accepted" else ""
        decide(db, row, Moved(kind, known), at=at)


def pause(db: TenantSession, run_id: UUID, *, until: datetime, at: datetime) -> None:
    decide(db, locked(db, run_id), Paused(until), at=at)


def resume(db: TenantSession, run_id: UUID, *, at: datetime) -> None:
    decide(db, locked(db, run_id), Resumed(), at=at)


def relevel(db: TenantSession, ticket: Ticket, level: int, *, at: datetime) -> RunRow:
    """Another policy takes over, and who had accepted still has it."""
    before = live_run(db, ticket.id, lock=True)
    rules = tenants.rules_of(db, ticket.version_id)
    if before is None:
        return _begin(db, ticket, rules, level=level, started=Started(), at=at)
    if before.level == level:
        return before
    started = Started(tuple(before.holders), frozenset(before.reached))
    decide(db, before, LevelChanged(level), at=at, ticket=ticket)
    db.session.flush()
    return _begin(db, ticket, rules, level=level, started=started, at=at)


def close(db: TenantSession, ticket_id: UUID, *, reason: str, at: datetime) -> None:
    """Nobody is told any more, and codes that were given out touch nothing."""
    if row := live_run(db, ticket_id, lock=True):
        decide(db, row, Closed(reason), at=at)
        notify.retire_codes(db, row.id, at=at)


def _begin(
    db: TenantSession,
    ticket: Ticket,
    rules: tenants.Rules,
    *,
    level: int,
    started: Started,
    at: datetime,
) -> RunRow:
    category = rules.town.category(ticket.category)
    chosen = choose_policy(rules.town, category, level=level, at=at)
    fresh = Run.fresh(new_id(), level=level, at=at)
    row = RunRow(
        id=fresh.id,
        ticket_id=ticket.id,
        version_id=rules.version_id,
        policy=chosen.policy.key,
        level=level,
        started_at=at,
    )
    row.keep(fresh)
    notify.open_fence(db, row.id)
    # Written with the decision's first statement, as it is after the decision.
    db.add(row)
    decide(db, row, started, at=at, ticket=ticket)
    return row


def _current(db: TenantSession, run_id: UUID) -> RunRow:
    """The run meant by an answer to an older one, whose level was changed since."""
    row = locked(db, run_id)
    if row.state != "superseded":
        return row
    return live_run(db, row.ticket_id, lock=True) or row


def _reply(
    db: TenantSession,
    row: RunRow,
    decision: Decision,
    *,
    code: str = "",
    via: str = "",
) -> str:
    subject = _subject(db, row, code)
    match decision.reply:
        case "yours":
            return _yours(db, subject, via)
        case "still_yours":
            return phrases.still_yours(subject)
        case "taken":
            town = tenants.current(db).town
            names = " & ".join(name_of(town, holder) for holder in row.holders)
            since = row.accepted_at or row.started_at
            return phrases.taken(names, at=since, zone=town.time_zone)
        case "ended":
            return _ended(db, row, subject)
        case "noted":
            return phrases.declined()


def _yours(db: TenantSession, subject: Subject, via: str) -> str:
    """By text and by telephone in the town's own words, where it has some."""
    town = tenants.current(db).town
    said = notify.said_back(
        "accepted", via, subject.facts, town=town, code=subject.code
    )
    return said or phrases.yours(subject)


def _ended(db: TenantSession, row: RunRow, subject: Subject) -> str:
    """A late answer changes nothing, and hears what became of the ticket."""
    if gone := tickets.merging(db, row.ticket_id):
        return phrases.goes_on(subject, tickets.get(db, gone.into_id).tracking)
    if live_run(db, row.ticket_id):
        return phrases.open_again(subject)
    return phrases.ended(subject)


def _subject(db: TenantSession, row: RunRow, code: str) -> Subject:
    ticket = tickets.get(db, row.ticket_id)
    town = tenants.rules_of(db, ticket.version_id).town
    category = town.category(ticket.category).name.in_(language())
    return Subject(category, ticket.place, ticket.tracking, code)
