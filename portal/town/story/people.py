"""What residents heard, what was asked of them, and what they said."""

from __future__ import annotations

from dataclasses import replace

from portal.town.story.beats import About, Beat, Happened
from portal.town.story.sentences import Sentence, beat
from portal.town.story.vocabulary import called_back, news, solved, via
from townline.i18n import gettext
from townline.words import moment

TOLD = "resident.told"


def told(it: Happened, about: About) -> Beat:
    rest = gettext(" {news}.").format(news=news(it.fact("news")))
    who = about.people.get(it.fact("reporter"), "") or gettext("A resident")
    how = f"{who}, {via(it.fact('channel'))}"
    return replace(beat(it, gettext("Residents told"), rest), more=(how,))


def _due(it: Happened, about: About) -> Beat:
    kinds = {
        "remind_holder": gettext(": whoever has it is reminded."),
        "tell_resident": gettext(": the resident is told where it stands."),
        "call_back": gettext(": the desk is asked to call the resident."),
    }
    rest = kinds.get(it.fact("kind"), ".")
    return beat(it, gettext("Still open, taken up again"), rest)


def _reminded(it: Happened, about: About) -> Beat:
    names = ", ".join(about.contact(key) for key in it.names("contacts"))
    rest = f": {names}." if names else gettext(": nobody can be written to.")
    return beat(it, gettext("Reminder sent"), rest, mark="machine" if names else "bad")


def _called_back(it: Happened, about: About) -> Beat:
    head = gettext("{name} called the resident back").format(name=it.by)
    rest = f": {called_back(it.fact('result'))}."
    again = it.instant("again_at")
    words = gettext("To be tried again {when}.")
    more = (words.format(when=moment(again, about.zone)),) if again else ()
    return replace(beat(it, head, rest, mark="human"), more=more)


def _asked(it: Happened, about: About) -> Beat:
    who = about.people.get(it.fact("reporter"), "") or gettext("a resident")
    words = gettext(" to {name}, {via}.")
    rest = words.format(name=who, via=via(it.fact("channel")))
    return beat(it, gettext("Survey sent"), rest)


def _answered(it: Happened, about: About) -> Beat:
    words = gettext(": {score} of 5, {solved}.")
    rest = words.format(score=it.fact("score"), solved=solved(it.fact("solved")))
    return beat(it, gettext("Survey answered"), rest, mark="human")


SENTENCES: dict[str, Sentence] = {
    TOLD: told,
    "followup.due": _due,
    "followup.reminded": _reminded,
    "followup.called_back": _called_back,
    "survey.sent": _asked,
    "survey.answered": _answered,
}
