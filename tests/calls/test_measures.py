"""What the calls themselves come to, by town, hour and agent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import event

from calls import measures
from calls.measures import Days, Tally, Window, Worked, Worker
from calls.presence.models import AgentSpell
from calls.returning.models import CallBack
from tests.calls.cast import HELEN, RIVERTON_LINE
from tests.calls.rung import CHICAGO, INES, MAYA, Rang, ring
from tests.conftest import NIGHT
from townline.db import Database, new_id
from townline.tenancy import TenantSession, board


def night(db: TenantSession, *, threshold: int = 30) -> Window:
    day = timedelta(hours=12)
    return Window(db.tenant_id, NIGHT - day, NIGHT + day, threshold, CHICAGO)


def tally(database: Database, window: Window) -> Tally:
    with board(database, [window.tenant_id]) as session:
        return measures.by_town(session, [window]).get(window.tenant_id, Tally())


def test_calls_are_counted_as_they_went(
    database: Database, riverton: TenantSession
) -> None:
    ring(
        riverton,
        Rang(10, talk=100, wrap=20, held=30),
        Rang(50, talk=200, wrap=40, disposition="transferred_city"),
        Rang(30, talk=60, disposition="information_given"),
        Rang(30, talk=60, disposition="wrong_number"),
        Rang(5),
        Rang(25),
        Rang(90),
        Rang(8, queued=False),
        Rang(5, talk=30, outbound=True),
    )

    counted = tally(database, night(riverton))

    assert (counted.answered, counted.answered_in_time) == (4, 3)
    assert (counted.abandoned, counted.abandoned_in_time, counted.short) == (3, 2, 1)
    assert (counted.in_menu, counted.transferred) == (1, 1)
    assert (counted.waited, counted.talked, counted.held) == (120, 390, 30)
    assert counted.wrapped_up == 60
    assert (counted.contacts, counted.resolved) == (3, 1)


def test_each_town_is_measured_by_its_own_threshold(
    database: Database, riverton: TenantSession
) -> None:
    ring(riverton, Rang(25, talk=60))

    assert tally(database, night(riverton, threshold=20)).answered_in_time == 0
    assert tally(database, night(riverton, threshold=30)).answered_in_time == 1


def test_whoever_rings_again_within_the_week_was_not_helped(
    database: Database, riverton: TenantSession
) -> None:
    first = Rang(5, talk=60, disposition="information_given", caller=HELEN)
    ring(riverton, first, replace(first, at=NIGHT + timedelta(hours=2)))

    counted = tally(database, night(riverton))

    assert (counted.contacts, counted.resolved) == (2, 1)


def test_who_asked_to_be_rung_back_has_not_given_up(
    database: Database, riverton: TenantSession
) -> None:
    [call] = ring(riverton, Rang(90))
    riverton.add(
        CallBack(
            call_id=call.id,
            number=HELEN,
            line=RIVERTON_LINE,
            language="en",
            since=NIGHT,
            last_at=NIGHT,
            times=1,
            longest_wait=90,
            wanted_at=NIGHT,
        )
    )
    riverton.session.commit()

    assert tally(database, night(riverton)).abandoned == 0


def test_tests_and_mystery_calls_count_nowhere(
    database: Database, riverton: TenantSession
) -> None:
    mystery, _ = ring(
        riverton, Rang(5, talk=60), Rang(5, talk=60, disposition="test_call")
    )
    for _ in ("said once", "and again"):
        measures.exclude(riverton, mystery.id, "mystery", by=INES, at=NIGHT)
    riverton.session.commit()

    counted = tally(database, night(riverton))
    assert (counted.answered, counted.excluded) == (0, 2)

    measures.include(riverton, mystery.id, by=INES, at=NIGHT)
    riverton.session.commit()
    assert tally(database, night(riverton)).answered == 1


def test_another_towns_calls_are_not_counted(
    database: Database, riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    ring(riverton, Rang(5, talk=60))

    with board(database, [sainte_aurore.tenant_id]) as session:
        assert measures.by_town(session, [night(riverton)]) == {}


def test_hours_are_the_towns_own(database: Database, riverton: TenantSession) -> None:
    ring(riverton, Rang(5, talk=60), Rang(5, talk=60, at=NIGHT + timedelta(hours=1)))

    with board(database, [riverton.tenant_id]) as session:
        named = measures.by_clock(session, [night(riverton)])

    assert {hour: each.answered for hour, each in named.items()} == {2: 1, 3: 1}


def test_an_hour_that_clocks_show_twice_is_two_hours(
    database: Database, riverton: TenantSession
) -> None:
    autumn = Days(date(2026, 11, 1), date(2026, 11, 1))
    since, until = autumn.instants(CHICAGO)
    ring(riverton, *(Rang(5, talk=60, at=hour) for hour in autumn.hours(CHICAGO)))

    with board(database, [riverton.tenant_id]) as session:
        window = Window(riverton.tenant_id, since, until, 30, CHICAGO)
        passed = measures.by_hour(session, [window])
        named = measures.by_clock(session, [window])

    assert sorted(passed) == list(autumn.hours(CHICAGO))
    assert len(passed) == 25
    assert named[1].answered == 2


def test_agents_have_their_own_figures(
    database: Database, riverton: TenantSession
) -> None:
    ring(riverton, Rang(5, talk=100, wrap=20), Rang(60))

    with board(database, [riverton.tenant_id]) as session:
        agents = measures.by_agent(session, [night(riverton)])
        ends = measures.dispositions(session, [night(riverton)])

    assert agents[Worker(MAYA, "Maya Okafor")].handle_time == 120
    assert agents[Worker(None, None)].abandoned == 1
    assert ends == {"ticket_created": 1}


def test_time_at_work_is_counted_within_the_days_asked_for(database: Database) -> None:
    spells = (("ready", -30, 30), ("break", 30, 40), ("on_call", 40, 50))
    with database.everybody() as session:
        for state, start, end in spells:
            since, until = (NIGHT + timedelta(minutes=each) for each in (start, end))
            session.add(
                AgentSpell(
                    id=new_id(),
                    account_id=MAYA,
                    state=state,
                    since=since,
                    until=until,
                )
            )
    hour = timedelta(hours=1)

    with database.everybody() as session:
        worked = measures.worked(
            session, since=NIGHT, until=NIGHT + hour, at=NIGHT + hour
        )

    forty, ten = timedelta(minutes=40), timedelta(minutes=10)
    assert worked == {MAYA: Worked(staffed=forty, busy=ten)}
    assert worked[MAYA].occupancy == 0.25


def test_more_towns_are_no_more_questions(
    database: Database, riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    windows = [night(riverton), night(sainte_aurore)]

    assert questions(database, windows) == questions(database, windows[:1])


def questions(database: Database, windows: list[Window]) -> int:
    asked: list[object] = []

    def note(*told: object) -> None:
        asked.append(told)

    with board(database, [each.tenant_id for each in windows]) as session:
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", note)
        measures.by_town(session, windows)
    return len(asked)
