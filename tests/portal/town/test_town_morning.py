"""The first page, after a night with an emergency and after one without a call."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import event

import tickets
from tests.conftest import NIGHT
from tests.portal.town.cast import ANA, Clerk
from tests.portal.town.nights import Night

TOWN = "/town/riverton"


def test_a_silent_night_says_so(priya: Clerk) -> None:
    shown = priya.get(TOWN)

    assert "Nobody called last night." in shown
    assert "Nothing is owed today." in shown
    assert "Nobody has accepted" not in shown


def test_a_night_opens_with_a_sentence(priya: Clerk, night: Night) -> None:
    night.hang_up(night.ring("+13125550170"), "information_given")
    night.ring("+13125550171", answered=False)
    call = night.ring()
    ticket = night.report(call_id=call)
    night.hang_up(call, "ticket_created")
    night.pass_time(seconds=90)
    night.texts(ticket, "dan-ortiz")

    shown = priya.get(TOWN)

    assert (
        "3 calls last night. One hung up before anybody answered."
        " One had an answer at once. One ticket was made."
        " The emergency was accepted after 1\u00a0minute 30\u00a0seconds." in shown
    )
    assert "Dan Ortiz has it" in shown


def test_a_relay_nobody_has_accepted_is_named_first_and_in_red(
    priya: Clerk, night: Night
) -> None:
    night.report()
    night.pass_time(minutes=1)

    shown = priya.get(TOWN)

    assert '<h2 id="alarms" class="is-bad">Nobody has accepted 1 relay</h2>' in shown
    assert shown.index("alarms") < shown.index('id="promises"')


def test_an_accepted_relay_is_no_alarm(priya: Clerk, night: Night) -> None:
    ticket = night.report()
    night.pass_time(minutes=1)
    night.texts(ticket, "dan-ortiz")

    assert 'id="alarms"' not in priya.get(TOWN)


def test_promises_say_which_are_missed_and_who_holds_them(
    priya: Clerk, night: Night
) -> None:
    missed = night.report(place="118 Mill Rd")
    night.texts(missed, "dan-ortiz")
    kept = night.report(place="402 Elm St")
    night.crew_is(kept, "on_site")
    night.clock.later(hours=2)

    shown = priya.get(TOWN)

    promises = shown[shown.index('id="promises"') : shown.index('id="needs"')]
    assert "1 missed" in promises
    assert "1 kept this week" in promises
    assert "Dan Ortiz" in promises
    assert "30:00 late" in promises
    assert "402 Elm St" not in promises


def test_calls_are_drawn_by_the_hour_with_their_table(
    priya: Clerk, night: Night
) -> None:
    night.ring("+13125550170")
    night.ring("+13125550171")

    shown = priya.get(TOWN)

    assert '<svg viewBox="0 0 320 112" role="img" aria-label="Calls by hour' in shown
    assert '<tr><td>02</td><td class="end">2</td><td class="end">0.0</td></tr>' in shown


def test_the_page_asks_as_often_for_one_ticket_as_for_ten(
    priya: Clerk, night: Night
) -> None:
    night.report()
    with counting(night) as few:
        priya.get(TOWN)
    for _ in range(9):
        night.report()

    with counting(night) as many:
        priya.get(TOWN)
    with counting(night) as listed:
        priya.get(f"{TOWN}/tickets")

    assert len(many) == len(few)
    assert len(listed) < len(many)


def test_sainte_aurores_night_is_not_rivertons(claire: Clerk, night: Night) -> None:
    night.ring()
    night.report()

    shown = claire.get("/town/sainte-aurore")

    assert "Personne n’a appelé la nuit dernière." in shown
    assert "RIV-" not in shown


def test_a_closed_ticket_says_how(priya: Clerk, night: Night) -> None:
    ticket = night.report("fire-hydrant")
    night.clock.at = NIGHT + timedelta(minutes=5)
    with night.town() as db:
        tickets.close(
            db,
            ticket.id,
            reason="not_found",
            note="No leak at either corner.",
            by=ANA,
            at=night.clock(),
        )

    assert "Nothing found there" in priya.get(TOWN)


@contextmanager
def counting(night: Night) -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    asked: list[str] = []

    def note(*told: object) -> None:
        asked.append(str(told[2]))

    event.listen(night.database.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(night.database.engine, "before_cursor_execute", note)
