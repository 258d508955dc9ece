"""A ticket's timeline: all of it is told, and no machine is taken for a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.town.story import About, Beat, tell
from tests.conftest import NIGHT
from tests.portal.town.told import ATTEMPT, KNOWN
from tests.tenants.example_towns import TOWNS
from tickets import Ticket
from townline.i18n import speaking
from townline.proof import LogEntry

TICKET = Ticket(
    id=uuid4(),
    category="water-main-break",
    level=1,
    language="en",
    opened_at=NIGHT,
)
CLOSING = {NIGHT: "Main clamped."}
ABOUT = About(TICKET, TOWNS["riverton"], "Helen Marsh", CLOSING, {})
CREW = "crew Ana Ruiz"

# Of these the log says that a carrier's machine said so, and no more.
RECEIPTS = (
    "relay.sent",
    "relay.delivered",
    "relay.undelivered",
    "relay.failed",
    "relay.ambiguous",
    "relay.answered_by_machine",
    "relay.no_answer",
    "relay.hung_up",
    "relay.busy",
)


def entry(
    number: int,
    event: str,
    facts: Mapping[str, object] | None = None,
    *,
    actor: str = "townline engine",
    after: float = 0,
) -> LogEntry:
    known = KNOWN.get(event, {}) if facts is None else facts
    return LogEntry(
        seq=number,
        at=NIGHT + timedelta(seconds=after),
        actor=actor,
        event=event,
        subject_id=TICKET.id,
        facts=msgspec.json.encode(known).decode(),
    )


def told(*entries: LogEntry) -> tuple[Beat, ...]:
    return tell(entries, ABOUT)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("event", KNOWN)
def test_every_known_event_has_words_of_its_own(event: str, language: str) -> None:
    with speaking(language):
        beats = told(
            entry(1, "call.arrived"),
            entry(2, "relay.started"),
            entry(3, "relay.attempted"),
            entry(4, event),
        )

    shown = " ".join((each.head + each.rest + "".join(each.more)) for each in beats)
    assert event not in shown
    assert [4 in each.entries for each in beats].count(True) == 1


@given(st.lists(st.sampled_from([*KNOWN, "weather.changed"]), max_size=30))
def test_every_entry_is_told_exactly_once(events: list[str]) -> None:
    entries = [entry(number, event) for number, event in enumerate(events, 1)]

    beats = told(*entries)

    numbers = sorted(number for each in beats for number in each.entries)
    assert numbers == list(range(1, len(events) + 1))


def test_an_event_nobody_knows_is_shown_as_it_was_logged() -> None:
    (beat,) = told(
        entry(1, "weather.changed", {"to": "ice"}, actor="agent Maya Okafor")
    )

    assert beat.head == "weather.changed"
    assert beat.rest == ", Maya Okafor"
    assert beat.more == ('{"to":"ice"}',)


@pytest.mark.parametrize("receipt", RECEIPTS)
def test_a_machines_receipt_is_never_green(receipt: str) -> None:
    beats = told(
        entry(1, "relay.started"), entry(2, "relay.attempted"), entry(3, receipt)
    )

    assert [row.tone for each in beats for row in each.rows] != ["ok"]
    assert "ok" not in {each.mark for each in beats}


def test_only_the_key_that_accepts_is_green() -> None:
    pressed = {
        key: told(
            entry(1, "relay.started"),
            entry(2, "relay.attempted"),
            entry(3, "relay.answered_by_person", {**ATTEMPT, "key": key}),
        )[0].rows[0]
        for key in "12"
    }

    assert pressed["1"].tone == "ok"
    assert pressed["2"].tone == "plain"
    assert pressed["1"].state == "picked up, pressed 1"


def test_what_a_carrier_says_afterwards_cannot_better_a_persons_key() -> None:
    (beat,) = told(
        entry(1, "relay.started"),
        entry(2, "relay.attempted"),
        entry(3, "relay.answered_by_person", {**ATTEMPT, "key": "1"}),
        entry(4, "relay.answered_by_machine"),
    )

    assert beat.rows[0].state == "picked up, pressed 1"
    assert beat.entries == (1, 2, 3, 4)


def test_each_relay_has_a_table_of_its_own() -> None:
    again = {**ATTEMPT, "attempt": "a2"}

    first, accepted, reopened = told(
        entry(1, "relay.started"),
        entry(2, "relay.attempted"),
        entry(3, "relay.accepted", actor=CREW),
        entry(4, "relay.reopened"),
        entry(5, "relay.attempted", again),
        entry(6, "relay.delivered"),
    )

    assert [row.attempt for row in first.rows] == ["a1"]
    assert [row.attempt for row in reopened.rows] == ["a2"]
    assert first.rows[0].state == "delivered"
    assert accepted.rows == ()


def test_an_acceptance_says_who_how_and_after_how_long() -> None:
    (beat,) = told(entry(1, "relay.accepted", actor=CREW, after=342))

    assert beat.head == "Accepted by Ana Ruiz"
    assert (
        beat.rest == ", by key press, 5\u00a0minutes 42\u00a0seconds after the ticket."
    )
    assert beat.mark == "ok"


def test_a_missed_deadline_is_red_and_names_who_had_it() -> None:
    (beat,) = told(entry(1, "relay.deadline_missed"))

    assert (beat.mark, beat.head) == ("bad", "“On the way” was due, no word.")
    assert beat.rest == " Ana Ruiz had it."


def test_the_relay_says_its_policy_and_why_that_one() -> None:
    (beat,) = told(entry(1, "relay.started"))

    assert beat.rest == ", policy “Water emergencies at night”, level 1."
    assert "names the department “Water”" in beat.more[0]


def test_a_call_is_one_point_of_the_timeline() -> None:
    (beat,) = told(
        entry(1, "call.arrived"),
        entry(2, "call.claimed", actor="agent Maya Okafor"),
        entry(3, "call.connected"),
        entry(4, "call.ended"),
    )

    assert beat.head == "Helen Marsh called"
    assert beat.rest == ", on (312) 555-0100. Maya Okafor took it."
    assert beat.more == (
        "answered after 21\u00a0seconds",
        "on the line 4\u00a0minutes 6\u00a0seconds",
    )


def test_residents_who_hear_the_same_at_once_are_told_of_once() -> None:
    beats = told(
        entry(1, "resident.told"),
        entry(2, "resident.told"),
        entry(3, "resident.told", {"news": "resident_promise_late", "channel": "sms"}),
    )

    assert [each.entries for each in beats] == [(1, 2), (3,)]
    assert beats[0].more == ("A resident, by text", "A resident, by text")


@pytest.mark.parametrize(
    ("reason", "mark"),
    [
        pytest.param("done", "ok", id="work that was done is green"),
        pytest.param("no_action_policy", "human", id="closed is not done"),
    ],
)
def test_closing_is_green_only_when_the_work_was_done(reason: str, mark: str) -> None:
    (beat,) = told(entry(1, "ticket.closed", {"reason": reason}, actor=CREW))

    assert beat.mark == mark
    assert beat.more == ("Main clamped.",)
