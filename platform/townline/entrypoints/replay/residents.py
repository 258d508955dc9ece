"""Who asks, what they answer to the desk's questions, and how they liked it, by lot."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from surveys import Answers, Solved
from tenants import rules
from tenants.town import Category, Choice, Language, Question, Town
from tickets import Caller, Channel, Identity, TellBy
from townline.entrypoints.replay.lots import Lots

# 555-0100 to 555-0199 are kept free for fiction in every area; none of the example
# towns' contacts lives in these.
AREAS = (
    "202", "203", "206", "217", "224", "309", "331", "438", "450", "514", "579",
    "603", "613", "617", "618", "630", "708", "773", "779", "815", "819", "847", "872",
)  # fmt: skip
NAMES = (
    "Abbott", "Bélanger", "Castro", "Dion", "Evans", "Fortin", "Gagné", "Hughes",
    "Ibrahim", "Jensen", "Kaur", "Lavoie", "Moreau", "Nguyen", "Ortiz", "Pelletier",
)  # fmt: skip
# How residents who call want to hear of it: about half of them by text.
TELL_BY_PHONE: Mapping[TellBy, float] = {"sms": 45, "email": 10, "none": 45}
TELL_IN_WRITING: Mapping[TellBy, float] = {"sms": 10, "email": 60, "none": 30}
IDENTITIES: Mapping[Identity, float] = {
    "identified": 86,
    "confidential": 6,
    "anonymous": 8,
}

# A desk hears the grave answer to such a question once in this many times.
GRAVE_ONCE_IN = 12
# The usual response to a text about a public service.
ANSWERS_SURVEYS = 0.3
OPINIONS: Mapping[tuple[Solved, int], float] = {
    ("yes", 5): 42, ("yes", 4): 24, ("partly", 4): 6, ("partly", 3): 10,
    ("no", 3): 4, ("no", 2): 6, ("no", 1): 8,
}  # fmt: skip


def caller(channel: Channel, language: Language, lots: Lots) -> Caller:
    """Everybody leaves a number, and an address if they want to be written to."""
    identity = lots.weighed(IDENTITIES)
    if identity == "anonymous":
        return Caller(identity=identity, language=language)
    wishes = TELL_BY_PHONE if channel in {"phone", "text"} else TELL_IN_WRITING
    tell_by = lots.weighed(wishes)
    address = f"resident-{lots.number(0, 99_999):05}@residents.example"
    return Caller(
        identity=identity,
        name=lots.one_of(NAMES),
        phone=f"+1{lots.one_of(AREAS)}55501{lots.number(0, 99):02}",
        email=address if tell_by == "email" else "",
        language=language,
        tell_by=tell_by,
    )


def answers(category: Category, lots: Lots) -> dict[str, str]:
    """Every question that must be asked, and half of the others, as they appear."""
    given: dict[str, str] = {}
    asked: set[str] = set()
    while todo := [
        each
        for each in rules.visible_questions(category, given)
        if each.key not in asked
    ]:
        question = todo[0]
        asked.add(question.key)
        if question.required or lots.falls(0.5):
            given[question.key] = _answer(question, lots)
    return given


def _answer(question: Question, lots: Lots) -> str:
    match question.type:
        case "number":
            return str(lots.number(1, 12))
        case "text":
            return str(lots.one_of(NAMES))
        case _:
            return lots.weighed(_choices(question)).key


def _choices(question: Question) -> Mapping[Choice, float]:
    """Whoever is told to hang up and dial 911 never becomes a ticket."""
    kept = [each for each in question.choices if not each.stops]
    return {each: 1.0 if each.raises_to else GRAVE_ONCE_IN - 1 for each in kept}


def point(town: Town, lots: Lots) -> tuple[float, float]:
    """Somewhere in the town: longitude and latitude, as its boundary has them."""
    xs, ys = zip(*town.boundary, strict=True)
    while True:
        found = (lots.between(min(xs), max(xs)), lots.between(min(ys), max(ys)))
        if rules.inside(town, found):
            return found


def opinion(lots: Lots) -> tuple[timedelta, Answers] | None:
    """How long after the invitation, and what; most people do not answer."""
    if not lots.falls(ANSWERS_SURVEYS):
        return None
    solved, score = lots.weighed(OPINIONS)
    return lots.after(timedelta(hours=3)), Answers(solved, score)
