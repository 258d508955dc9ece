"""Calls from people: menus, recordings, queues and second persons."""

# The carriers' own libraries say little of their types.
# mypy: allow-untyped-calls

from __future__ import annotations

from notify.carrier import BenchPhone, CarrierHandle
from tests.carrier.cast import AGENT, CREW, LINE, RESIDENT, Twilio
from tests.carrier.town import Town

TAKE = '<Response><Dial action="{}"><Queue>riverton</Queue></Dial></Response>'
ENQUEUE = '<Enqueue waitUrl="/wait" action="/left">riverton</Enqueue><Say>Bye.</Say>'


def test_a_resident_calls_the_town(town: Town, resident: BenchPhone) -> None:
    town.answers("/voice", "<Say>Town of Riverton.</Say>")

    resident.ring(LINE)

    resident.wait_until_over()
    asked = town.told("/voice")[0].fields
    assert (asked["From"], asked["To"]) == (RESIDENT, LINE)
    assert (asked["Direction"], asked["CallStatus"]) == ("inbound", "ringing")
    assert resident.heard == ["Town of Riverton."]
    assert town.told("/status")[0].fields["CallStatus"] == "completed"


def test_a_call_can_be_rejected(town: Town, resident: BenchPhone) -> None:
    town.answers("/voice", '<Reject reason="busy"/>')

    resident.ring(LINE)

    assert town.told("/status")[0].fields["CallStatus"] == "busy"


def test_a_voicemail_is_recorded(town: Town, resident: BenchPhone) -> None:
    town.answers("/voice", '<Say>Speak.</Say><Record action="/kept"/>')
    resident.ring(LINE)

    resident.say("The hydrant on Elm Street leaks.")
    resident.press("#")

    kept = town.told("/kept")[0].fields
    assert int(kept["RecordingDuration"]) >= 1
    assert kept["RecordingSid"].startswith("RE")
    assert "/Recordings/RE" in kept["RecordingUrl"]


def test_hanging_up_keeps_what_was_said(town: Town, resident: BenchPhone) -> None:
    town.answers("/voice", '<Record action="/kept" transcribeCallback="/words"/>')
    resident.ring(LINE)
    resident.say("It is me again.")

    resident.hang_up()

    assert town.told("/kept")[0].fields["Digits"] == "hangup"
    written = town.told("/words")[0].fields
    assert written["TranscriptionText"] == "It is me again."


def test_an_agent_takes_the_caller_from_the_queue(
    twilio: Twilio, town: Town, resident: BenchPhone, agent: BenchPhone
) -> None:
    town.answers("/voice", ENQUEUE)
    town.answers("/wait", "<Say>You are first in line.</Say>")
    resident.ring(LINE)
    resident.wait_until_heard("first in line")

    twilio.calls.create(to=AGENT, from_=LINE, twiml=TAKE.format(town.url("/done")))
    agent.wait_until_connected()
    agent.say("Riverton, good evening.")
    resident.wait_until_heard("good evening")
    resident.say("There is water on Elm Street.")
    agent.wait_until_heard("water on Elm")
    resident.hang_up()

    left = town.told("/left")[0].fields
    assert (left["QueueResult"], left["CallStatus"]) == ("bridged", "completed")
    assert town.told("/done")[0].fields["DialCallStatus"] == "completed"
    agent.wait_until_over()


def test_the_wait_document_repeats_with_the_callers_place(
    town: Town, resident: BenchPhone, crew: BenchPhone
) -> None:
    town.answers("/voice", ENQUEUE)
    resident.ring(LINE)
    town.told("/wait")
    crew.ring(LINE)

    told = [asked.fields for asked in town.told("/wait", 5)]

    assert told[0]["QueuePosition"] == "1"
    assert {"2"} == {f["QueuePosition"] for f in told if f["From"] == CREW}
    assert told[-1]["CurrentQueueSize"] == "2"


def test_a_waiting_caller_is_redirected(
    twilio: Twilio, town: Town, resident: BenchPhone
) -> None:
    town.answers("/voice", ENQUEUE)
    town.answers("/back", "<Say>We call you back.</Say>")
    view = resident.ring(LINE)
    town.told("/wait")

    assert view.call is not None
    twilio.calls(view.call.sid).update(url=town.url("/back"))

    resident.wait_until_heard("We call you back.")
    assert town.told("/left")[0].fields["QueueResult"] == "redirected"


def test_a_caller_gives_up_waiting(town: Town, resident: BenchPhone) -> None:
    town.answers("/voice", ENQUEUE)
    resident.ring(LINE)
    town.told("/wait")

    resident.hang_up()

    left = town.told("/left")[0].fields
    assert (left["QueueResult"], left["CallStatus"]) == ("hangup", "completed")


def test_a_key_while_waiting_leaves_the_queue(town: Town, resident: BenchPhone) -> None:
    town.answers("/voice", ENQUEUE)
    town.answers("/wait", '<Gather numDigits="1" action="/key"/>')
    town.answers("/key", "<Leave/>")
    town.answers("/left", "<Say>A call-back, then.</Say>")
    resident.ring(LINE)

    resident.press("2")

    resident.wait_until_heard("A call-back, then.")
    assert town.told("/left")[0].fields["QueueResult"] == "leave"


def test_a_caller_is_put_through_to_the_crew(
    town: Town, resident: BenchPhone, crew: BenchPhone
) -> None:
    town.answers("/voice", f'<Dial action="/dialled">{CREW}</Dial>')
    resident.ring(LINE)

    crew.answer()
    resident.say("Can you hear me?")
    crew.wait_until_heard("Can you hear me?")
    crew.hang_up()

    dialled = town.told("/dialled")[0].fields
    assert dialled["DialCallStatus"] == "completed"
    assert dialled["DialCallSid"].startswith("CA")


def test_the_crew_accepts_with_a_key_before_being_put_through(
    town: Town, resident: BenchPhone, crew: BenchPhone
) -> None:
    number = f'<Number url="/whisper">{CREW}</Number>'
    town.answers("/voice", f'<Dial action="/dialled">{number}</Dial>')
    town.answers("/whisper", '<Gather numDigits="1" action="/yes"/><Hangup/>')
    resident.ring(LINE)
    crew.answer()

    crew.stay_silent()

    assert town.told("/dialled")[0].fields["DialCallStatus"] == "no-answer"


def test_the_first_of_several_phones_wins(
    town: Town, resident: BenchPhone, crew: BenchPhone, carrier: CarrierHandle
) -> None:
    other = carrier.bench.phone("+13125550143")
    numbers = f"<Number>{CREW}</Number><Number>{other.number}</Number>"
    town.answers("/voice", f"<Dial>{numbers}</Dial>")
    resident.ring(LINE)
    crew.wait_until_ringing()

    other.answer()

    crew.wait_until_over()
    assert crew.call is not None
    assert crew.call.status == "canceled"
    assert other.view.state == "talking"


def test_declining_goes_on_with_the_next_verb(
    town: Town, resident: BenchPhone, crew: BenchPhone
) -> None:
    town.answers("/voice", f"<Dial>{CREW}</Dial><Say>Nobody is there.</Say>")
    resident.ring(LINE)

    crew.decline()

    resident.wait_until_heard("Nobody is there.")


def test_three_people_meet_in_a_conference(
    town: Town, resident: BenchPhone, crew: BenchPhone, carrier: CarrierHandle
) -> None:
    town.answers("/voice", "<Dial><Conference>storm</Conference></Dial>")
    third = carrier.bench.phone("+13125550143")
    for phone in (resident, crew, third):
        phone.ring(LINE)
        phone.wait_until_connected()

    third.say("All here?")

    resident.wait_until_heard("All here?")
    crew.wait_until_heard("All here?")


def test_a_key_pressed_in_a_queue_can_lead_out_of_it(
    town: Town, resident: BenchPhone
) -> None:
    town.answers("/voice", ENQUEUE)
    town.answers(
        "/wait", '<Gather numDigits="1" action="/key"><Say>Wait.</Say></Gather>'
    )
    town.answers("/key", "<Leave/>")
    town.answers("/left", "<Say>As you wish.</Say>")
    resident.ring(LINE)
    resident.wait_until_listened_to()

    resident.press("1")

    resident.wait_until_over()
    assert town.told("/key")[0].fields["Digits"] == "1"
    assert town.told("/left")[0].fields["QueueResult"] == "leave"
    assert resident.heard[-1] == "As you wish."


def test_nothing_is_recorded_in_a_queue(town: Town, resident: BenchPhone) -> None:
    town.answers("/voice", ENQUEUE)
    town.answers("/wait", '<Record action="/kept"/>')

    resident.ring(LINE)

    view = resident.wait_until_over()
    assert view.call
    notes = [each.text for each in view.call.transcript if each.speaker == "note"]
    assert notes == ["<Record> is not obeyed here."]


def test_an_empty_recording_is_none(town: Town, resident: BenchPhone) -> None:
    town.answers("/voice", '<Record action="/kept"/><Say>Nothing heard.</Say>')
    resident.ring(LINE)
    resident.wait_until_listened_to()

    resident.press("#")

    resident.wait_until_over()
    assert resident.heard[-1] == "Nothing heard."


def test_a_recording_ends_at_its_longest(town: Town, resident: BenchPhone) -> None:
    town.answers("/voice", '<Record action="/kept" maxLength="2"/>')
    town.answers("/kept", "<Say>Thank you.</Say>")
    resident.ring(LINE)
    resident.wait_until_listened_to()

    resident.say("The hydrant on Elm Street leaks.")

    resident.wait_until_over()
    assert town.told("/kept")[0].fields["Digits"] == ""
