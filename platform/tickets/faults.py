"""Everything that may be wrong with an intake, each with its field and its remedy."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tenants import rules
from tenants.town import Category, Question, Town
from tickets.intake import Caller, Intake, phone_of, place_of
from townline.errors import Invalid
from townline.i18n import gettext, language

# As long as an Open311 description may be; a minute of talk has a fifth of it.
WORDS_LIMIT = 4_000
# A line on a crew's phone; whatever is longer belongs to directions or words.
LINE_LIMIT = 200
# As long as the numbers that towns' lists of poles and hydrants may hold.
ASSET_LIMIT = 40
# What RFC 5321 leaves of its 256 characters when the brackets are off.
EMAIL_LIMIT = 254

UNREADABLE = "Type this again; it holds a character nobody can read."

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
# PostgreSQL cannot keep the first, and UTF-8 cannot write the others.
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Fault:
    field: str
    remedy: str


def faults(town: Town, intake: Intake) -> Iterator[Fault]:
    """What keeps ``intake`` from becoming a ticket, in the order of the form."""
    yield from _unwritable(intake)
    category = _category(town, intake.category)
    if category is None:
        yield Fault("category", gettext("Choose one of the town's categories."))
    else:
        yield from _answers(category, intake)
        yield from _place(category, intake)
        yield from _level(category, intake)
    yield from _too_long(intake)
    yield from caller_faults(town, intake.caller)


def caller_faults(town: Town, caller: Caller) -> Iterator[Fault]:
    """Of an anonymous caller nothing is kept, so nothing can be wrong."""
    if caller.identity == "anonymous":
        return
    if len(caller.name) > LINE_LIMIT:
        yield Fault("name", gettext("Shorten this to 200 characters."))
    if len(caller.address) > LINE_LIMIT:
        yield Fault("address", gettext("Shorten this to 200 characters."))
    if caller.phone and not phone_of(town, caller):
        yield Fault("phone", gettext("Check the number, area code first."))
    if caller.email and not _is_email(caller.email):
        remedy = gettext("Check the address; it looks like name@example.org.")
        yield Fault("email", remedy)
    if caller.tell_by == "sms" and not caller.phone:
        yield Fault("phone", gettext("Ask for a number to text, or do not text."))
    if caller.tell_by == "email" and not caller.email:
        remedy = gettext("Ask for an address to write to, or do not write.")
        yield Fault("email", remedy)


def refuse(found: Iterator[Fault]) -> None:
    """One thing at a time: an agent fixes it while the caller waits."""
    if fault := next(found, None):
        raise Invalid(fault.remedy, field=fault.field)


def check_words(text: str, *, field: str) -> None:
    """Refuse a note that is empty, too long, or that cannot be kept."""
    if not text.strip():
        raise Invalid(gettext("Write something first."), field=field)
    if len(text) > WORDS_LIMIT:
        raise Invalid(gettext("Shorten this to 4,000 characters."), field=field)
    if _UNWRITABLE.search(text):
        raise Invalid(gettext(UNREADABLE), field=field)


def _unwritable(intake: Intake) -> Iterator[Fault]:
    written = {
        "place": intake.place,
        "directions": intake.directions,
        "asset": intake.asset,
        "address": intake.caller.address,
        "words": intake.words,
        "level_reason": intake.level_reason,
        "name": intake.caller.name,
        "phone": intake.caller.phone,
        "email": intake.caller.email,
        **{f"answers.{key}": answer for key, answer in intake.answers.items()},
    }
    for field, text in written.items():
        if _UNWRITABLE.search(text):
            yield Fault(field, gettext(UNREADABLE))


def _category(town: Town, key: str) -> Category | None:
    return next((each for each in town.categories if each.key == key), None)


def _answers(category: Category, intake: Intake) -> Iterator[Fault]:
    for question in rules.missing(category, intake.answers):
        yield _about(question, gettext("Still to ask: {question}"))
    for question in rules.visible_questions(category, intake.answers):
        answer = intake.answers.get(question.key, "").strip()
        if answer and (remedy := _misfit(question, answer)):
            yield _about(question, remedy)


def _misfit(question: Question, answer: str) -> str:
    """What to do about an answer that is not one; nothing when it is."""
    match question.type:
        case "choice" if answer not in {each.key for each in question.choices}:
            return gettext("Choose one of the answers to: {question}")
        case "number" if not _is_number(answer):
            return gettext("Answer with a number: {question}")
        case "text" if len(answer) > WORDS_LIMIT:
            return gettext("Answer in 4,000 characters: {question}")
    return ""


def _about(question: Question, remedy: str) -> Fault:
    asked = question.ask.in_(language())
    return Fault(f"answers.{question.key}", remedy.format(question=asked))


def _place(category: Category, intake: Intake) -> Iterator[Fault]:
    if (intake.latitude is None) != (intake.longitude is None):
        remedy = gettext("Give both the latitude and the longitude, or neither.")
        yield Fault("place", remedy)
    elif not _on_earth(intake.latitude or 0.0, intake.longitude or 0.0):
        yield Fault("place", gettext("Set the point on the map once more."))
    # A question about opening hours happens nowhere.
    if category.kind != "information" and not place_of(intake):
        remedy = gettext("Ask where it is: an address, a crossing or a landmark.")
        yield Fault("place", remedy)


def _level(category: Category, intake: Intake) -> Iterator[Fault]:
    if intake.level is None:
        return
    if intake.level not in range(1, 6):
        yield Fault("level", gettext("Choose a level from 1 to 5."))
    raised = intake.level < rules.raised_level(category, intake.answers)
    if raised and not intake.level_reason.strip():
        remedy = gettext("Say why this is graver than the answers make it.")
        yield Fault("level_reason", remedy)


def _too_long(intake: Intake) -> Iterator[Fault]:
    if len(intake.place) > LINE_LIMIT:
        remedy = gettext("Shorten this to 200 characters; the rest are directions.")
        yield Fault("place", remedy)
    if len(intake.asset) > ASSET_LIMIT:
        yield Fault("place", gettext("Choose the place from the list once more."))
    if len(intake.level_reason) > LINE_LIMIT:
        yield Fault("level_reason", gettext("Shorten this to 200 characters."))
    for field, text in (("directions", intake.directions), ("words", intake.words)):
        if len(text) > WORDS_LIMIT:
            yield Fault(field, gettext("Shorten this to 4,000 characters."))


def _is_email(text: str) -> bool:
    return len(text) <= EMAIL_LIMIT and _EMAIL.fullmatch(text.strip()) is not None


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text.replace(",", ".")))
    except ValueError:
        return False


def _on_earth(latitude: float, longitude: float) -> bool:
    return abs(latitude) <= 90 and abs(longitude) <= 180
