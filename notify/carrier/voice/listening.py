"""Verbs that wait for the person: <Gather> and <Record>."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from notify.carrier import twiml
from notify.carrier.twiml import Source, Verb
from notify.carrier.voice.calls import Call, Key, Listening
from notify.carrier.voice.recordings import Recording

if TYPE_CHECKING:
    from notify.carrier.voice.script import Script

DEFAULT_SILENCE_SECONDS = 5.0
SPEECH_CONFIDENCE = "0.9"
LONGEST_RECORDING_SECONDS = 3600


async def gather(script: Script, call: Call, verb: Verb, base: str) -> Source | None:
    """Let the person press keys while the nested words are said, and after them."""
    _listen(script, call, "keys")
    try:
        await _prompt(script, call, verb, base)
        typed = await _collect(script, call, verb)
    finally:
        _listen(script, call, "")
    if not (typed.digit or typed.speech or verb.says("actionOnEmptyResult")):
        return None
    if typed.speech:
        return twiml.action(
            verb, base, SpeechResult=typed.speech, Confidence=SPEECH_CONFIDENCE
        )
    return twiml.action(verb, base, Digits=typed.digit)


async def record(script: Script, call: Call, verb: Verb, base: str) -> Source | None:
    """Keep what the person says until a key, a silence or their hanging up."""
    recording = Recording(call_sid=call.sid, config=script.plant.config)
    _listen(script, call, "words")
    try:
        ending = await _take_down(script, call, verb, recording)
    except asyncio.CancelledError:
        if recording.words and call.diversion is None:
            fields = recording.fields(digits="hangup")
            source = twiml.action(verb, base, **fields)
            script.reports.tell_farewell(call, source)
            _publish(script, call, recording, verb=verb, base=base)
        raise
    finally:
        _listen(script, call, "")
    if not recording.words:
        # As with Twilio, an empty recording is none: the next verb is performed.
        return None
    _publish(script, call, recording, verb=verb, base=base)
    return twiml.action(verb, base, **recording.fields(digits=ending))


def _listen(script: Script, call: Call, what: Listening) -> None:
    call.listening = what
    script.plant.changed(call.phone)


async def _prompt(script: Script, call: Call, verb: Verb, base: str) -> None:
    saying = script.perform(call, verb.children, base)
    call.prompt = asyncio.ensure_future(saying)
    try:
        await asyncio.wait({call.prompt})
        if not call.prompt.cancelled():
            call.prompt.result()
    finally:
        call.prompt.cancel()
        call.prompt = None


async def _collect(script: Script, call: Call, verb: Verb) -> Key:
    silence = verb.number("timeout", DEFAULT_SILENCE_SECONDS)
    finish = verb.get("finishOnKey", "#")
    wanted = int(verb.number("numDigits", 0))
    typed = ""
    while not wanted or len(typed) < wanted:
        key = await _next_key(script, call, silence)
        if key.speech:
            return key
        if not key.digit or key.digit in finish:
            break
        typed += key.digit
    return Key(typed)


async def _take_down(
    script: Script, call: Call, verb: Verb, recording: Recording
) -> str:
    """Collect words; return the key that ended the recording, if one did."""
    silence = verb.number("timeout", DEFAULT_SILENCE_SECONDS)
    finish = verb.get("finishOnKey", "1234567890*#")
    longest = verb.number("maxLength", LONGEST_RECORDING_SECONDS)
    if verb.says("playBeep", default=True):
        call.note("line", "[beep]")
    while True:
        key = await _next_key(script, call, silence)
        recording.hear(key.speech)
        if recording.words and recording.seconds >= longest:
            return ""
        if not key.speech and (not key.digit or key.digit in finish):
            return key.digit


async def _next_key(script: Script, call: Call, seconds: float) -> Key:
    try:
        async with asyncio.timeout(seconds * script.plant.config.time_scale):
            key = await call.keys.get()
    except TimeoutError:
        return Key()
    call.keys.task_done()
    return key


def _publish(
    script: Script, call: Call, recording: Recording, *, verb: Verb, base: str
) -> None:
    script.keep(recording)
    call.note("note", f"recorded: {recording.text}")
    for attribute, fields in (
        ("recordingStatusCallback", recording.status_fields()),
        ("transcribeCallback", recording.transcript_fields()),
    ):
        if verb.get(attribute):
            url = urljoin(base, verb.get(attribute))
            source = Source(url=url, fields=tuple(fields.items()))
            script.reports.tell(call, source)
