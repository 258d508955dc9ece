"""How the relays of many tickets stand, and how far their crews have come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from escalation.models import Acceptance, RunRow
from portal.town.rules import PromiseState, promise_state
from tickets import Closure, Milestone, Row, Ticket
from townline.tenancy import TenantSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """``first_at`` is when a person first accepted; ``holders`` have it now.

    ``reached`` has the crew's own words: on_the_way, on_site, done.
    """

    state: str | None = None
    first_at: datetime | None = None
    accepted_at: datetime | None = None
    holders: tuple[str, ...] = ()
    closed_as: str = ""
    reached: Mapping[str, datetime] = field(default_factory=dict)

    def promise(self, ticket: Ticket | Row, *, at: datetime, zone: str) -> PromiseState:
        """How the promise to the ticket's callers does, or did."""
        done = self.reached.get("done")
        settled = [each for each in (self.on_site_at, done, ticket.closed_at) if each]
        earliest = min(settled, default=None)
        return promise_state(ticket.promised_at, earliest, at=at, zone=zone)

    @property
    def on_the_way_at(self) -> datetime | None:
        return self.reached.get("on_the_way")

    @property
    def on_site_at(self) -> datetime | None:
        return self.reached.get("on_site")

    @property
    def is_unheard(self) -> bool:
        """Whether a relay is under way that no person has accepted."""
        return self.state in ("running", "exhausted", "paused")


def standings(db: TenantSession, ticket_ids: Iterable[UUID]) -> dict[UUID, Standing]:
    """One for each of the tickets, in four queries."""
    ids = list(ticket_ids)
    runs = {run.ticket_id: run for run in _latest_runs(db, ids)}
    accepted = _acceptances(db, ids)
    reached = _milestones(db, ids)
    reasons = _reasons(db, ids)
    return {
        each: replace(
            _standing(runs.get(each), accepted[each]),
            reached=reached[each],
            closed_as=reasons.get(each, ""),
        )
        for each in ids
    }


def tickets_by_id(db: TenantSession, ids: Iterable[UUID]) -> dict[UUID, Ticket]:
    found = db.session.scalars(db.rows(Ticket).where(Ticket.id.in_(list(ids))))
    return {ticket.id: ticket for ticket in found}


def _standing(run: RunRow | None, accepted: Sequence[Acceptance]) -> Standing:
    names = {each.contact: each.name for each in accepted}
    return Standing(
        state=run.state if run else None,
        first_at=min((each.at for each in accepted), default=None),
        accepted_at=run.accepted_at if run else None,
        holders=tuple(names.get(key, key) for key in run.holders) if run else (),
    )


def _latest_runs(db: TenantSession, ids: list[UUID]) -> Sequence[RunRow]:
    """The live one of each ticket, or the last that there was."""
    statement = (
        db.rows(RunRow)
        .ext(distinct_on(RunRow.ticket_id))
        .where(RunRow.ticket_id.in_(ids))
        .order_by(RunRow.ticket_id, RunRow.id.desc())
    )
    return db.session.scalars(statement).all()


def _acceptances(db: TenantSession, ids: list[UUID]) -> dict[UUID, list[Acceptance]]:
    of_run = (RunRow.tenant_id == Acceptance.tenant_id) & (
        RunRow.id == Acceptance.run_id
    )
    statement = (
        select(RunRow.ticket_id, Acceptance)
        .join(RunRow, of_run)
        .where(Acceptance.tenant_id == db.tenant_id, RunRow.ticket_id.in_(ids))
        .order_by(Acceptance.at)
    )
    found: dict[UUID, list[Acceptance]] = defaultdict(list)
    for ticket_id, acceptance in db.session.execute(statement):
        found[ticket_id].append(acceptance)
    return found


def _milestones(db: TenantSession, ids: list[UUID]) -> dict[UUID, dict[str, datetime]]:
    found: dict[UUID, dict[str, datetime]] = defaultdict(dict)
    for each in db.session.scalars(
        db.rows(Milestone).where(Milestone.ticket_id.in_(ids))
    ):
        found[each.ticket_id][each.kind] = each.at
    return found


def _reasons(db: TenantSession, ids: list[UUID]) -> dict[UUID, str]:
    closed = db.session.scalars(db.rows(Closure).where(Closure.ticket_id.in_(ids)))
    return {each.ticket_id: each.reason for each in closed}
