"""What the desk's own people did about a ticket or a call: minders, and reviews."""

from __future__ import annotations

from portal.town.story.beats import About, Beat, Happened
from portal.town.story.sentences import Sentence, beat
from townline.i18n import gettext
from townline.words import clock, moment


def _minder_set(it: Happened, about: About) -> Beat:
    head = gettext("{name} set a minder").format(name=it.by)
    due = it.instant("due")
    rest = gettext(" for {time}.").format(time=moment(due, about.zone)) if due else "."
    return beat(it, head, rest, mark="human")


def _minder_done(it: Happened, about: About) -> Beat:
    head = gettext("{name} did what the minder asked").format(name=it.by)
    return beat(it, head, ".", mark="human")


def _minder_snoozed(it: Happened, about: About) -> Beat:
    head = gettext("{name} put the minder off").format(name=it.by)
    due = it.instant("due")
    rest = gettext(" until {time}.").format(time=clock(due, about.zone)) if due else "."
    return beat(it, head, rest, mark="human")


def _minder_handed_over(it: Happened, about: About) -> Beat:
    to = it.fact("to") or gettext("the whole desk")
    head = gettext("{name} handed the minder over").format(name=it.by)
    return beat(it, head, gettext(" to {to}.").format(to=to), mark="human")


def _minder_overdue(it: Happened, about: About) -> Beat:
    rest = gettext(": the supervisors were shown it.")
    return beat(it, gettext("Nobody did what the minder asked"), rest, mark="bad")


def _excluded(it: Happened, about: About) -> Beat:
    whys = {"test": gettext(": a test."), "mystery": gettext(": a mystery call.")}
    head = gettext("{name} took the call out of the measures").format(name=it.by)
    return beat(it, head, whys.get(it.fact("why"), "."), mark="human")


def _included(it: Happened, about: About) -> Beat:
    head = gettext("{name} let the call count again").format(name=it.by)
    return beat(it, head, ".", mark="human")


def _reviewed(it: Happened, about: About) -> Beat:
    head = gettext("{name} reviewed how the call was answered").format(name=it.by)
    return beat(it, head, ".", mark="human")


def _review_answered(it: Happened, about: About) -> Beat:
    head = gettext("{name} answered the review").format(name=it.by)
    return beat(it, head, ".", mark="human")


def _signed_out(it: Happened, about: About) -> Beat:
    head = gettext("{name} signed the desk over").format(name=it.by)
    return beat(it, head, gettext(" to the next shift."), mark="human")


def _signed_in(it: Happened, about: About) -> Beat:
    head = gettext("{name} took the desk over").format(name=it.by)
    rest = gettext(" from {name}.").format(name=it.fact("outgoing"))
    return beat(it, head, rest, mark="ok")


SENTENCES: dict[str, Sentence] = {
    "minder.set": _minder_set,
    "minder.done": _minder_done,
    "minder.snoozed": _minder_snoozed,
    "minder.handed_over": _minder_handed_over,
    "minder.overdue": _minder_overdue,
    "call.excluded": _excluded,
    "call.included": _included,
    "call.reviewed": _reviewed,
    "call.review_answered": _review_answered,
    "handover.signed_out": _signed_out,
    "handover.signed_in": _signed_in,
}
