"""Larkfield: a small town with one of everything, as a value, for tests of rules."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from tenants.town import (
    AnswerPhrase,
    Category,
    Choice,
    Closure,
    Contact,
    Department,
    LifeSafety,
    Line,
    OpenHours,
    Policy,
    Promise,
    Question,
    Roster,
    Rung,
    ShownIf,
    Step,
    Survey,
    Text,
    Town,
)


def utc(written: str) -> datetime:
    """An instant, as the clocks of Chicago's winter plus six hours would show it."""
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def day(written: str) -> date:
    return date.fromisoformat(written)


def both(en: str, fr: str) -> Text:
    return Text(en=en, fr=fr)


WATER = Roster(
    key="water",
    name=both("Water on call", "Garde de l’eau"),
    anchor=datetime.fromisoformat("2026-01-05T08:00"),
    days=7,
    members=("ana", "dan"),
)

HOW_FAST = Question(
    key="how-fast",
    ask=both("How fast does the water come?", "À quelle vitesse l’eau coule-t-elle ?"),
    required=True,
    choices=(
        Choice(key="trickle", label=both("Trickle", "Filet")),
        Choice(key="lifting", label=both("Lifting", "Soulève"), raises_to=1),
    ),
)
INSIDE = Question(
    key="inside",
    ask=both("Is it getting into a building?", "Entre-t-elle dans un bâtiment ?"),
    required=True,
    shown_if=ShownIf(question="how-fast", answers=("lifting",)),
    choices=(
        Choice(key="no", label=both("No", "Non")),
        Choice(
            key="wires",
            label=both("Yes, near wires", "Oui, près de fils"),
            raises_to=1,
            stops="911",
            say=both("I am connecting you to 911.", "Je vous mets en ligne avec 911."),
        ),
    ),
)
WHICH = Question(
    key="which",
    ask=both("Which building?", "Quel bâtiment ?"),
    type="text",
    shown_if=ShownIf(question="inside", answers=("wires",)),
)

MAIN_BREAK = Category(
    key="main-break",
    name=both("Water main break", "Bris d’aqueduc"),
    kind="problem",
    department="water",
    level=2,
    promise=Promise(
        hours=4, say=both("A crew will be there by {due}.", "Équipe sur place : {due}.")
    ),
    synonyms=("burst pipe", "flooded street", "geyser"),
    questions=(HOW_FAST, INSIDE, WHICH),
)
POTHOLE = Category(
    key="pothole",
    name=both("Pothole", "Nid-de-poule"),
    kind="complaint",
    department="streets",
    level=4,
    promise=Promise(
        hours=9,
        clock="business",
        say=both("Filled by {due}.", "Comblé au plus tard {due}."),
    ),
    synonyms=("hole in the road",),
)

DESK = Step(to=("roster:water",), rungs=(Rung(channel="sms"),), wait=300)
EVERYDAY = Policy(
    key="everyday",
    name=both("Everyday", "Ordinaire"),
    levels=(1, 2, 3, 4, 5),
    steps=(DESK,),
    last_resort=("contact:desk",),
    on_the_way_within=900,
)

LARKFIELD = Town(
    format=1,
    slug="larkfield",
    name=both("Larkfield", "Larkfield"),
    monogram="LK",
    prefix="LRK",
    color="#e8c200",
    languages=("en", "fr"),
    time_zone="America/Chicago",
    holidays="US-IL",
    email="hall@larkfield.example",
    boundary=((-88.0, 41.0), (-87.0, 41.0), (-87.0, 42.0), (-88.0, 41.0)),
    lines=(Line(number="+13125550150", label=both("Town hall", "Mairie")),),
    hours=(
        OpenHours(days=("mon", "wed"), opens=time(8), closes=time(12)),
        OpenHours(days=("mon", "tue", "wed"), opens=time(13), closes=time(17)),
    ),
    closures=(
        Closure(
            day=day("2026-12-23"),
            name=both("Christmas party", "Fête de Noël"),
            opens=time(8),
            closes=time(10),
        ),
        Closure(day=day("2026-12-29"), name=both("Stocktaking", "Inventaire")),
    ),
    phrases=(
        AnswerPhrase(
            when="open",
            agent=both("Larkfield, {agent} speaking.", "Larkfield, ici {agent}."),
            greeting=both("Welcome to Larkfield.", "Bienvenue à Larkfield."),
        ),
        AnswerPhrase(
            when="closed",
            agent=both("After hours, {agent}.", "Après les heures, {agent}."),
            greeting=both("We are closed.", "Nous sommes fermés."),
        ),
    ),
    life_safety=(
        LifeSafety(
            key="hurt",
            ask=both("Is anyone hurt?", "Y a-t-il un blessé ?"),
            say=both("Connecting you to 911.", "Je vous mets en ligne avec 911."),
        ),
    ),
    departments=(
        Department(key="water", name=both("Water", "Eau")),
        Department(key="streets", name=both("Streets", "Voirie")),
    ),
    contacts=(
        Contact(key="ana", name="Ana Ruiz", department="water", mobile="+13125550151"),
        Contact(key="dan", name="Dan Ortiz", department="water", mobile="+13125550152"),
        Contact(
            key="desk",
            name="Duty desk",
            department="streets",
            landline="+13125550153",
            mobile="+13125550154",
        ),
    ),
    rosters=(WATER,),
    policies=(EVERYDAY,),
    survey=Survey(after_hours=24, percent=20, not_again_days=90),
    categories=(MAIN_BREAK, POTHOLE),
)
