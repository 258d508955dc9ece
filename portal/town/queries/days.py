"""One day so far, a usual night, and what is open: counts, each by its own index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import text

from portal.town.rules import Night
from townline.prepared import Prepared
from townline.tenancy import TenantSession

# Each count by its own index: those of tickets read nothing but it.
TODAY = Prepared(
    text("""
select
  (select count(*) from call
   where tenant_id = :town and arrived_at >= :since and not outbound),
  (select count(connected_at) from call
   where tenant_id = :town and arrived_at >= :since and not outbound),
  (select count(*) from ticket where tenant_id = :town and opened_at >= :since),
  (select count(*) from closure where tenant_id = :town and at >= :since),
  (select count(*) from assignment a join ticket t
   on t.tenant_id = :town and t.id = a.ticket_id and t.closed_at is null
   where a.tenant_id = :town and a.account_id = :person)
""")
)
OPEN = Prepared(
    text("""
select category, width_bucket(opened_at, cast(:edges as timestamptz[])), count(*)
from ticket where tenant_id = :town and closed_at is null group by 1, 2
""")
)
# A night at a time by the index (OFFSET 0 sees to it): once its plan is for any nights,
# the planner would rather read every call there ever was.
RANG = Prepared(
    text("""
select cast(extract(hour from timezone(:zone, c.arrived_at)) as integer), count(*)
from unnest(cast(:begins as timestamptz[]), cast(:ends as timestamptz[]))
  as night(begins, ends)
cross join lateral (
  select arrived_at from call where tenant_id = :town
  and arrived_at >= night.begins and arrived_at < night.ends and not outbound
  offset 0
) c
group by 1
""")
)


class Today(Struct, frozen=True):
    """Since midnight; ``mine`` are open ones that whoever reads this looks after."""

    calls: int
    answered: int
    tickets: int
    closed: int
    mine: int


class OpenOnes(Struct, frozen=True):
    """How many open tickets of a category are how old, as ``rules.AGES`` counts."""

    category: str
    age: int
    tickets: int


def today(db: TenantSession, *, since: datetime, person: UUID) -> Today:
    [row] = TODAY(db, since=since, person=person)
    return Today(*row)


def open_by_age(db: TenantSession, edges: Sequence[datetime]) -> Sequence[OpenOnes]:
    """``edges`` are where one age ends and the next begins, the newest last."""
    return [OpenOnes(*row) for row in OPEN(db, edges=list(edges))]


def calls_by_clock(
    db: TenantSession, nights: Sequence[Night], *, zone: str
) -> Mapping[int, int]:
    """How many rang in all these nights together, by the hour that the clock showed."""
    begins, ends = [e.since for e in nights], [e.until for e in nights]
    return dict(RANG(db, begins=begins, ends=ends, zone=zone))
