"""Conferences as Twilio's own library sees them: who joins, holds, leaves and ends."""

# The carriers' own libraries say little of their types.
# mypy: allow-untyped-calls

from __future__ import annotations

import pytest
from twilio.base.exceptions import TwilioRestException

from notify.carrier import BenchPhone, CarrierHandle
from tests.carrier.cast import CREW, LINE, Twilio
from tests.carrier.town import Town

EVERYTHING = "start end join leave mute hold announcement"


@pytest.fixture
def room(town: Town, resident: BenchPhone, twilio: Twilio) -> Twilio:
    """Sam Lee is in the room "storm", and alone there."""
    town.answers(
        "/voice",
        '<Dial action="/dialled"><Conference participantLabel="caller"'
        ' statusCallback="/room" statusCallbackEvent="' + EVERYTHING + '"'
        ' record="record-from-start" recordingStatusCallback="/recorded"'
        ' recordingStatusCallbackEvent="in-progress completed">storm</Conference>'
        "</Dial>",
    )
    resident.ring(LINE)
    resident.wait_until_connected()
    [found] = twilio.conferences.list(friendly_name="storm")
    return twilio.conferences(found.sid)


@pytest.fixture
def both(room: Twilio, crew: BenchPhone) -> Twilio:
    """And Ana Ruiz has been brought in."""
    room.participants.create(from_=LINE, to=CREW, label="crew")
    crew.wait_until_ringing()
    crew.answer()
    crew.wait_until_connected()
    return room


def events(town: Town, count: int) -> list[str]:
    return [told.fields["StatusCallbackEvent"] for told in town.told("/room", count)]


def test_somebody_is_brought_in_by_the_name_of_the_room(
    room: Twilio, twilio: Twilio, crew: BenchPhone, resident: BenchPhone, town: Town
) -> None:
    added = twilio.conferences("storm").participants.create(
        from_=LINE, to=CREW, label="crew", end_conference_on_exit=True
    )
    crew.wait_until_ringing()
    crew.answer()
    crew.wait_until_connected()
    crew.say("On my way.")

    resident.wait_until_heard("On my way.")
    assert added.conference_sid == room.fetch().sid
    labels = {each.label: each.hold for each in room.participants.list()}
    assert labels == {"caller": False, "crew": False}
    joined = [told.fields for told in town.told("/room", 3)]
    assert [each["StatusCallbackEvent"] for each in joined] == [
        "conference-start",
        "participant-join",
        "participant-join",
    ]
    assert (joined[2]["ParticipantLabel"], joined[2]["CallSid"]) == (
        "crew",
        added.call_sid,
    )
    assert "From" not in joined[2]


def test_whoever_is_held_hears_music_and_not_the_others(
    both: Twilio, resident: BenchPhone, crew: BenchPhone, town: Town
) -> None:
    music = town.answers("/music", "<Say>One moment.</Say>")

    both.participants("caller").update(hold=True, hold_url=music)
    resident.wait_until_heard("One moment.")
    crew.say("Who is it?")
    both.participants("caller").update(hold=False)
    crew.say("Hello again.")

    resident.wait_until_heard("Hello again.")
    assert "Who is it?" not in resident.heard
    assert events(town, 5)[-2:] == ["participant-hold", "participant-unhold"]


def test_a_room_ends_with_whoever_ends_it(
    both: Twilio, resident: BenchPhone, crew: BenchPhone, town: Town
) -> None:
    both.participants("crew").update(end_conference_on_exit=True)

    crew.hang_up()

    told = town.told("/dialled")[0].fields
    assert (told["CallStatus"], told["DialCallStatus"]) == ("in-progress", "completed")
    resident.wait_until_over()
    assert both.fetch().status == "completed"
    last = [each.fields for each in town.told("/room", 6)]
    ended = next(e for e in last if e["StatusCallbackEvent"] == "conference-end")
    reason = "participant-with-end-conference-on-exit-left"
    assert ended["ReasonConferenceEnded"] == reason
    left = next(
        each
        for each in last
        if each["StatusCallbackEvent"] == "participant-leave"
        and each["ParticipantLabel"] == "crew"
    )
    assert left["ReasonParticipantLeft"] == "participant_hung_up"


def test_a_room_outlives_whoever_does_not(
    both: Twilio, resident: BenchPhone, crew: BenchPhone
) -> None:
    crew.hang_up()

    assert [each.label for each in both.participants.list()] == ["caller"]
    assert both.fetch().status == "in-progress"


def test_somebody_who_does_not_answer_never_joins(
    room: Twilio, crew: BenchPhone, town: Town
) -> None:
    room.participants.create(
        from_=LINE,
        to=CREW,
        label="crew",
        status_callback=town.url("/leg"),
        status_callback_event=["answered", "completed"],
    )
    crew.wait_until_ringing()

    crew.decline()

    assert town.told("/leg")[0].fields["CallStatus"] == "busy"
    left = town.told("/room", 3)[2].fields
    assert left["ReasonParticipantLeft"] == "participant_add_failed"
    assert left["ParticipantCallStatus"] == "busy"


def test_a_participant_is_removed(both: Twilio, crew: BenchPhone, town: Town) -> None:
    both.participants("crew").delete()

    crew.wait_until_over()
    left = town.told("/room", 4)[3].fields
    assert left["ReasonParticipantLeft"] == "participant_updated_via_api"


def test_one_participant_alone_hears_an_announcement(
    both: Twilio, resident: BenchPhone, crew: BenchPhone, town: Town
) -> None:
    words = town.answers("/words", "<Say>This call is recorded.</Say>")

    both.participants("caller").update(announce_url=words)

    resident.wait_until_heard("This call is recorded.")
    assert crew.heard == []
    assert events(town, 4)[3] == "announcement-end"


def test_what_is_said_while_a_recording_is_paused_is_not_in_it(
    both: Twilio, crew: BenchPhone, resident: BenchPhone, town: Town, twilio: Twilio
) -> None:
    begun = town.told("/recorded")[0].fields
    both.recordings("Twilio.CURRENT").update(status="paused", pause_behavior="silence")
    crew.say("My card is one two three four five six seven eight")
    both.recordings("Twilio.CURRENT").update(status="in-progress")
    both.update(status="completed")

    done = town.told("/recorded", 2)[1].fields
    assert (begun["RecordingStatus"], done["RecordingStatus"]) == (
        "in-progress",
        "completed",
    )
    assert done["RecordingDuration"] == "1"
    assert twilio.recordings(done["RecordingSid"]).fetch().source == "Conference"
    twilio.recordings(done["RecordingSid"]).delete()
    with pytest.raises(TwilioRestException, match="not found"):
        twilio.recordings(done["RecordingSid"]).fetch()


def test_faults_bend_what_a_client_asks_of_a_room(
    both: Twilio, carrier: CarrierHandle, resident: BenchPhone
) -> None:
    carrier.bench.fault("server_error_accepted", channel="voice", count=1)

    with pytest.raises(TwilioRestException) as refused:
        both.participants("caller").update(hold=True)

    assert refused.value.status == 500
    assert both.participants("caller").fetch().hold is True


@pytest.mark.parametrize("to", ["client:maya", "sip:maya@desk.example", "911"])
def test_browsers_sip_telephones_and_911_can_be_rung(
    room: Twilio, carrier: CarrierHandle, to: str
) -> None:
    room.participants.create(from_=LINE, to=to)

    carrier.bench.phone(to).wait_until_ringing()
