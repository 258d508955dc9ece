"""Second thoughts: opened again, gone on under another number, or taken apart."""

from __future__ import annotations

from dataclasses import replace

from portal.town.story.beats import About, Beat, Happened
from portal.town.story.sentences import Sentence, beat, whose
from portal.town.story.vocabulary import reason
from townline.i18n import gettext, ngettext
from townline.words import moment


def _reopened(it: Happened, about: About) -> Beat:
    head = gettext("{name} opened it again").format(name=it.by)
    told = beat(it, head, f": {it.fact('reason')}", mark=whose(it))
    was = gettext("It had been closed as: {reason}").format(
        reason=reason(it.fact("was"))
    )
    due = moment(it.instant("promised_at") or it.at, about.zone)
    anew = gettext("A new promise, due {when}").format(when=due)
    return replace(told, say=it.fact("promise"), more=(was, anew))


def _merged(it: Happened, about: About) -> Beat:
    callers = int(it.number("callers"))
    words = ngettext(
        "{number} caller went along", "{number} callers went along", callers
    )
    more = (words.format(number=callers),) if callers else ()
    if into := it.fact("into"):
        head = gettext("It goes on as {number}").format(number=into)
    else:
        head = gettext("{number} goes on here").format(number=it.fact("from"))
    rest = gettext(", says {name}.").format(name=it.by)
    return replace(beat(it, head, rest, mark=whose(it)), more=more)


def _split(it: Happened, about: About) -> Beat:
    head = gettext("{name} took a second problem out of it").format(name=it.by)
    rest = gettext(": {number}.").format(number=it.fact("into"))
    return beat(it, head, rest, mark=whose(it))


SENTENCES: dict[str, Sentence] = {
    "ticket.reopened": _reopened,
    "ticket.merged": _merged,
    "ticket.split": _split,
}
