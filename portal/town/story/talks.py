"""What happened on the line of a call: who was held, brought in, left, recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from portal.town.story.beats import Beat, Happened
from townline.i18n import gettext
from townline.words import lasting, phone


def _held(before: Beat, it: Happened) -> Beat:
    return _more(before, gettext("put on hold"))


def _resumed(before: Beat, it: Happened) -> Beat:
    time = lasting(timedelta(seconds=it.number("seconds")))
    return _more(before, gettext("on hold for {time}").format(time=time))


def _asked(before: Beat, it: Happened) -> Beat:
    words = {
        "warm": gettext("{name} rang {who} to hand over"),
        "cold": gettext("{name} sent the caller on to {who}"),
    }.get(it.fact("purpose"), gettext("{name} rang {who} to join"))
    return _more(before, words.format(name=it.by, who=_who(it)))


def _joined(before: Beat, it: Happened) -> Beat:
    return _more(before, gettext("{who} joined").format(who=_who(it)))


def _left(before: Beat, it: Happened) -> Beat:
    """Who stayed with the caller is what a hand-over is judged by."""
    outcomes = {
        "left": gettext("{who} hung up"),
        "dropped": gettext("{who} was let go"),
        "busy": gettext("{who}: the line was busy"),
        "no-answer": gettext("{who} did not answer"),
    }
    words = outcomes.get(it.fact("outcome"), gettext("{who} was not reached"))
    told = words.format(who=_who(it))
    if stayed := [each for each in it.names("stayed") if each != "caller"]:
        told += gettext("; {names} stayed").format(names=", ".join(stayed))
    return _more(before, told)


def _transferred(before: Beat, it: Happened) -> Beat:
    numbers = map(phone, it.names("numbers"))
    pairs = zip(it.names("to"), numbers, strict=False)
    who = "; ".join(f"{name}, {number}" for name, number in pairs)
    words = gettext("{name} left the caller with {who}")
    return _more(before, words.format(name=it.by, who=who))


def _parted(before: Beat, it: Happened) -> Beat:
    return _more(before, gettext("{name} ended the call").format(name=it.by))


def _line_lost(before: Beat, it: Happened) -> Beat:
    return _more(before, gettext("the agent’s line ended before the caller’s"))


def _dialled_back(before: Beat, it: Happened) -> Beat:
    return _more(before, gettext("{name} rang the caller again").format(name=it.by))


def _not_reached(before: Beat, it: Happened) -> Beat:
    return _more(before, gettext("the caller was not reached"))


def _recording(words: str) -> Callable[[Beat, Happened], Beat]:
    return lambda before, it: _more(before, gettext(words).format(name=it.by))


def _who(it: Happened) -> str:
    return f"{it.fact('name')}, {phone(it.fact('number'))}"


def _more(before: Beat, words: str) -> Beat:
    return replace(before, more=(*before.more, words))


def _elsewhere(before: Beat, it: Happened) -> Beat:
    words = gettext("answered on another telephone of {system}")
    return _more(before, words.format(system=it.fact("system")))


FOLLOWING: dict[str, Callable[[Beat, Happened], Beat]] = {
    "call.held": _held,
    "call.resumed": _resumed,
    "call.leg_asked": _asked,
    "call.leg_joined": _joined,
    "call.leg_left": _left,
    "call.transferred": _transferred,
    "call.parted": _parted,
    "call.line_lost": _line_lost,
    "call.dialled_back": _dialled_back,
    "call.not_reached": _not_reached,
    "call.taken_elsewhere": _elsewhere,
    "call.recording_begun": _recording("recorded from here on"),
    "call.recording_paused": _recording("{name} paused the recording"),
    "call.recording_resumed": _recording("{name} had it recorded again"),
    "call.recording_heard": _recording("{name} listened to the recording"),
    "call.recording_deleted": _recording("the recording was deleted"),
}
