"""What kind of line a number is, as it was found out ahead of time.

A claim goes by what is known and never waits: what nobody has looked up yet is texted,
and looked up for the next time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, literal, select, update
from sqlalchemy.dialects.postgresql import insert

from notify.rules import lines
from notify.ways import PhoneLine
from tenants.town import Town
from townline.db import new_id
from townline.prepared import Prepared
from townline.sets import given, to_be_among
from townline.tenancy import TenantSession

# As many as are asked about at once; the next round is a second away.
BATCH = 20
# Longer than any look takes; another worker looks if this one did not come back.
LOOKING = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class _Wish:
    id: UUID
    number: str


KNOWN = Prepared(
    select(
        PhoneLine.number, PhoneLine.line_type, PhoneLine.good_until, PhoneLine.look_at
    ).where(PhoneLine.tenant_id == bindparam("town"), to_be_among(PhoneLine.number))
)


def landlines(
    db: TenantSession, numbers: Collection[str], *, at: datetime
) -> frozenset[str]:
    """Those that take no texts; what is unknown, or known too long, is looked up."""
    if not numbers:
        return frozenset()
    known, settled = {}, set()
    for number, line_type, good_until, look_at in KNOWN(db, among=[*numbers]):
        known[number] = line_type
        if look_at or (good_until and good_until > at):
            settled.add(number)
    look_up(db, set(numbers) - settled, at=at)
    return frozenset(n for n, each in known.items() if not lines.takes_texts(each))


def foresee(db: TenantSession, town: Town, *, at: datetime) -> None:
    """Have every contact's mobile looked up before the first emergency needs it."""
    numbers = {each.mobile for each in town.contacts if each.mobile}
    landlines(db, numbers, at=at)


def look_up(db: TenantSession, numbers: Iterable[str], *, at: datetime) -> None:
    """Ask a worker to find out; in the order of numbers, as everybody who asks."""
    wishes = [_Wish(new_id(), number) for number in sorted(numbers)]
    if not wishes:
        return
    these = given(wishes, PhoneLine.id, PhoneLine.number)
    fixed = {
        PhoneLine.tenant_id: db.tenant_id,
        PhoneLine.line_type: "",
        PhoneLine.look_at: at,
    }
    same = [literal(value, column.type) for column, value in fixed.items()]
    fresh = insert(PhoneLine).from_select(
        [PhoneLine.id, PhoneLine.number, *fixed], select(*these.c, *same)
    )
    db.session.execute(
        fresh.on_conflict_do_update(
            index_elements=["tenant_id", "number"],
            set_={"look_at": fresh.excluded.look_at},
            where=PhoneLine.look_at.is_(None),
        )
    )


def wanted(db: TenantSession, *, at: datetime) -> Sequence[str]:
    """The numbers to look up now; their time is pushed forward meanwhile."""
    waiting = (
        select(PhoneLine.id)
        .where(PhoneLine.tenant_id == db.tenant_id, PhoneLine.look_at <= at)
        .order_by(PhoneLine.look_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    pushed = (
        update(PhoneLine)
        .where(PhoneLine.tenant_id == db.tenant_id, PhoneLine.id.in_(waiting))
        .values(look_at=at + LOOKING)
        .returning(PhoneLine.number)
        .execution_options(synchronize_session=False)
    )
    return db.session.scalars(pushed).all()


def learn(db: TenantSession, *, number: str, line_type: str, at: datetime) -> None:
    _write(
        db,
        number,
        line_type=line_type,
        good_until=lines.look_again(line_type, at=at),
        look_at=None,
    )


def postpone(db: TenantSession, *, number: str, at: datetime) -> None:
    """The register is away; what was known before is believed meanwhile."""
    _write(db, number, look_at=at + lines.ASK_AGAIN)


def _write(db: TenantSession, number: str, **facts: object) -> None:
    db.session.execute(
        update(PhoneLine)
        .where(PhoneLine.tenant_id == db.tenant_id, PhoneLine.number == number)
        .values(facts)
        .execution_options(synchronize_session=False)
    )
