"""The ticket itself: made, joined, added to, worked on and closed."""

from __future__ import annotations

from dataclasses import replace

from portal.town.story.beats import About, Beat, Happened
from portal.town.story.sentences import Sentence, beat, whose
from portal.town.story.vocabulary import audience, reason, step
from townline.i18n import gettext
from townline.words import moment


def _opened(it: Happened, about: About) -> Beat:
    words = gettext(" under version {version} of the rules")
    if it.facts.get("read_back"):
        words = gettext(" under version {version} of the rules, read back and agreed")
    rest = words.format(version=it.fact("rules")) + "."
    made = beat(it, gettext("Ticket made"), rest, mark=whose(it))
    raised = it.fact("level_reason")
    more = (gettext("Level raised: {why}").format(why=raised),) if raised else ()
    if first := it.fact("linked_to"):
        more = (*more, gettext("Of the same call as {number}").format(number=first))
    if called := it.instant("called_at"):
        when = moment(called, about.zone)
        more = (*more, gettext("First taken down on paper, {when}").format(when=when))
    return replace(made, say=it.fact("promise"), more=more)


def _told_by_hand(it: Happened, about: About) -> Beat:
    """While nothing worked; the acceptance that follows is this person's."""
    words = gettext("{contact} was told by hand")
    head = words.format(contact=about.contact(it.fact("contact")))
    told_at = it.instant("told_at") or it.at
    rest = gettext(", {when}, says {name}.")
    said = rest.format(when=moment(told_at, about.zone), name=it.by)
    return beat(it, head, said, mark="human")


def _joined(it: Happened, about: About) -> Beat:
    head = gettext("One more resident asked for the same")
    return beat(it, head, ".", mark="human")


def _noted(it: Happened, about: About) -> Beat:
    head = gettext("{name} wrote a note").format(name=it.by)
    rest = gettext(", for: {audience}.").format(audience=audience(it.fact("audience")))
    return beat(it, head, rest, mark=whose(it))


def _photographed(it: Happened, about: About) -> Beat:
    head = gettext("{name} added a photo").format(name=it.by)
    rest = gettext(", for: {audience}.").format(audience=audience(it.fact("audience")))
    return beat(it, head, rest, mark=whose(it))


def _moved(it: Happened, about: About) -> Beat:
    rest = gettext(", said by {name}.").format(name=it.by)
    return beat(it, step(it.event.removeprefix("ticket.")), rest, mark="ok")


def _closed(it: Happened, about: About) -> Beat:
    why = it.fact("reason")
    head = gettext("Closed: {reason}").format(reason=reason(why))
    rest = gettext(", by {name}.").format(name=it.by)
    closed = beat(it, head, rest, mark="ok" if why == "done" else whose(it))
    note = about.closing_notes.get(it.at)
    return replace(closed, more=(note,) if note else ())


def _relevelled(it: Happened, about: About) -> Beat:
    raised = it.number("level") < it.number("was")
    words = (
        gettext("{name} raised the level from {was} to {level}")
        if raised
        else gettext("{name} lowered the level from {was} to {level}")
    )
    head = words.format(name=it.by, was=it.fact("was"), level=it.fact("level"))
    return beat(it, head, f": {it.fact('reason')}", mark=whose(it))


def _assigned(it: Happened, about: About) -> Beat:
    words = gettext("{name} gave it to {to}")
    if it.fact("to") == it.by:
        words = gettext("{name} took charge of it")
    head = words.format(name=it.by, to=it.fact("to"))
    before = gettext(", {name} had it before.").format(name=it.fact("was"))
    return beat(it, head, before if it.fact("was") else ".", mark=whose(it))


def _unassigned(it: Happened, about: About) -> Beat:
    head = gettext("{name} took it from {was}").format(name=it.by, was=it.fact("was"))
    return beat(it, head, gettext(": nobody looks after it now."), mark=whose(it))


SENTENCES: dict[str, Sentence] = {
    "ticket.opened": _opened,
    "ticket.joined": _joined,
    "sheet.relayed_by_hand": _told_by_hand,
    "ticket.note_added": _noted,
    "ticket.photo_added": _photographed,
    "ticket.on_the_way": _moved,
    "ticket.on_site": _moved,
    "ticket.done": _moved,
    "ticket.assigned": _assigned,
    "ticket.unassigned": _unassigned,
    "ticket.level_changed": _relevelled,
    "ticket.closed": _closed,
}
