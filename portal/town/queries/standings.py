"""How the relays of many tickets stand, and how far their crews have come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from portal.town.rules import PromiseState, promise_state
from tickets import Row, Ticket
from townline.prepared import Prepared
from townline.tenancy import TenantSession

# Every list and every ticket asks these: each is put together once. Of the runs of a
# ticket the live one is meant, or the last that there was.
RUNS = Prepared(
    text(
        "select distinct on (ticket_id) ticket_id, state, accepted_at, holders"
        " from run where tenant_id = :town and ticket_id = any(:ids)"
        " order by ticket_id, id desc"
    )
)
ACCEPTANCES = Prepared(
    text(
        "select r.ticket_id, a.contact, a.name, a.at from run r join acceptance a"
        " on a.tenant_id = :town and a.run_id = r.id"
        " where r.tenant_id = :town and r.ticket_id = any(:ids) order by a.at"
    )
)
MILESTONES = Prepared(
    text(
        "select ticket_id, kind, at from milestone"
        " where tenant_id = :town and ticket_id = any(:ids)"
    )
)
REASONS = Prepared(
    text(
        "select ticket_id, reason from closure"
        " where tenant_id = :town and ticket_id = any(:ids)"
    )
)


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
    found = {each: Standing() for each in ids}
    names: dict[UUID, dict[str, str]] = defaultdict(dict)
    for ticket_id, contact, name, at in ACCEPTANCES(db, ids=ids):
        names[ticket_id][contact] = name
        first = found[ticket_id].first_at or at
        found[ticket_id] = replace(found[ticket_id], first_at=first)
    for ticket_id, state, accepted_at, keys in RUNS(db, ids=ids):
        found[ticket_id] = replace(
            found[ticket_id],
            state=state,
            accepted_at=accepted_at,
            holders=tuple(names[ticket_id].get(key, key) for key in keys),
        )
    return _with_the_end(db, found)


def tickets_by_id(db: TenantSession, ids: Iterable[UUID]) -> dict[UUID, Ticket]:
    found = db.session.scalars(db.rows(Ticket).where(Ticket.id.in_(list(ids))))
    return {ticket.id: ticket for ticket in found}


def _with_the_end(
    db: TenantSession, found: Mapping[UUID, Standing]
) -> dict[UUID, Standing]:
    """What crews said, and why what is closed was closed."""
    ids = list(found)
    reached: dict[UUID, dict[str, datetime]] = defaultdict(dict)
    for ticket_id, kind, at in MILESTONES(db, ids=ids):
        reached[ticket_id][kind] = at
    reasons = dict(REASONS(db, ids=ids))
    return {
        each: replace(standing, reached=reached[each], closed_as=reasons.get(each, ""))
        for each, standing in found.items()
    }
