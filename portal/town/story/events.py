"""What a town knew was going on: said, corrected, asked about, and over."""

from __future__ import annotations

from portal.town.story.beats import About, Beat, Happened
from portal.town.story.sentences import Sentence, beat, whose
from townline.i18n import gettext, language


def _made(it: Happened, about: About) -> Beat:
    head = gettext("{name} made it a known event").format(name=it.by)
    return beat(it, head, _titled(it), mark=whose(it))


def _changed(it: Happened, about: About) -> Beat:
    head = gettext("{name} corrected the known event").format(name=it.by)
    return beat(it, head, _titled(it), mark=whose(it))


def _joined(it: Happened, about: About) -> Beat:
    head = gettext("One more resident called about the known event")
    return beat(it, head, ".", mark="human")


def _ended(it: Happened, about: About) -> Beat:
    head = gettext("{name} ended the known event").format(name=it.by)
    rest = gettext("; told that it is over: {number}.").format(number=it.number("told"))
    return beat(it, head, rest, mark=whose(it))


def _taken_back(it: Happened, about: About) -> Beat:
    head = gettext("{name} took a caller off {was} who meant something else")
    rest = gettext(": {why} Their own ticket is {number}.")
    return beat(
        it,
        head.format(name=it.by, was=it.fact("was")),
        rest.format(why=_sentence(it.fact("reason")), number=it.fact("moved_to")),
        mark=whose(it),
    )


def _titled(it: Happened) -> str:
    title = it.facts.get("title")
    if not isinstance(title, dict):
        return "."
    other = "en" if language() == "fr" else "fr"
    words = title.get(language()) or title.get(other) or ""
    return gettext(": {title}.").format(title=words)


def _sentence(written: str) -> str:
    return written if written.endswith((".", "!", "?")) else f"{written}."


SENTENCES: dict[str, Sentence] = {
    "event.made": _made,
    "event.changed": _changed,
    "event.joined": _joined,
    "event.ended": _ended,
    "ticket.me_too_taken_back": _taken_back,
}
