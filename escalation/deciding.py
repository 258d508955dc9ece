"""A decision is one transaction: state, timers, promises and log rows, or nothing.

Whoever calls ``decide`` holds the lock of the run's row, and so is alone with it.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

import notify
import tenants
import tickets
from escalation import conformance, timers
from escalation.messages import Relay
from escalation.models import Acceptance, RunRow
from escalation.rules import (
    Accepted,
    Alarm,
    Decision,
    Declined,
    Directory,
    DropTimer,
    Event,
    Log,
    Moved,
    RaiseEpoch,
    Run,
    SetTimer,
    Tell,
    Withdraw,
    plan,
)
from tenants.rules import is_known, person
from tenants.town import Policy, Town
from tickets import Ticket
from townline import live, proof
from townline.db import new_id
from townline.logs import logger
from townline.proof import Actor
from townline.tenancy import TenantSession

log = logger("escalation")


def locked(db: TenantSession, run_id: UUID) -> RunRow:
    return db.get(RunRow, run_id, lock=True)


def decide(
    db: TenantSession,
    row: RunRow,
    event: Event,
    *,
    at: datetime,
    ticket: Ticket | None = None,
) -> Decision:
    """Plan what ``event`` makes of the run, and carry it out.

    Who has just read the ``ticket`` hands it over, and it is not read again.
    """
    ticket = ticket or tickets.get(db, row.ticket_id)
    rules = tenants.current(db)
    people = Directory(rules.town, ticket.department)
    before = row.value()
    decision = plan(policy_of(db, row), people, before, event, at=at)
    row.keep(decision.run)
    conformance.keep(db, row.id, event, people=rules.version_id, at=at)
    _keep_acceptances(db, before, decision.run, event, town=people.town, at=at)
    for effect in decision.effects:
        _carry_out(db, row, effect, town=people.town, at=at)
    _promise(db, ticket, decision, at=at)
    live.announce(db, "runs")
    return decision


def policy_of(db: TenantSession, row: RunRow) -> Policy:
    """As it was when the run started: publishing a new version changes no run."""
    town = tenants.rules_of(db, row.version_id).town
    return next(policy for policy in town.policies if policy.key == row.policy)


def name_of(town: Town, key: str) -> str:
    """Somebody who has left the town's file since is called by their key."""
    return person(town, key).name if is_known(town, f"contact:{key}") else key


def _keep_acceptances(
    db: TenantSession,
    before: Run,
    after: Run,
    event: Event,
    *,
    town: Town,
    at: datetime,
) -> None:
    via = _via(event)
    for contact in after.holders:
        if contact not in before.holders:
            row = insert(Acceptance).values(
                tenant_id=db.tenant_id,
                id=new_id(),
                run_id=after.id,
                opening=after.opening,
                contact=contact,
                name=name_of(town, contact),
                via=via,
                at=at,
            )
            db.session.execute(row.on_conflict_do_nothing())


def _via(event: Event) -> str:
    match event:
        case Accepted() | Declined():
            return event.via
        case Moved():
            return event.kind
        case _:
            return "earlier run"


def _carry_out(
    db: TenantSession, row: RunRow, effect: object, *, town: Town, at: datetime
) -> None:
    match effect:
        case RaiseEpoch():
            timers.void(db, row.id, at=at)
            _raise_fence(db, row, effect, town=town, at=at)
        case SetTimer():
            timers.start(db, row, effect.kind, due_at=effect.due_at)
        case DropTimer():
            timers.void(db, row.id, kind=effect.kind, at=at)
        case Withdraw():
            notify.cancel(db, row.id, except_keys=row.waiting, at=at)
        case Log():
            _record(db, row, effect, town=town, at=at)
        case Alarm():
            log.error("relay.alarm", run=str(row.id), reason=effect.reason)


def _raise_fence(
    db: TenantSession, row: RunRow, effect: RaiseEpoch, *, town: Town, at: datetime
) -> None:
    """The fence's epoch and the run's are raised by the same acts, and stay equal."""
    if not effect.close:
        notify.open_fence(db, row.id)
    by = " & ".join(name_of(town, holder) for holder in row.holders)
    notify.raise_fence(db, row.id, at=at, close=effect.close, by=by)


def _record(
    db: TenantSession, row: RunRow, entry: Log, *, town: Town, at: datetime
) -> None:
    actor = Actor("crew", name_of(town, entry.by)) if entry.by else proof.ENGINE
    proof.record(
        db,
        entry.event,
        subject=row.ticket_id,
        at=at,
        actor=actor,
        run=row.id,
        **entry.facts,
    )


def _promise(
    db: TenantSession, ticket: Ticket, decision: Decision, *, at: datetime
) -> None:
    told = [effect for effect in decision.effects if isinstance(effect, Tell)]
    if told:
        relay = Relay.about(db, ticket)
        messages = [relay.message(tell, decision.run) for tell in told]
        notify.promise_all(db, messages, at=at)
