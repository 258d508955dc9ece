"""What was wrong with a sender, or with a number: who was not told, and why."""

from __future__ import annotations

from portal.town.story.beats import About, Beat, Happened
from portal.town.story.sentences import Sentence, beat
from townline.i18n import gettext
from townline.words import phone


def _passed_over(it: Happened, about: About) -> Beat:
    head = gettext("{name} was not written to").format(name=it.fact("to"))
    because = {
        "landline": gettext(": {number} is a landline, which takes no texts."),
        "no_way": gettext(": none of the town's senders works at the moment."),
        "stop": gettext(": the town's sender may not send; operations know of it."),
        "operations": gettext(": our account may not send; operations know of it."),
    }
    number = phone(it.fact("destination"))
    rest = because.get(it.fact("reason"), ".").format(number=number)
    return beat(it, head, rest, mark="bad")


def _contact_wrong(it: Happened, about: About) -> Beat:
    head = gettext("The contact {name} must be put right").format(name=it.fact("to"))
    words = gettext(": nobody can be reached at {destination} (code {code}).")
    rest = words.format(
        destination=_spoken(it.fact("destination")), code=it.fact("error")
    )
    return beat(it, head, rest, mark="bad")


def _spoken(destination: str) -> str:
    return destination if "@" in destination else phone(destination)


SENTENCES: dict[str, Sentence] = {
    "relay.passed_over": _passed_over,
    "relay.contact_wrong": _contact_wrong,
}
