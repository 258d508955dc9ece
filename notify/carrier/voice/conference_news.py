"""What a conference tells its address of those who come, wait, hold and go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from notify.carrier import clock
from notify.carrier.twiml import Source
from notify.carrier.voice.conferences import Conference, Participant

if TYPE_CHECKING:
    from notify.carrier.voice.script import Script

# Twilio's words for the events, and those by which a document asks for them.
ASKED_BY = {"unhold": "hold", "unmute": "mute"}


def tell(
    script: Script, conference: Conference, about: Participant, event: str
) -> None:
    word = event.partition("-")[2]
    terms = conference.terms
    asked = ASKED_BY.get(word, word)
    if event.startswith("announcement"):
        asked = "announcement"
    if not terms.status_callback or asked not in terms.events:
        return
    conference.told += 1
    fields = tuple(_fields(conference, about, event))
    source = Source(url=terms.status_callback, fields=fields)
    script.reports.tell_apart(about.call, source)


def tell_recording(
    script: Script, conference: Conference, about: Participant, status: str
) -> None:
    terms, recording = conference.terms, conference.recording
    if recording is None or not terms.recording_callback:
        return
    if status in terms.recording_events:
        fields = tuple(recording.conference_fields(status).items())
        source = Source(url=terms.recording_callback, fields=fields)
        script.reports.tell_apart(about.call, source)


def _fields(
    conference: Conference, about: Participant, event: str
) -> Iterator[tuple[str, str]]:
    yield "ConferenceSid", conference.sid
    yield "FriendlyName", conference.name
    yield "SequenceNumber", str(conference.told)
    yield "Timestamp", clock.rfc2822(clock.now()) or ""
    yield "StatusCallbackEvent", event
    if event == "conference-end":
        yield "ReasonConferenceEnded", conference.reason_ended or ""
        yield "Reason", "The conference has ended."
        yield "CallSidEndingConference", about.call.sid
        yield "ParticipantLabelEndingConference", about.label
    elif event != "conference-start":
        yield from _about(about, event)


def _about(it: Participant, event: str) -> Iterator[tuple[str, str]]:
    yield "CallSid", it.call.sid
    yield "ParticipantLabel", it.label
    for name, said in (
        ("Muted", it.muted),
        ("Hold", it.held),
        ("Coaching", False),
        ("EndConferenceOnExit", it.end_on_exit),
        ("StartConferenceOnEnter", it.start_on_enter),
    ):
        yield name, str(said).lower()
    if event == "participant-leave":
        # Whoever is put under other instructions is on the line still.
        ended_around_them = it.reason_left == "moderator_ended_conference"
        going_on = ended_around_them or it.call.diversion is not None
        ended = it.call.status if it.call.is_over else "completed"
        yield "ParticipantCallStatus", "in-progress" if going_on else ended
        yield "ReasonParticipantLeft", it.reason_left
