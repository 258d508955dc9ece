"""What a resident's page decides: how far a ticket is, and what of it is shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.resident.rules import Event, prefix_of, stations, street_only

OPENED = datetime(2026, 2, 12, 8, 12, tzinfo=UTC)


def later(minutes: int) -> datetime:
    return OPENED + timedelta(minutes=minutes)


def told(*happened: str) -> list[Event]:
    return [Event(name, later(minute)) for minute, name in enumerate(happened, 1)]


@pytest.mark.parametrize(
    ("happened", "now"),
    [
        pytest.param((), "received", id="just opened"),
        pytest.param(("relay.attempted", "relay.sent"), "passed_on", id="sent"),
        pytest.param(("relay.sent", "relay.accepted"), "taken", id="somebody took it"),
        pytest.param(
            ("relay.sent", "relay.accepted", "ticket.on_the_way"),
            "at_work",
            id="on the way",
        ),
        pytest.param(
            ("relay.sent", "relay.accepted", "ticket.on_the_way", "relay.reopened"),
            "passed_on",
            id="they never came: nobody has it",
        ),
        pytest.param(
            ("relay.sent", "relay.accepted", "ticket.on_site", "ticket.reopened"),
            "received",
            id="opened again: all of it begins anew",
        ),
        pytest.param(
            ("relay.sent", "relay.answered_by_machine", "relay.declined"),
            "passed_on",
            id="a voicemail is nobody",
        ),
    ],
)
def test_a_ticket_stands_where_the_log_says(
    happened: tuple[str, ...], now: str
) -> None:
    found = stations(OPENED, None, told(*happened))

    assert [each.name for each in found if each.state == "now"] == [now]


def test_an_open_ticket_shows_what_is_still_ahead() -> None:
    found = stations(OPENED, None, told("relay.sent"))

    assert [(each.name, each.state) for each in found] == [
        ("received", "past"),
        ("passed_on", "now"),
        ("taken", "ahead"),
        ("at_work", "ahead"),
        ("closed", "ahead"),
        ("your_word", "ahead"),
    ]


def test_a_closed_ticket_leaves_out_what_never_happened() -> None:
    found = stations(OPENED, later(30), told("relay.sent"))

    assert [(each.name, each.state, each.at) for each in found] == [
        ("received", "past", OPENED),
        ("passed_on", "past", later(1)),
        ("closed", "past", later(30)),
        ("your_word", "now", None),
    ]


@pytest.mark.parametrize(
    ("place", "street"),
    [
        pytest.param("402 Elm St", "Elm St", id="a number in front"),
        pytest.param("12B Oak St, Apt 4", "Oak St", id="a door"),
        pytest.param("114-116 Main St #3", "Main St", id="two numbers"),
        pytest.param("27, rue des Érables", "rue des Érables", id="in French"),
        pytest.param("27 rue du Lac, app. 5", "rue du Lac", id="a French door"),
        pytest.param("Elm St and 4th Ave", "Elm St and 4th Ave", id="a corner"),
        pytest.param("4th Ave and Elm St", "4th Ave and Elm St", id="4th is a name"),
        pytest.param("2e Rue", "2e Rue", id="2e is a name"),
        pytest.param("Mill Park, east gate", "Mill Park, east gate", id="a park"),
        pytest.param("41.88100, -87.91000", "", id="a point on the map"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_the_street_alone_is_shown(place: str, street: str) -> None:
    assert street_only(place) == street


@given(number=st.integers(1, 99_999), street=st.sampled_from(["Elm St", "rue du Lac"]))
def test_no_house_number_is_ever_shown(number: int, street: str) -> None:
    for written in (
        f"{number} {street}",
        f"{number}, {street}",
        f" {number}A {street}",
    ):
        assert street_only(written) == street


@pytest.mark.parametrize(
    ("typed", "prefix"),
    [
        pytest.param("RIV-482-731-7", "RIV", id="as printed"),
        pytest.param("riv4827314", "RIV", id="without dashes"),
        pytest.param(" sau 317 506 8 ", "SAU", id="with spaces"),
        pytest.param("482-731-7", None, id="no letters: whose is it?"),
        pytest.param("RIV", None, id="no digits"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_number_says_whose_it_is(typed: str, prefix: str | None) -> None:
    assert prefix_of(typed) == prefix
