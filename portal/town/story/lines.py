"""What a caller did before anybody answered, and what was done about it later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from portal.town.story.beats import About, Beat, Happened
from portal.town.story.sentences import Sentence, beat
from portal.town.story.vocabulary import called_back
from townline.i18n import gettext
from townline.words import lasting, phone

EMERGENCY_KEY = 1


def _returning(it: Happened, about: About) -> Beat:
    name = about.caller or gettext("a resident")
    head = gettext("The desk owes {name} a call").format(name=name)
    line = gettext(", from {line}.").format(line=phone(it.fact("line")))
    return beat(it, head, line)


def _announced(it: Happened, about: About) -> Beat:
    head = gettext("Callers are told an announcement")
    return beat(it, head, gettext(", says {name}.").format(name=it.by), mark="human")


def _announcement_ended(it: Happened, about: About) -> Beat:
    head = gettext("The announcement was ended")
    return beat(it, head, gettext(" by {name}.").format(name=it.by), mark="human")


def _queued(before: Beat, it: Happened) -> Beat:
    if it.number("priority") == EMERGENCY_KEY:
        return _more(before, gettext("pressed the emergency key, and waited first"))
    return _more(before, gettext("waited for somebody"))


def _heard(before: Beat, it: Happened) -> Beat:
    words = gettext("heard the answer “{answer}”").format(answer=it.fact("answer"))
    return _more(before, words)


def _back_wanted(before: Beat, it: Happened) -> Beat:
    return _more(before, gettext("asked to be called back, and keeps the place"))


def _message_left(before: Beat, it: Happened) -> Beat:
    lasted = lasting(timedelta(seconds=it.number("seconds")))
    return _more(before, gettext("left a message of {time}").format(time=lasted))


def _called_back(before: Beat, it: Happened) -> Beat:
    if it.fact("result") == "answered":
        return _more(before, gettext("rang again, and was talked to"))
    if it.fact("result") == "not_needed":
        words = gettext("need not be called back, says {name}")
        return _more(before, words.format(name=it.by))
    words = gettext("was called back by {name}: {result}")
    told = words.format(name=it.by, result=called_back(it.fact("result")))
    return _more(before, told)


def _more(before: Beat, words: str) -> Beat:
    return replace(before, more=(*before.more, words))


SENTENCES: dict[str, Sentence] = {
    "call.returning": _returning,
    "town.announced": _announced,
    "town.announcement_ended": _announcement_ended,
}
FOLLOWING: dict[str, Callable[[Beat, Happened], Beat]] = {
    "call.queued": _queued,
    "call.heard": _heard,
    "call.back_wanted": _back_wanted,
    "call.message_left": _message_left,
    "call.called_back": _called_back,
}
