"""Deciding a finished run anew, and saying where it was not what the rules say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import zip_longest
from uuid import UUID

import msgspec
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session  # noqa: TID251 - a metric counts all towns'

import tenants
import tickets
from escalation.conformance.keeping import event_of
from escalation.conformance.models import Replayed, RunEvent
from escalation.models import RunRow
from escalation.rules import ENDED, Directory, Log, Run, plan
from tenants.town import Policy, Town
from townline import proof
from townline.db import new_id
from townline.logs import logger
from townline.proof import Actor, LogEntry
from townline.tenancy import TenantSession

log = logger("escalation")

# A night's runs of a large town; what is left over is replayed an hour later.
BATCH = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ticket's log, as the rules would have it or as it is there."""

    at: datetime
    actor: str
    event: str
    facts: str


def conform(db: TenantSession, *, at: datetime) -> int:
    """Replay every finished run of the town that was not yet; a deviation alarms."""
    finished = db.session.scalars(_finished(db)).all()
    for row in finished:
        events = _events(db, row.id)
        deviation = next(_deviations(db, row, events), "")
        if deviation:
            log.error("relay.deviated", run=str(row.id), deviation=deviation)
        db.add(
            Replayed(
                id=new_id(),
                run_id=row.id,
                at=at,
                events=len(events),
                deviation=deviation,
            )
        )
    return len(finished)


def replay(db: TenantSession, run_id: UUID) -> tuple[str, ...]:
    """Everything in which a run is not what its recorded events make of it."""
    row = db.get(RunRow, run_id)
    return tuple(_deviations(db, row, _events(db, run_id)))


def deviations(session: Session) -> int:
    """How many runs, of all the towns that the session may see, were not as decided."""
    counted = select(func.count()).where(Replayed.deviation != "")
    return session.scalar(counted) or 0


def _finished(db: TenantSession) -> Select[RunRow]:
    replayed = select(Replayed.run_id).where(Replayed.tenant_id == db.tenant_id)
    kept = select(RunEvent.run_id).where(
        RunEvent.tenant_id == db.tenant_id, RunEvent.seq == 1
    )
    return (
        db.rows(RunRow)
        .where(
            RunRow.state.in_(ENDED),
            RunRow.id.not_in(replayed),
            # Runs that had begun before events were kept have none to replay.
            RunRow.id.in_(kept),
        )
        .order_by(RunRow.id)
        .limit(BATCH)
    )


def _events(db: TenantSession, run_id: UUID) -> Sequence[RunEvent]:
    statement = db.rows(RunEvent).where(RunEvent.run_id == run_id)
    return db.session.scalars(statement.order_by(RunEvent.seq)).all()


def _deviations(
    db: TenantSession, row: RunRow, events: Sequence[RunEvent]
) -> Iterator[str]:
    policy = _policy(tenants.rules_of(db, row.version_id).town, row.policy)
    department = tickets.get(db, row.ticket_id).department
    run = Run.fresh(row.id, level=row.level, at=row.started_at)
    expected: list[Entry] = []
    for number, kept in enumerate(events, 1):
        if kept.seq != number:
            yield f"event {number} is missing"
            return
        town = tenants.rules_of(db, kept.people_version).town
        people = Directory(town, department)
        decision = plan(policy, people, run, event_of(kept), at=kept.at)
        run = decision.run
        expected += _entries(row.id, town, decision.effects, at=kept.at)
    yield from _in_state(run, row.value())
    yield from _in_log(expected, _logged(db, row))


def _policy(town: Town, key: str) -> Policy:
    return next(policy for policy in town.policies if policy.key == key)


def _entries(
    run_id: UUID, town: Town, effects: Sequence[object], *, at: datetime
) -> Iterator[Entry]:
    for effect in effects:
        if isinstance(effect, Log):
            facts = msgspec.json.encode({"run": run_id, **effect.facts}, order="sorted")
            actor = _actor(town, effect.by)
            yield Entry(at, actor, effect.event, facts.decode())


def _actor(town: Town, contact: str) -> str:
    if not contact:
        return str(proof.ENGINE)
    names = {each.key: each.name for each in town.contacts}
    return str(Actor("crew", names.get(contact, contact)))


def _logged(db: TenantSession, row: RunRow) -> list[Entry]:
    """The lines that this run's decisions left; its messages' lines name no run."""
    return [
        Entry(each.at, each.actor, each.event, each.facts)
        for each in proof.timeline(db, row.ticket_id)
        if _is_of(each, row.id)
    ]


def _is_of(entry: LogEntry, run_id: UUID) -> bool:
    return entry.event.startswith("relay.") and entry.told().get("run") == str(run_id)


def _in_state(expected: Run, found: Run) -> Iterator[str]:
    for field in fields(Run):
        one, other = getattr(expected, field.name), getattr(found, field.name)
        if one != other:
            yield f"{field.name} is {other}, and should be {one}"


def _in_log(expected: Sequence[Entry], found: Sequence[Entry]) -> Iterator[str]:
    for number, (one, other) in enumerate(zip_longest(expected, found), 1):
        if one != other:
            yield f"line {number} of its log is {other}, and should be {one}"
