"""<Conference>, and what an API client does to those who are in one."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from notify.carrier import clock
from notify.carrier.twiml import Source, Verb
from notify.carrier.voice import conference_news as news
from notify.carrier.voice.calls import Call
from notify.carrier.voice.conferences import (
    MUSIC,
    Conference,
    Participant,
    Terms,
    Wish,
)
from notify.carrier.voice.leaving import HungUp
from notify.carrier.voice.recordings import Recording

if TYPE_CHECKING:
    from notify.carrier.voice.script import Script


async def confer(script: Script, call: Call, noun: Verb, base: str) -> None:
    """A document sends a call into the conference of a name."""
    conference = script.conferences.enter(noun.text, _terms(noun, base))
    wish = Wish(
        label=noun.get("participantLabel"),
        end_on_exit=noun.says("endConferenceOnExit"),
        start_on_enter=noun.says("startConferenceOnEnter", default=True),
        muted=noun.says("muted"),
    )
    await attend(script, conference, Participant.of(call, wish))


async def attend(
    script: Script, conference: Conference, participant: Participant
) -> None:
    if conference.admit(participant):
        news.tell(script, conference, participant, "conference-start")
    news.tell(script, conference, participant, "participant-join")
    _record(script, conference, participant)
    try:
        await conference.remain(participant)
    finally:
        leave(script, conference, participant)


def leave(script: Script, conference: Conference, gone: Participant) -> None:
    """Whoever goes may end it for the others, by what was asked of the conference."""
    news.tell(script, conference, gone, "participant-leave")
    if gone.end_on_exit:
        _end(script, conference, gone, "participant-with-end-conference-on-exit-left")
    elif not conference.participants:
        _end(script, conference, gone, "last-participant-left")


def end(script: Script, conference: Conference) -> None:
    """A client of the API ends it; the calls go on with their documents."""
    last = next(iter(conference.participants), None)
    if last:
        _end(script, conference, last, "conference-ended-via-api")


def hold(
    script: Script,
    conference: Conference,
    participant: Participant,
    *,
    music: Source | None,
) -> None:
    participant.quiet()
    participant.held, participant.updated = True, clock.now()
    playing = _play(script, participant.call, music)
    participant.alone_with = script.plant.spawn(playing)
    news.tell(script, conference, participant, "participant-hold")


def take_off_hold(
    script: Script, conference: Conference, participant: Participant
) -> None:
    if not participant.held:
        return
    participant.quiet()
    participant.held, participant.updated = False, clock.now()
    news.tell(script, conference, participant, "participant-unhold")


def announce(
    script: Script, conference: Conference, participant: Participant, source: Source
) -> None:
    async def speak() -> None:
        with suppress(HungUp):
            await script.perform_from(participant.call, source)
        news.tell(script, conference, participant, "announcement-end")

    script.plant.spawn(speak())


async def _play(script: Script, call: Call, music: Source | None) -> None:
    """Again and again, each time as long as its music would last."""
    while True:
        if music:
            with suppress(HungUp):
                await script.perform_from(call, music)
        else:
            call.note("line", MUSIC)
            script.plant.changed(call.phone)
        await script.plant.courier.pause(script.plant.config.hold_seconds)
        await asyncio.sleep(0)


def _record(script: Script, conference: Conference, joined: Participant) -> None:
    """It begins when the first two have met."""
    meets = len(conference.participants) >= 2
    if not conference.terms.records or conference.recording or not meets:
        return
    conference.recording = Recording(
        call_sid=joined.call.sid,
        conference_sid=conference.sid,
        config=script.plant.config,
    )
    script.keep(conference.recording)
    news.tell_recording(script, conference, joined, "in-progress")


def _end(script: Script, conference: Conference, by: Participant, reason: str) -> None:
    if not conference.end(reason, by=by.call):
        return
    if conference.recording:
        conference.recording.stop()
        news.tell_recording(script, conference, by, "completed")
    news.tell(script, conference, by, "conference-end")


def _terms(noun: Verb, base: str) -> Terms:
    def at(attribute: str) -> str:
        return urljoin(base, noun.get(attribute)) if noun.get(attribute) else ""

    events = noun.get("recordingStatusCallbackEvent", "completed")
    return Terms(
        status_callback=at("statusCallback"),
        events=frozenset(noun.get("statusCallbackEvent", "start end").split()),
        records=noun.get("record") == "record-from-start",
        recording_callback=at("recordingStatusCallback"),
        recording_events=frozenset(events.split()),
    )
