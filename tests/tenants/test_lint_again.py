"""A weakness is the same as before by what it is about, whatever it counts or dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace

import tenants
from tenants import Knowledge, drafting
from tenants.drafting import Put
from tenants.town import Absence, Town
from tests.tenants.drafts import TOM, larkfield_in
from tests.tenants.larkfield import EVERYDAY, LARKFIELD, WATER, both, utc
from townline.db import Database
from townline.tenancy import TenantSession

AT = utc("2026-02-12T09:12")
# Dan's week ends on the 16th of February.
FIRST = ("02-13T18:00", "02-14T12:00")
SHORTER = ("02-13T20:00", "02-14T08:00")
LATER = ("02-14T18:00", "02-15T06:00")
ACROSS = ("02-14T10:00", "02-14T20:00")
ANA, DAN = "+13125550151", "+13125550152"


def away(*stretches: tuple[str, str]) -> Town:
    absences = tuple(
        Absence(contact="dan", starts=day(starts), ends=day(ends))
        for starts, ends in stretches
    )
    return replace(LARKFIELD, rosters=(replace(WATER, absences=absences),))


def day(written: str) -> datetime:
    return utc(f"2026-{written}").replace(tzinfo=None)


def new_ones(before: Town, after: Town, known: tuple[Knowledge, Knowledge]) -> int:
    was = tenants.lint(before, at=AT, known=known[0])
    now = tenants.lint(after, at=AT, known=known[1])
    return sum(not each.was_there(was) for each in now if each.severity == "error")


@pytest.mark.parametrize(
    ("before", "after", "number"),
    [
        pytest.param((FIRST,), (SHORTER,), 0, id="a gap has become shorter"),
        pytest.param((FIRST, LATER), (LATER,), 0, id="the first of two is mended"),
        pytest.param((FIRST, LATER), (FIRST,), 0, id="the second of two is mended"),
        pytest.param((SHORTER,), (FIRST,), 1, id="a gap has become longer"),
        pytest.param((FIRST,), (FIRST, LATER), 1, id="there is another"),
        pytest.param((FIRST,), (ACROSS,), 1, id="it has moved"),
        pytest.param((), (FIRST,), 1, id="there was none"),
    ],
)
def test_a_gap_is_new_at_another_time_only(
    before: tuple[tuple[str, str], ...],
    after: tuple[tuple[str, str], ...],
    number: int,
) -> None:
    nothing = Knowledge(), Knowledge()

    assert new_ones(away(*before), away(*after), nothing) == number


def test_that_another_has_answered_stop_is_new_and_that_the_same_has_is_not() -> None:
    one = Knowledge(opted_out=frozenset({ANA}))
    both_of_them = Knowledge(opted_out=frozenset({ANA, DAN}))
    ana, dan, *others = LARKFIELD.contacts
    renamed = replace(
        LARKFIELD, contacts=(replace(ana, name="Ana Ruiz-Day"), dan, *others)
    )

    assert new_ones(LARKFIELD, renamed, (one, one)) == 0
    assert new_ones(LARKFIELD, LARKFIELD, (one, both_of_them)) == 1


def test_a_gap_at_times_is_no_excuse_for_one_that_is_always_there() -> None:
    department = replace(EVERYDAY.steps[0], to=("roster:water", "department"))
    nobody = replace(LARKFIELD.departments[1], key="parks", name=both("Parks", "Parcs"))
    deserted = replace(
        LARKFIELD,
        policies=(replace(EVERYDAY, steps=(department,)),),
        departments=(*LARKFIELD.departments, nobody),
        categories=(
            *LARKFIELD.categories,
            replace(LARKFIELD.categories[1], key="bench", department="parks"),
        ),
        rosters=away(FIRST).rosters,
    )

    assert new_ones(away(FIRST), deserted, (Knowledge(), Knowledge())) == 1
    assert new_ones(deserted, deserted, (Knowledge(), Knowledge())) == 0


@pytest.fixture
def db(engine_database: Database, towns: dict[str, UUID]) -> Iterator[TenantSession]:
    with larkfield_in(engine_database) as db:
        yield db


def test_half_a_gap_is_mended_tonight_and_another_is_not_opened(
    db: TenantSession,
) -> None:
    """The gap was far ahead when it was published, and has come near."""

    def change(town: Town, *, at: datetime) -> int:
        entry = Put(table="rosters", entry=town.roster("water"), key="water")
        return drafting.change_now(
            db, entry, reason="tonight", by=TOM, at=at, known=Knowledge()
        ).number

    change(away(FIRST), at=AT - timedelta(days=95))

    assert change(away(SHORTER), at=AT) == 3
    with pytest.raises(tenants.TownUnsafe, match="Nobody is on call"):
        change(away(SHORTER, LATER), at=AT)
