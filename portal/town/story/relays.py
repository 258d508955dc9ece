"""The relay: begun, accepted, declined, missed, opened again, ended."""

from __future__ import annotations

from dataclasses import replace

from portal.town.story.beats import About, Beat, Happened
from portal.town.story.sentences import Sentence, beat, whose
from portal.town.story.vocabulary import reason, step, via
from tenants.rules import choose_policy
from townline.i18n import gettext, language
from townline.words import clock, lasting


def _started(it: Happened, about: About) -> Beat:
    words = gettext(", policy “{policy}”, level {level}.")
    name = about.policy(it.fact("policy"))
    rest = words.format(policy=name, level=it.fact("level"))
    asked = ", ".join(about.contact(key) for key in it.names("asked_again"))
    again = gettext("Asked again, for the new policy wants it: {names}")
    more = (again.format(names=asked),) if asked else ()
    started = beat(it, gettext("Relay started"), rest)
    return replace(started, more=(*_why(it, about), *more))


def _why(it: Happened, about: About) -> tuple[str, ...]:
    """The rules say it again, as they said it then."""
    category = about.town.category(about.ticket.category)
    chosen = choose_policy(
        about.town, category, level=int(it.number("level")), at=it.at
    )
    if chosen.policy.key != it.fact("policy"):
        return ()
    return (chosen.why.in_(language()),)


def _accepted(it: Happened, about: About) -> Beat:
    after = lasting(it.at - about.ticket.opened_at)
    words = gettext(", {via}, {time} after the ticket.")
    rest = words.format(via=via(it.fact("via")), time=after)
    if it.by_machine:
        return beat(it, gettext("Taken in hand"), rest, mark="human")
    head = gettext("Accepted by {name}").format(name=it.by)
    accepted = beat(it, head, rest, mark="ok")
    needed = it.fact("still_needed")
    more = gettext("{number} more must accept.").format(number=needed)
    return replace(accepted, more=(more,)) if needed else accepted


def _declined(it: Happened, about: About) -> Beat:
    head = gettext("{name} cannot").format(name=it.by)
    rest = gettext(", said {via}.").format(via=via(it.fact("via")))
    return beat(it, head, rest, mark="human")


def _stale(it: Happened, about: About) -> Beat:
    head = gettext("{name} answered, and nothing changed").format(name=it.by)
    because = {
        "taken": gettext(": somebody else had it already."),
        "still_yours": gettext(": they had it already."),
        "ended": gettext(": the relay was over."),
    }
    return beat(it, head, because.get(it.fact("because"), "."), mark="human")


def _exhausted(it: Happened, about: About) -> Beat:
    head = gettext("Nobody answered the whole ladder.")
    rest = gettext(" The last resort is told until a person accepts.")
    return beat(it, head, rest, mark="bad")


def _missed(it: Happened, about: About) -> Beat:
    words = gettext("“{step}” was due, no word.")
    head = words.format(step=step(it.fact("deadline")))
    names = ", ".join(about.contact(key) for key in it.names("holders"))
    rest = gettext(" {names} had it.").format(names=names) if names else ""
    return beat(it, head, rest, mark="bad")


def _reopened(it: Happened, about: About) -> Beat:
    why = {
        "handed_back": gettext(": it was handed back."),
        "on_the_way": gettext(": nobody was heard to be on the way."),
        "on_site": gettext(": nobody was heard to be on site."),
        "done": gettext(": nobody was heard to be done."),
    }
    rest = why.get(it.fact("why"), ".")
    return beat(it, gettext("The ladder was opened again"), rest)


def _paused(it: Happened, about: About) -> Beat:
    until = it.instant("until")
    words = gettext(" until {time}.")
    rest = words.format(time=clock(until, about.zone)) if until else "."
    return beat(it, gettext("Relay paused"), rest, mark=whose(it))


def _resumed(it: Happened, about: About) -> Beat:
    return beat(it, gettext("Relay taken up again"), ".", mark=whose(it))


def _superseded(it: Happened, about: About) -> Beat:
    words = gettext(" from {was} to {level}: another relay took over.")
    rest = words.format(was=it.fact("was"), level=it.fact("level"))
    return beat(it, gettext("Level changed"), rest)


def _closed(it: Happened, about: About) -> Beat:
    rest = gettext(", nobody is told any more: {reason}.")
    word = reason(it.fact("reason"))
    return beat(it, gettext("Relay ended"), rest.format(reason=word))


def _repaired(it: Happened, about: About) -> Beat:
    what = {
        "stranded_run": gettext(": this relay had come to a stop, and goes on."),
        "timer_overdue": gettext(": a deadline of an ended relay was removed."),
        "fence_astray": gettext(": messages go out, or stay, as they should."),
        "stuck_in_sending": gettext(": a message was left half sent, and is sought."),
        "overdue": gettext(": messages that came too late were withdrawn."),
        "ambiguous_unwatched": gettext(": a message perhaps sent is sought again."),
        "merged_in_vain": gettext(": a message that went with another goes alone."),
    }
    head = gettext("A fault of ours was put right")
    return beat(it, head, what.get(it.fact("what"), "."), mark="bad")


SENTENCES: dict[str, Sentence] = {
    "relay.started": _started,
    "relay.accepted": _accepted,
    "relay.declined": _declined,
    "relay.stale_answer": _stale,
    "relay.exhausted": _exhausted,
    "relay.deadline_missed": _missed,
    "relay.reopened": _reopened,
    "relay.paused": _paused,
    "relay.resumed": _resumed,
    "relay.superseded": _superseded,
    "relay.closed": _closed,
    "relay.repaired": _repaired,
}
