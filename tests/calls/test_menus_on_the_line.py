"""A caller before any agent: keys, the line, a place kept, a message left."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

import calls
from calls import Call
from calls.returning import CallBack, Voicemail
from tests.calls.cast import (
    HELEN,
    PUBLIC_URL,
    TRAVAUX_LINE,
    VOICE,
    WORKS_LINE,
    Switch,
    said,
)
from tests.calls.test_webhooks import the_call
from tests.conftest import NIGHT
from townline import proof
from townline.auth import Person
from townline.tenancy import TenantSession

MENU = {"menu": "public-works", "tries": "0", "turns": "0"}
RECORDED = {
    "RecordingSid": "RE" + "1" * 32,
    "RecordingUrl": "https://carrier.example/RE1",
    "RecordingDuration": "14",
}


@pytest.fixture
def works(switch: Switch) -> Switch:
    """Riverton's second line: answers by keys, then people."""
    return replace(switch, line=WORKS_LINE)


def words(document: object) -> list[str]:
    return [each for _, each in said(document)]  # type: ignore[arg-type] # an element


def pressed(switch: Switch, digits: str, **state: str) -> list[str]:
    query = "&".join(f"{name}={value}" for name, value in (MENU | state).items())
    return words(switch.hears(f"/menu?{query}", Digits=digits))


def fresh(db: TenantSession, model: type[CallBack] | type[Voicemail]) -> list[object]:
    db.session.rollback()
    statement = db.rows(model).execution_options(populate_existing=True)
    return list(db.session.scalars(statement))


def owed(db: TenantSession) -> CallBack:
    (entry,) = fresh(db, CallBack)
    assert isinstance(entry, CallBack)
    return entry


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
    assert gather.get("action") == address
    assert the_call(riverton).queued_at is None


def test_who_is_in_a_menu_is_on_no_board_and_missed_by_nobody(
    works: Switch, riverton: TenantSession
) -> None:
    works.hears()

    works.reports("/status", CallStatus="completed")

    assert the_call(riverton).ended_at == NIGHT
    assert fresh(riverton, CallBack) == []


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


def test_a_caller_keeps_their_place_and_is_called_back(
    switch: Switch, riverton: TenantSession
) -> None:
    switch.hears()

    assert switch.hears("/wait/key", Digits="1").find("Leave") is not None
    asked = switch.hears("/left", QueueResult="leave")
    document = switch.hears("/promise", Digits="1")

    assert "at 3 1 2 5 5 5 0 1 4 2" in words(asked)[0]
    assert words(document) == [
        "You keep your place. We will call you at 3 1 2 5 5 5 0 1 4 2. Goodbye."
    ]
    theirs, ours = both_calls(riverton)
    assert (theirs.ended_at, theirs.outbound) == (NIGHT, False)
    assert (ours.outbound, ours.redial_of) == (True, theirs.id)
    assert (ours.caller, ours.queued_at) == (HELEN, theirs.queued_at)
    assert owed(riverton).wanted_at == NIGHT


def test_a_promise_that_is_told_twice_keeps_one_place(
    switch: Switch, riverton: TenantSession
) -> None:
    switch.hears()
    for _ in ("once", "and told again"):
        switch.hears("/wait/key", Digits="1")
    for _ in ("once", "and told again"):
        switch.hears("/promise", Digits="1")

    switch.reports("/status", CallStatus="completed")
    switch.hears("/left", QueueResult="hangup")

    assert len(both_calls(riverton)) == 2
    assert owed(riverton).times == 1


def test_another_number_can_be_keyed_in(
    switch: Switch, riverton: TenantSession
) -> None:
    switch.hears()
    switch.hears("/wait/key", Digits="1")

    asked = switch.hears("/promise", Digits="2")
    wrong = switch.hears("/number?tries=0", Digits="12345")
    right = switch.hears("/number?tries=1", Digits="3125550177")

    assert words(asked)[0].startswith("Key in the number")
    assert words(wrong)[0] == "That is no telephone number."
    assert "3 1 2 5 5 5 0 1 7 7" in words(right)[0]
    _, ours = both_calls(riverton)
    assert ours.caller == "+13125550177"
    open_entries = [e for e in fresh(riverton, CallBack) if not e.done_at]  # type: ignore[attr-defined] # entries
    assert [each.number for each in open_entries] == ["+13125550177"]  # type: ignore[attr-defined] # entries


def test_a_withheld_caller_keys_a_number_in_or_goes_on_waiting(
    switch: Switch, riverton: TenantSession
) -> None:
    withheld = replace(switch, caller="anonymous")
    withheld.hears()
    withheld.hears("/wait/key", Digits="1")

    asked = withheld.hears("/left", QueueResult="leave")
    document = withheld.hears("/number?tries=2", Digits="")

    assert words(asked)[0].startswith("Key in the number")
    assert document.find("Enqueue") is not None
    assert the_call(riverton).ended_at is None


def test_hanging_up_while_the_number_is_asked_still_keeps_the_place(
    switch: Switch, riverton: TenantSession
) -> None:
    switch.hears()
    switch.hears("/wait/key", Digits="1")

    switch.reports("/status", CallStatus="completed")

    _, ours = both_calls(riverton)
    assert ours.caller == HELEN


def test_a_message_is_asked_for_kept_once_and_written_down(
    switch: Switch, riverton: TenantSession
) -> None:
    switch.hears()
    switch.hears("/wait/key", Digits="2")
    document = switch.hears("/left", QueueResult="leave")
    record = document.find("Record")
    assert record is not None
    assert (record.get("maxLength"), record.get("finishOnKey")) == ("120", "#")
    here = f"{riverton.tenant_id}/{the_call(riverton).id}"

    spoken = {"TranscriptionText": "A leak.", "TranscriptionStatus": "completed"}
    switch.reports(f"/transcript/{here}", **RECORDED, **spoken)
    kept = switch.hears(f"/message/{here}", **RECORDED)
    switch.reports(f"/recorded/{here}", **RECORDED)
    switch.reports("/status", CallStatus="completed")

    assert words(kept) == ["Thank you; your message is kept. Goodbye."]
    (voicemail,) = fresh(riverton, Voicemail)
    assert isinstance(voicemail, Voicemail)
    assert (voicemail.seconds, voicemail.transcript) == (14, "A leak.")
    assert (owed(riverton).number, owed(riverton).times) == (HELEN, 1)
    assert the_call(riverton).connected_at is None


def test_a_recording_callback_that_names_no_line_is_understood(
    switch: Switch, riverton: TenantSession
) -> None:
    switch.hears()
    here = f"{riverton.tenant_id}/{the_call(riverton).id}"

    answer = switch.posts(
        f"/recorded/{here}",
        {"CallSid": "CA1", **RECORDED},
        token="a-token-of-the-bench",
    )

    assert answer.status_code == 204
    assert len(fresh(riverton, Voicemail)) == 1


@pytest.mark.parametrize("path", ["message", "recorded", "transcript"])
def test_a_town_cannot_be_told_of_anothers_message(
    switch: Switch, riverton: TenantSession, sainte_aurore: TenantSession, path: str
) -> None:
    switch.hears()
    theirs = f"{sainte_aurore.tenant_id}/{the_call(riverton).id}"

    assert switch.reports(f"/{path}/{theirs}", **RECORDED).status_code == 404
    assert fresh(riverton, Voicemail) == []


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

    assert works.hears("/wait").find("Leave") is None


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


def test_an_answered_call_settles_what_the_number_was_owed(
    switch: Switch, riverton: TenantSession, maya: Person
) -> None:
    switch.hears()
    switch.reports("/status", CallStatus="completed")
    assert owed(riverton).done_at is None
    again = replace(switch, sid="CA2")
    again.hears()

    call = next(each for each in both_calls(riverton) if each.sid == "CA2")
    calls.claim(riverton, call.id, by=maya, at=NIGHT)
    calls.connected(riverton, call.id, at=NIGHT)
    riverton.session.commit()

    assert (owed(riverton).result, owed(riverton).done_at) == ("answered", NIGHT)


def both_calls(db: TenantSession) -> list[Call]:
    db.session.rollback()
    statement = db.rows(Call).order_by(Call.outbound, Call.id)
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


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
