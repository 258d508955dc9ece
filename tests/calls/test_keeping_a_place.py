"""Who does not wait on the line: a place kept for them, or a message left."""

from __future__ import annotations

from dataclasses import replace

import pytest

import calls
from calls.returning import CallBack, Voicemail
from tests.calls.callers import RECORDED, both_calls, fresh, owed, words
from tests.calls.cast import (
    HELEN,
    TOKEN,
    Switch,
)
from tests.calls.test_webhooks import the_call
from tests.conftest import NIGHT
from townline.auth import Person
from townline.tenancy import TenantSession


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


def test_whoever_asks_again_has_the_place_of_the_first_time(
    switch: Switch, riverton: TenantSession
) -> None:
    again = replace(switch, sid="CA2")
    for line in (switch, again):
        line.hears()
        line.hears("/wait/key", Digits="1")
        asked = line.hears("/left", QueueResult="leave")
        line.hears("/promise", Digits="1")

        assert words(asked)[0].startswith("We will call you back")
    ours = [each for each in both_calls(riverton) if each.outbound]
    assert len(ours) == 1
    assert owed(riverton).times == 2


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
    open_entries = [e for e in fresh(riverton, CallBack) if not e.done_at]
    assert [each.number for each in open_entries] == ["+13125550177"]


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
        token=TOKEN,
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


def test_a_key_that_is_reported_after_the_end_changes_nothing(
    switch: Switch, riverton: TenantSession
) -> None:
    switch.hears()
    switch.reports("/status", CallStatus="completed")

    for path in ("/wait/key", "/wait"):
        switch.reports(path, Digits="1")

    assert owed(riverton).wanted_at is None
    assert len(both_calls(riverton)) == 1


def test_a_caller_who_stays_anonymous_leaves_the_list_too(
    switch: Switch, riverton: TenantSession
) -> None:
    switch.hears()
    switch.reports("/status", CallStatus="completed")

    calls.forget_caller(riverton, the_call(riverton).id, at=NIGHT)
    riverton.session.commit()

    assert (owed(riverton).number, owed(riverton).done_at) == (None, NIGHT)
