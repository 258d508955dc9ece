"""A call that was another town's: that it went there, and never whose it was."""

from __future__ import annotations

from portal.town.story.beats import About, Beat, Happened
from portal.town.story.sentences import Sentence, beat
from townline.i18n import gettext
from townline.words import phone


def _moved_away(it: Happened, about: About) -> Beat:
    head = gettext("It was another town’s call")
    rest = gettext(": {name} took it on for {town}.").format(
        name=it.by, town=it.fact("town")
    )
    return beat(it, head, rest, mark="human")


def _moved_here(it: Happened, about: About) -> Beat:
    head = gettext("A call came over from {town}").format(town=it.fact("town"))
    return beat(it, head, gettext(" with {name}.").format(name=it.by), mark="human")


def _referred(it: Happened, about: About) -> Beat:
    head = gettext("{name} told the caller whom to call").format(name=it.by)
    rest = gettext(": {office}, {number}.").format(
        office=it.fact("office"), number=phone(it.fact("number"))
    )
    return beat(it, head, rest, mark="human")


SENTENCES: dict[str, Sentence] = {
    "call.moved_away": _moved_away,
    "call.moved_here": _moved_here,
    "call.referred": _referred,
}
