"""Calls that agents made by hand: what came of each, in the words of the trade."""

from __future__ import annotations

from portal.town.story.beats import About, Beat, Happened, Mark, Tone
from portal.town.story.sentences import Sentence, beat
from townline.i18n import gettext
from townline.words import clock, phone

DIALLED = "relay.dialled"
RELEASED = "relay.dial_released"
LAPSED = "relay.dial_lapsed"
EVENTS = frozenset({DIALLED, RELEASED, LAPSED})

_TONES: dict[str, Tone] = {
    "accepted": "ok",
    "no_answer": "soon",
    "busy": "soon",
    "voicemail_left": "soon",
    "voicemail_full": "soon",
    "wrong_person": "bad",
    "refused": "soon",
    "will_call_back": "soon",
    "invalid_number": "bad",
}


def attempted(it: Happened) -> str:
    return gettext("dialled by {name}").format(name=it.by)


def outcome(it: Happened, about: About) -> tuple[str, Tone]:
    """Only an acceptance is green: whoever picks up has not said yes."""
    if it.event == RELEASED:
        return _by(gettext("given back, not dialled"), it.by), "plain"
    if it.event == LAPSED:
        return _by(gettext("perhaps dialled, no word of it"), it.fact("agent")), "soon"
    result = it.fact("result")
    return _by(_came_of_it(it, about), it.by), _TONES.get(result, "plain")


def _by(words: str, name: str) -> str:
    return f"{words}, {name}"


def _came_of_it(it: Happened, about: About) -> str:
    words = {
        "accepted": gettext("picked up and takes it"),
        "declined": gettext("picked up and cannot"),
        "no_answer": gettext("no answer"),
        "busy": gettext("busy"),
        "voicemail_left": gettext("message left, not an answer"),
        "voicemail_full": gettext("voicemail full"),
        "wrong_person": gettext("somebody else picked up"),
        "refused": gettext("picked up and would not listen"),
        "will_call_back": gettext("said they would ring back"),
        "invalid_number": gettext("not a number in service"),
        "returned_call": _rang_back(it),
    }
    result = it.fact("result")
    again = it.instant("again_at")
    if again is None:
        return words.get(result, result)
    later = gettext("{what}, to be dialled again at {time}")
    return later.format(what=words.get(result, result), time=clock(again, about.zone))


def _rang_back(it: Happened) -> str:
    if it.fact("answer") == "accept":
        return gettext("rang back and takes it")
    return gettext("rang back and cannot")


def _dialled(it: Happened, about: About) -> Beat:
    """By itself: who rang us answers no attempt of ours."""
    words, tone = outcome(it, about)
    mark: Mark = "bad" if tone == "bad" else "human"
    return beat(it, it.fact("to"), f" {words}.", mark=mark)


def _given_up(it: Happened, about: About) -> Beat:
    words, _ = outcome(it, about)
    return beat(it, it.fact("to"), f": {words}.")


def _to_mend(it: Happened, about: About) -> Beat:
    head = gettext("The number of {name} must be corrected").format(name=it.fact("to"))
    words = gettext(": {number} is not in service, says {agent}.")
    rest = words.format(number=phone(it.fact("destination")), agent=it.by)
    return beat(it, head, rest, mark="bad")


SENTENCES: dict[str, Sentence] = {
    DIALLED: _dialled,
    RELEASED: _given_up,
    LAPSED: _given_up,
    "relay.number_to_mend": _to_mend,
}
