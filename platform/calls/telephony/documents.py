"""What the exchange is told to say and do, turn by turn."""

from __future__ import annotations

# Twilio ships no type marks.
# mypy: disable-error-code="no-untyped-call"
from collections.abc import Iterable
from uuid import UUID

from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

from calls.rules.speech import Said
from calls.telephony.wishes import PassOn, Room
from townline.i18n import LOCALES

VOICE = "/hooks/twilio/voice"
# A sentence, then music's worth of silence, then the place in line once more.
HOLD_SECONDS = 20
CHOICE_SECONDS = 4
# Long enough to hear that one may hang up, and to do it.
FAREWELL_SECONDS = 6
# Six rings: a department that is there has picked up.
TRANSFER_SECONDS = 30
# What we want to know of a room; who merely speaks is none of our business.
EVENTS = "start end join leave hold"
CALLER = "caller"


def choosing(offers: Iterable[Said], public_url: str) -> str:
    """Offer the languages; whoever presses nothing goes on as if they had."""
    response = VoiceResponse()
    gather = Gather(
        num_digits=1,
        timeout=CHOICE_SECONDS,
        action=f"{public_url}{VOICE}/language",
        action_on_empty_result=True,
    )
    _say(gather, offers)
    response.append(gather)
    return str(response)


def queueing(said: Iterable[Said], queue: str, public_url: str) -> str:
    response = VoiceResponse()
    _say(response, said)
    response.enqueue(
        queue,
        wait_url=f"{public_url}{VOICE}/wait",
        action=f"{public_url}{VOICE}/left",
    )
    return str(response)


def parting(said: Iterable[Said]) -> str:
    response = VoiceResponse()
    _say(response, said)
    response.hangup()
    return str(response)


def room_address(public_url: str, room: Room) -> str:
    return f"{public_url}{VOICE}/rooms/{room.tenant_id}/{room.call_id}"


def leg_address(public_url: str, tenant_id: UUID, leg_id: UUID) -> str:
    return f"{public_url}{VOICE}/legs/{tenant_id}/{leg_id}"


def entering(room: Room, public_url: str) -> str:
    """The caller, from the queue into the room; told first if it is recorded."""
    return meeting(room, CALLER, public_url, said=room.said)


def meeting(
    room: Room, label: str, public_url: str, *, said: Iterable[Said] = ()
) -> str:
    """Into the room. It ends with either of two; with a third it is told otherwise."""
    here = room_address(public_url, room)
    response = VoiceResponse()
    _say(response, said)
    over = {"action": f"{here}/over"} if label == CALLER else {}
    recorded = (
        {
            "record": "record-from-start",
            "recording_status_callback": f"{here}/recording",
            "recording_status_callback_event": "in-progress completed",
        }
        if room.said
        else {}
    )
    dial = Dial(**over)
    dial.conference(
        room.name,
        participant_label=label,
        beep="false",
        end_conference_on_exit=True,
        wait_url=f"{here}/music",
        status_callback=here,
        status_callback_event=EVENTS,
        **recorded,
    )
    response.append(dial)
    return str(response)


def passing_on(wish: PassOn, public_url: str) -> str:
    """The caller hears it ring; the town's number is shown, as it is theirs."""
    response = VoiceResponse()
    _say(response, (wish.said,))
    here = leg_address(public_url, wish.room.tenant_id, wish.leg_id)
    dial = Dial(
        caller_id=wish.room.line, timeout=TRANSFER_SECONDS, action=f"{here}/passed"
    )
    dial.number(
        wish.number, status_callback=f"{here}/status", status_callback_event="answered"
    )
    response.append(dial)
    return str(response)


def returning(said: Iterable[Said], room: Room, public_url: str) -> str:
    """Whoever is done may hang up now; anybody else stands in line again."""
    response = VoiceResponse()
    _say(response, said)
    response.pause(length=FAREWELL_SECONDS)
    response.redirect(f"{room_address(public_url, room)}/again")
    return str(response)


def music(said: Said, sound: str) -> str:
    """While they are on hold: a word, then the operator's music or silence."""
    response = VoiceResponse()
    _say(response, (said,))
    if sound:
        response.play(sound)
    else:
        response.pause(length=HOLD_SECONDS)
    return str(response)


def _say(verb: VoiceResponse | Gather, said: Iterable[Said]) -> None:
    for each in said:
        locale = LOCALES[each.language].replace("_", "-")
        verb.say(each.words, language=locale)
