"""What the desk itself decides: what must be done before a call may be closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tenants.rules import visible_questions
from tenants.town import Category, LifeSafety, Question
from townline.i18n import gettext, speaking
from townline.words import NO_BREAK, phone

# Keys of answers that the towns' files give to yes, no and not known.
BARE = frozenset(("yes", "no", "unknown", "oui", "non", "inconnu"))

# The ending of a question that was answered on the spot.
ANSWERED = "information_given"
# How a call may end that leaves a ticket behind; every other ending leaves none.
WITH_TICKET = ("ticket_created", "transferred_911", "patched_on_call")
WITHOUT_TICKET = (
    "information_given",
    "status_enquiry",
    "transferred_911",
    "transferred_city",
    "patched_on_call",
    "wrong_city",
    "wrong_number",
    "hang_up",
    "dropped_call",
    "silent",
    "language_unserved",
    "abusive_ended",
    "spam",
    "test_call",
)


def not_asked(
    questions: tuple[LifeSafety, ...], answers: Mapping[str, str]
) -> tuple[LifeSafety, ...]:
    """Life-safety questions without a yes or a no: they come before everything."""
    return tuple(
        each for each in questions if answers.get(each.key) not in {"yes", "no"}
    )


def alarmed(
    questions: tuple[LifeSafety, ...], answers: Mapping[str, str]
) -> tuple[LifeSafety, ...]:
    """Those answered with yes: this caller belongs to 911."""
    return tuple(each for each in questions if answers.get(each.key) == "yes")


def is_with_911(disposition: str) -> bool:
    """Who has been connected to 911 cannot be read anything back."""
    return disposition == "transferred_911"


def digit_by_digit(number: str) -> str:
    """As it is read back over a bad line: 3 1 2, 5 5 5, 0 1 4 2."""
    groups = "".join(char if char.isdigit() else " " for char in phone(number)).split()
    return ", ".join(NO_BREAK.join(group) for group in groups)


def to_read_back(*, place: str, name: str, number: str) -> tuple[str, ...]:
    """What the caller must confirm, in the order of speech; danger always."""
    there = {"place": place, "name": name, "number": number, "danger": "danger"}
    return tuple(item for item, said in there.items() if said.strip())


def spelled_name(name: str) -> str:
    """Letter by letter, as a name is checked over a bad line: M A R S H."""
    parts = name.upper().replace("’", "'").split()
    return ", ".join(NO_BREAK.join(part) for part in parts)


def may_end_so(disposition: str, *, has_ticket: bool) -> bool:
    """Without a new ticket; a call that has made one before may say so at its end."""
    fitting = disposition in WITHOUT_TICKET
    return fitting or (has_ticket and disposition in WITH_TICKET)


def read_back(
    category: Category | None,
    answers: Mapping[str, str],
    *,
    place: str,
    number: str,
    language: str,
) -> str:
    """What the agent repeats to the caller, in the caller's language."""
    with speaking(language):
        parts = [*_what(category, answers, language)]
        if place.strip():
            parts.append(gettext("The place is {place}.").format(place=place.strip()))
        if digits := digit_by_digit(number):
            parts.append(gettext("We may call you at {number}.").format(number=digits))
        parts.append(gettext("Is that right?"))
    return " ".join(parts)


def _what(
    category: Category | None, answers: Mapping[str, str], language: str
) -> Iterator[str]:
    if category is None:
        return
    given = [
        said
        for question in visible_questions(category, answers)
        if (said := _telling(question, answers.get(question.key, ""), language))
    ]
    name = category.name.in_(language)
    if given:
        yield gettext("{what}: {answers}.").format(what=name, answers="; ".join(given))
    else:
        yield f"{name}."


def _telling(question: Question, answer: str, language: str) -> str:
    """An answer as words; a bare yes or no says nothing without its question."""
    if answer in BARE:
        return ""
    choice = next((each for each in question.choices if each.key == answer), None)
    return choice.label.in_(language) if choice else answer.strip()


def ink_on(paper: str) -> str:
    """Black or white, whichever is read more easily on a town's colour (WCAG 2.2)."""
    red, green, blue = (_linear(paper[at : at + 2]) for at in (1, 3, 5))
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    # Where both contrast alike: (L + 0.05)^2 = 1.05 * 0.05.
    return "#000" if light > 0.179 else "#fff"


def _linear(digits: str) -> float:
    share = int(digits, 16) / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
