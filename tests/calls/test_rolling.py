"""What is kept by the hour gives the figures that counting every call gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, replace
from datetime import date, datetime, timedelta
from random import Random

import pytest

import calls
from calls import Call, jobs, measures
from calls.late import LateFact
from calls.measures import Days, Window
from calls.measures.counting import added, table, tallied
from calls.measures.rolling import Standard, keep, reading, roll
from calls.measures.rolling.models import RolledHour, RolledSpan
from calls.measures.rolling.reading import AGENT, CLOCK, PASSING, TOWN
from calls.returning import want
from tests.calls.cast import HELEN
from tests.calls.rung import CHICAGO, INES, Rang, ring
from townline.db import Database
from townline.tenancy import TenantSession, board

# Long past for whoever runs this; clocks go back on the 3rd.
DAYS = Days(date(2024, 10, 28), date(2024, 11, 6))
SINCE, UNTIL = DAYS.instants(CHICAGO)
STANDARD = Standard(30, CHICAGO)
LATER = UNTIL + timedelta(days=1)
ENDS = ("information_given", "ticket_created", "transferred_city", "spam", "test_call")
FEW_NUMBERS = [f"+13125550{number}" for number in range(140, 146)]


def drawing(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - nothing here is a secret


def drawn(chance: Random) -> Rang:
    """Answered or not, told at once or not, of one of a few numbers."""
    return Rang(
        chance.uniform(0, 90),
        talk=chance.choice((None, chance.uniform(1, 900))),
        wrap=chance.uniform(-5, 120),
        at=SINCE + chance.random() * (UNTIL - SINCE),
        disposition=chance.choice(ENDS),
        queued=chance.random() < 0.9,
        held=chance.randrange(60),
        caller=chance.choice(FEW_NUMBERS),
        outbound=chance.random() < 0.1,
    )


def some_calls() -> list[Rang]:
    return [drawn(drawing(seed)) for seed in range(20)]


def window(db: TenantSession, *, threshold: int = 30) -> Window:
    return Window(db.tenant_id, SINCE, UNTIL, threshold, CHICAGO)


def rolled(db: TenantSession, *, at: datetime = LATER) -> None:
    while roll(db, STANDARD, at=at):
        db.session.commit()
    db.session.commit()


def assert_the_same(database: Database, asked: Window) -> None:
    """By whatever it is asked for, to the hundredth of a second."""
    with board(database, [asked.tenant_id]) as session:
        for per in (TOWN, PASSING, CLOCK, AGENT):
            counting = table([asked])
            direct = added(tallied(session, counting, *per.counted(counting)))
            kept = reading.tallies(session, [asked], per)
            assert rounded(kept) == rounded(direct)
        counted = session.execute(reading.endings_of(table([asked])))
        ends = {word: number for word, number in map(list, counted)}
        assert measures.dispositions(session, [asked]) == ends


def rounded(
    tallies: reading.Tallies,
) -> dict[reading.Key, tuple[float, ...]]:
    return {
        key: tuple(round(each, 2) for each in astuple(tally))
        for key, tally in tallies.items()
    }


def exclude(db: TenantSession, call: Call) -> None:
    measures.exclude(db, call.id, "mystery", by=INES, at=LATER)


def include(db: TenantSession, call: Call) -> None:
    measures.include(db, call.id, by=INES, at=LATER)


def forget(db: TenantSession, call: Call) -> None:
    calls.forget_caller(db, call.id, at=LATER)


def ask_to_be_rung(db: TenantSession, call: Call) -> None:
    want(db, call, at=LATER)


def wrap_up(db: TenantSession, call: Call) -> None:
    if call.disposition is None:
        calls.wrap_up(db, call.id, "information_given", by=INES, at=LATER)


def ring_again(db: TenantSession, call: Call) -> None:
    sid, at = f"AGAIN{call.id}", call.arrived_at + timedelta(hours=5)
    if call.caller:
        line, language = call.line, call.language
        calls.arrive(db, sid, line=line, caller=call.caller, language=language, at=at)
        calls.end(db, sid, at=at + timedelta(minutes=1))


LATE = (exclude, include, forget, ask_to_be_rung, wrap_up, ring_again)


@pytest.mark.parametrize("seed", range(6))
def test_the_figures_are_those_of_counting_every_call(
    database: Database, riverton: TenantSession, seed: int
) -> None:
    chance = drawing(seed)
    rung = ring(riverton, *(drawn(chance) for _ in range(60)))
    rolled(riverton, at=chance.choice((LATER, SINCE + (UNTIL - SINCE) / 2)))
    assert_the_same(database, window(riverton))

    for call in chance.sample(rung, 12):
        chance.choice(LATE)(riverton, call)
    riverton.session.commit()
    assert_the_same(database, window(riverton))

    rolled(riverton)
    assert_the_same(database, window(riverton))
    assert riverton.session.scalars(riverton.rows(LateFact)).all() == []


@pytest.mark.parametrize("happens", LATE, ids=lambda each: each.__name__)
def test_what_is_told_late_is_in_the_figures_at_once(
    database: Database,
    riverton: TenantSession,
    happens: Callable[[TenantSession, Call], None],
) -> None:
    rung = ring(
        riverton,
        *(replace(each, caller=HELEN, disposition=None) for each in some_calls()),
    )
    rolled(riverton)

    for call in rung[:6]:
        happens(riverton, call)
        riverton.session.commit()
        assert_the_same(database, window(riverton))


def test_kept_hours_are_what_is_read(
    database: Database, riverton: TenantSession
) -> None:
    ring(riverton, *some_calls())
    rolled(riverton)
    for each in riverton.session.scalars(riverton.rows(RolledHour)):
        each.answered += 100
    riverton.session.commit()

    with board(database, [riverton.tenant_id]) as session:
        found = measures.by_town(session, [window(riverton)])

    assert found[riverton.tenant_id].answered > 100


def test_counting_again_changes_nothing(
    database: Database, riverton: TenantSession
) -> None:
    ring(riverton, *some_calls())
    rolled(riverton)
    before = rows(riverton)

    keep(riverton, [window(riverton)])
    riverton.session.commit()

    assert rows(riverton) == before
    assert_the_same(database, window(riverton))


def rows(db: TenantSession) -> set[tuple[object, ...]]:
    found = db.session.scalars(db.rows(RolledHour))
    return {(each.id, each.hour, each.agent, each.answered) for each in found}


def test_a_town_that_wants_them_answered_sooner_is_counted_anew(
    database: Database, riverton: TenantSession
) -> None:
    ring(riverton, *some_calls())
    rolled(riverton)
    sooner = window(riverton, threshold=20)
    assert_the_same(database, sooner)

    while roll(riverton, replace(STANDARD, threshold=20), at=LATER):
        riverton.session.commit()

    assert_the_same(database, sooner)
    kept = riverton.session.scalars(riverton.rows(RolledHour))
    assert {each.threshold for each in kept} == {20}


def test_the_worker_keeps_every_towns_hours_once(
    engine_database: Database,
    database: Database,
    riverton: TenantSession,
    sainte_aurore: TenantSession,
) -> None:
    ring(riverton, *some_calls())

    assert jobs.keep_measures(engine_database, at=LATER)
    assert jobs.keep_measures(engine_database, at=LATER) == 0

    assert_the_same(database, window(riverton))
    spans = riverton.session.scalars(riverton.rows(RolledSpan)).all()
    assert [each.until for each in spans] == [LATER - timedelta(hours=3)]


def test_another_towns_hours_are_not_read(
    database: Database, riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    ring(riverton, *some_calls())
    rolled(riverton)

    with board(database, [sainte_aurore.tenant_id]) as session:
        kept = reading.kept_of(session, [window(riverton)], TOWN)
        assert list(kept) == []
