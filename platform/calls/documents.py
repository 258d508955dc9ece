"""What the exchange is told to do with a caller whom no agent has yet.

In a queue the exchange obeys few verbs: Say, Play, Pause, Gather, Redirect, Leave and
Hangup. Whatever else is wanted of a caller there, they are led out of the queue first.
"""

from __future__ import annotations

# Twilio ships no type marks; this module only writes its markup.
# mypy: disable-error-code="no-untyped-call"
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from twilio.twiml.voice_response import Gather, VoiceResponse

from calls.rules.menus import Step
from calls.rules.speech import Said
from notify.channels.twiml import INSIST
from townline.i18n import LOCALES

VOICE = "/hooks/twilio/voice"
# A sentence, then quiet in which a key may be pressed, then the place in line again.
HOLD_SECONDS = 20
CONSENT_SECONDS = 5
# Digits of a number come one by one, and are looked up in between. A North American
# number has ten; a shorter one is ended by pound.
NUMBER_SECONDS, NUMBER_DIGITS = 8, 10
# The exchange writes down recordings of up to two minutes, and of English only.
LONGEST_MESSAGE = 120
WRITTEN_DOWN = "en"
SILENCE_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Door:
    """Where the exchange reaches us; it tries again if we were not to be reached."""

    public_url: str

    def address(self, path: str, **state: object) -> str:
        query = f"?{urlencode(state)}" if state else ""
        return f"{self.public_url}{VOICE}{path}{query}{INSIST}"


def asking(before: Iterable[Said], step: Step, door: Door) -> str:
    """Say the menu, and wait for a key; none at all is reported, too."""
    response = VoiceResponse()
    speak(response, before)
    spot = step.spot
    state = (
        {"menu": spot.menu, "tries": spot.tries, "turns": spot.turns} if spot else {}
    )
    gather = Gather(
        num_digits=1,
        timeout=step.wait_seconds,
        # Pound is a key like any other: nothing ends the one that is awaited.
        finish_on_key="",
        action=door.address("/menu", **state),
        action_on_empty_result=True,
    )
    speak(gather, step.said)
    response.append(gather)
    return str(response)


def entering(said: Iterable[Said], queue: str, door: Door) -> str:
    response = VoiceResponse()
    speak(response, said)
    response.enqueue(
        queue, wait_url=door.address("/wait"), action=door.address("/left")
    )
    return str(response)


def holding(said: Iterable[Said], door: Door) -> str:
    """One round of the wait; the exchange asks for the next when it is over."""
    response = VoiceResponse()
    gather = Gather(
        num_digits=1, timeout=HOLD_SECONDS, action=door.address("/wait/key")
    )
    speak(gather, said)
    response.append(gather)
    return str(response)


def waiting_on() -> str:
    """Nothing more in this round."""
    return str(VoiceResponse())


def leaving() -> str:
    """Out of the queue: the exchange then asks what comes instead."""
    response = VoiceResponse()
    response.leave()
    return str(response)


def asking_consent(said: Iterable[Said], door: Door) -> str:
    """One key: to be rung at the number they call from, or at another."""
    response = VoiceResponse()
    gather = Gather(
        num_digits=1,
        timeout=CONSENT_SECONDS,
        action=door.address("/promise"),
        action_on_empty_result=True,
    )
    speak(gather, said)
    response.append(gather)
    return str(response)


def asking_number(said: Iterable[Said], door: Door, *, tries: int) -> str:
    response = VoiceResponse()
    gather = Gather(
        num_digits=NUMBER_DIGITS,
        timeout=NUMBER_SECONDS,
        finish_on_key="#",
        action=door.address("/number", tries=tries),
        action_on_empty_result=True,
    )
    speak(gather, said)
    response.append(gather)
    return str(response)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tape:
    """Whose message is recorded; not every report of it says so itself."""

    tenant_id: UUID
    call_id: UUID
    language: str

    @property
    def path(self) -> str:
        return f"{self.tenant_id}/{self.call_id}"


def recording(
    said: Iterable[Said], silent: Iterable[Said], tape: Tape, door: Door
) -> str:
    """Ask for a message; whoever says nothing hears ``silent``, and that was it."""
    response = VoiceResponse()
    speak(response, said)
    written = {}
    if tape.language == WRITTEN_DOWN:
        address = door.address(f"/transcript/{tape.path}")
        written = {"transcribe": True, "transcribe_callback": address}
    response.record(
        action=door.address(f"/message/{tape.path}"),
        recording_status_callback=door.address(f"/recorded/{tape.path}"),
        max_length=LONGEST_MESSAGE,
        timeout=SILENCE_SECONDS,
        finish_on_key="#",
        play_beep=True,
        **written,
    )
    speak(response, silent)
    response.hangup()
    return str(response)


def parting(said: Iterable[Said]) -> str:
    response = VoiceResponse()
    speak(response, said)
    response.hangup()
    return str(response)


def speak(verb: VoiceResponse | Gather, said: Iterable[Said]) -> None:
    for each in said:
        if each.audio:
            verb.play(each.audio)
        else:
            verb.say(each.words, language=LOCALES[each.language].replace("_", "-"))
