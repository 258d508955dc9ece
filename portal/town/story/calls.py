"""A call: who rang, who took it, how long it lasted. One beat gathers all of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from portal.town.story.beats import About, Beat, Happened
from portal.town.story.sentences import Sentence, beat
from portal.town.story.vocabulary import disposition
from townline.i18n import gettext
from townline.words import lasting, phone, short_date


def _arrived(it: Happened, about: About) -> Beat:
    head = gettext("{name} called").format(name=about.caller or gettext("A resident"))
    line = gettext(", on {line}.").format(line=phone(it.fact("line")))
    return beat(it, head, line, mark="human")


def _handed_to_911(it: Happened, about: About) -> Beat:
    head = gettext("The call was handed to 911")
    by = gettext(" by {name}.").format(name=it.by)
    return _with_number(beat(it, head, by, mark="human"), it)


def _handed_over(it: Happened, about: About) -> Beat:
    """To the gas company, say; or to anybody who would not take it."""
    words = gettext("The call was handed to {service}")
    if it.fact("outcome") == "refused":
        words = gettext("{service} refused the call")
    head = words.format(service=it.fact("name"))
    by = gettext(", says {name}.").format(name=it.by)
    return _with_number(beat(it, head, by, mark="human"), it)


def _with_number(told: Beat, it: Happened) -> Beat:
    """Which number, what was said, and whether the agent stayed on the line."""
    number = it.fact("number")
    if not number:
        return told
    dialled = gettext("dialled {number}").format(number=phone(number))
    stayed = gettext("the agent stayed on the line") if it.facts.get("stays") else ""
    more = tuple(filter(None, (dialled, stayed)))
    return replace(told, more=more, say=it.fact("sentence"))


def _warned(it: Happened, about: About) -> Beat:
    steps = {
        "warn": gettext("The caller was warned"),
        "second_warn": gettext("The caller was warned a second time"),
        "end": gettext("The caller was told that the call ends"),
    }
    head = steps.get(it.fact("step"), it.event)
    return beat(it, head, gettext(" by {name}.").format(name=it.by), mark="human")


def _flagged(it: Happened, about: About) -> Beat:
    words = gettext("{name} flagged the number in this town")
    if it.fact("scope") == "operator":
        words = gettext("{name} flagged the number at every desk")
    rest = gettext(" until {when}.").format(
        when=short_date(it.instant("until") or it.at, about.zone)
    )
    return beat(it, words.format(name=it.by), rest, mark="human")


def _aided(before: Beat, it: Happened) -> Beat:
    told = before
    if it.facts.get("tty"):
        told = _more(told, gettext("by text telephone or relay service"))
    if interpreter := it.fact("interpreter"):
        words = gettext("interpreted: {interpreter}")
        told = _more(told, words.format(interpreter=interpreter))
    return told


def _read_out(it: Happened, about: About) -> Beat:
    head = gettext("{name} asked what must be asked first").format(name=it.by)
    said = gettext(", and said the promise") if it.facts.get("promise_said") else ""
    return beat(it, head, f"{said}.", mark="human")


def _claimed(before: Beat, it: Happened) -> Beat:
    took = gettext("{name} took it.").format(name=it.by)
    return replace(before, rest=f"{before.rest} {took}")


def _connected(before: Beat, it: Happened) -> Beat:
    waited = lasting(timedelta(seconds=it.number("waited")))
    words = gettext("answered after {time}").format(time=waited)
    return _more(before, words)


def _released(before: Beat, it: Happened) -> Beat:
    return _more(before, gettext("went back to the queue"))


def _ended(before: Beat, it: Happened) -> Beat:
    lasted = lasting(timedelta(seconds=it.number("lasted")))
    if it.facts.get("answered"):
        return _more(before, gettext("on the line {time}").format(time=lasted))
    return _more(
        before, gettext("hung up after {time}, unanswered").format(time=lasted)
    )


def _article_told(before: Beat, it: Happened) -> Beat:
    words = gettext("was told “{title}”, and that answered it")
    if not it.facts.get("answered"):
        words = gettext("was told “{title}”, which did not help")
    return _more(before, words.format(title=it.fact("title")))


def _wrapped_up(before: Beat, it: Happened) -> Beat:
    return _more(before, disposition(it.fact("disposition")))


def _forgotten(before: Beat, it: Happened) -> Beat:
    return _more(before, gettext("the caller’s number was forgotten, as asked"))


def _more(before: Beat, words: str) -> Beat:
    return replace(before, more=(*before.more, words))


SENTENCES: dict[str, Sentence] = {
    "call.arrived": _arrived,
    "call.handed_to_911": _handed_to_911,
    "call.handed_over": _handed_over,
    "call.warned": _warned,
    "call.flagged": _flagged,
    "call.read_out": _read_out,
}
FOLLOWING: dict[str, Callable[[Beat, Happened], Beat]] = {
    "call.claimed": _claimed,
    "call.connected": _connected,
    "call.released": _released,
    "call.ended": _ended,
    "call.article_told": _article_told,
    "call.wrapped_up": _wrapped_up,
    "call.aided": _aided,
    "call.caller_forgotten": _forgotten,
}
