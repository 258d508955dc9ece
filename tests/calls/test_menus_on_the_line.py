"""A caller before any agent: keys, and the line."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

import calls
from calls import Call, announcing
from calls.returning import CallBack
from notify.channels.twiml import INSIST
from tenants.town import Text
from tests.calls.callers import fresh, pressed, words
from tests.calls.cast import (
    PUBLIC_URL,
    TRAVAUX_LINE,
    VOICE,
    WORKS_LINE,
    Switch,
)
from tests.calls.test_webhooks import the_call
from tests.conftest import NIGHT
from townline import proof
from townline.auth import Person
from townline.proof import Actor
from townline.tenancy import TenantSession


@pytest.fixture
def works(switch: Switch) -> Switch:
    """Riverton's second line: answers by keys, then people."""
    return replace(switch, line=WORKS_LINE)


def test_a_line_with_a_menu_greets_and_offers_its_keys(
    works: Switch, riverton: TenantSession
) -> None:
    document = works.hears()

    spoken = words(document)
    assert spoken[0].startswith("City of Riverton. City Hall is closed")
    assert spoken[-2] == "To speak to somebody, press 0."
    gather = document.find("Gather")
    assert gather is not None
    address = f"{PUBLIC_URL}{VOICE}/menu?menu=public-works&tries=0&turns=0"
    assert gather.get("action") == f"{address}{INSIST}"
    assert the_call(riverton).queued_at is None


def test_who_is_in_a_menu_is_on_no_board_and_missed_by_nobody(
    works: Switch, riverton: TenantSession
) -> None:
    works.hears()

    works.reports("/status", CallStatus="completed")

    call = the_call(riverton)
    assert (call.ended_at, call.disposition) == (NIGHT, "hang_up")
    assert fresh(riverton, CallBack) == []


def test_a_call_that_a_menu_answered_says_so_by_itself(
    works: Switch, riverton: TenantSession
) -> None:
    works.hears()
    pressed(works, "2")

    for _ in ("once", "and told again"):
        works.reports("/status", CallStatus="completed")

    call = the_call(riverton)
    assert (call.disposition, call.billable) == ("information_given", False)
    assert call.disposed_by == "engine"


def test_a_key_reads_an_answer_out_and_the_log_says_which(
    works: Switch, riverton: TenantSession
) -> None:
    works.hears()

    spoken, _ = (pressed(works, "2") for _ in ("once", "and told again"))

    assert spoken[0] == "My garbage or recycling was not picked up"
    entries = proof.timeline(riverton, the_call(riverton).id)
    assert [each.event for each in entries] == ["call.arrived", "call.heard"]
    assert entries[1].told() == {"answer": "missed-garbage", "turn": 1}


@pytest.mark.parametrize(
    ("digits", "priority"),
    [
        pytest.param("0", 3, id="to a person"),
        pytest.param("1", 1, id="an emergency goes first"),
    ],
)
def test_a_key_leads_into_the_line(
    works: Switch, riverton: TenantSession, digits: str, priority: int
) -> None:
    works.hears()

    document = works.hears("/menu?menu=public-works&tries=0&turns=0", Digits=digits)

    assert document.find("Enqueue") is not None
    call = the_call(riverton)
    assert (call.queued_at, call.priority) == (NIGHT, priority)


def test_a_nested_menu_is_another_menu(works: Switch, riverton: TenantSession) -> None:
    works.hears()

    spoken = pressed(works, "3")

    assert spoken == [
        "For the parking ban, press 1.",
        "For when your street is plowed, press 2.",
        "To speak to somebody, press 0.",
        "To go back, press star.",
    ]


def test_a_bilingual_menu_goes_on_in_the_language_chosen_there(
    switch: Switch, sainte_aurore: TenantSession
) -> None:
    line = replace(switch, line=TRAVAUX_LINE)
    line.hears()
    line.hears("/language", Digits="1")

    spoken = pressed(line, "8", menu="travaux-publics")

    assert spoken[0] == "Public works of Sainte-Aurore."
    assert the_call(sainte_aurore).language == "en"


@pytest.mark.parametrize(
    "path",
    [
        "/menu",
        "/wait/key",
        "/promise",
        "/number",
        f"/message/{UUID(int=1)}/{UUID(int=2)}",
    ],
)
def test_only_the_exchange_may_press_keys(switch: Switch, path: str) -> None:
    form = {"CallSid": "CA1", "To": WORKS_LINE}

    assert switch.posts(path, form, token="another").status_code == 403


def test_many_who_wait_are_told_so_once_on_entering(
    switch: Switch, riverton: TenantSession
) -> None:
    for number in range(8):
        replace(switch, sid=f"CA-{number}").hears()

    entered = words(replace(switch, sid="CA-last").hears())
    waited = words(replace(switch, sid="CA-last").hears("/wait"))

    busy = "Many people are calling at this moment, and the wait is longer than usual."
    assert entered[-1] == busy
    assert busy not in waited


def test_a_towns_own_announcement_is_said_instead(
    switch: Switch, riverton: TenantSession
) -> None:
    announcing.announce(
        riverton,
        Text(en="The main on Elm Street is being repaired."),
        ends_at=NIGHT + timedelta(hours=1),
        by=Actor("agent", "Maya Okafor"),
        at=NIGHT,
    )
    riverton.session.commit()

    assert words(switch.hears())[-1] == "The main on Elm Street is being repaired."


def test_the_place_in_line_counts_every_town_and_emergencies_first(
    switch: Switch, french_switch: Switch, riverton: TenantSession
) -> None:
    first = replace(french_switch, sid="CA-fr")
    first.hears()
    first.hears("/language", Digits="1")
    urgent = replace(switch, line=WORKS_LINE, sid="CA-urgent")
    switch.hears()
    urgent.hears()
    pressed(urgent, "1")

    spoken = words(switch.hears("/wait"))

    assert spoken[0] == "You are number 3 in line. Please stay on the line."


def test_whoever_has_waited_long_enough_for_the_town_is_led_to_a_message(
    works: Switch, riverton: TenantSession
) -> None:
    works.hears()
    pressed(works, "0")
    call = the_call(riverton)
    call.queued_at = NIGHT - timedelta(seconds=600)
    riverton.session.commit()

    assert works.hears("/wait").find("Leave") is not None
    assert works.hears("/left", QueueResult="leave").find("Record") is not None


def test_an_emergency_is_never_led_out_of_the_line(
    works: Switch, riverton: TenantSession
) -> None:
    works.hears()
    pressed(works, "1")
    call = the_call(riverton)
    call.queued_at = NIGHT - timedelta(hours=1)
    riverton.session.commit()

    document = works.hears("/wait")

    assert document.find("Leave") is None
    assert words(document) == ["You are next. Please stay on the line."]


def test_the_wait_is_said_in_minutes_once_it_can_be_known(
    switch: Switch, riverton: TenantSession, maya: Person
) -> None:
    for number in range(3):
        sid = f"CA-{number}"
        replace(switch, sid=sid).hears()
        call = riverton.session.scalars(
            riverton.rows(Call).where(Call.sid == sid)
        ).one()
        call.queued_at = NIGHT - timedelta(seconds=100 - number)
        calls.claim(riverton, call.id, by=maya, at=NIGHT)
        calls.connected(riverton, call.id, at=NIGHT)
        calls.end(riverton, sid, at=NIGHT)
        riverton.session.commit()
    for sid in ("CA-ahead", "CA-last"):
        replace(switch, sid=sid).hears()

    spoken = words(replace(switch, sid="CA-last").hears("/wait"))

    assert spoken[:2] == [
        "You are number 2 in line. Please stay on the line.",
        "The wait is about 2 minutes.",
    ]
