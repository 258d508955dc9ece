"""Everything the town's file can say, in groups: a sentence and a count each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.town.faults import by_section
from portal.town.fields.wholes import Closures, Opening
from portal.town.hall import Hall
from portal.town.sections import Section, section
from tenants.drafting import Editing
from tenants.town import Town
from townline.i18n import gettext


@dataclass(frozen=True, slots=True)
class Place:
    """``count`` is None where nothing is counted, and 0 where nothing is said."""

    key: str
    address: str
    title: str
    lead: str
    count: int | None
    faults: int = 0


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What has an editor of its own, below the rules."""

    address: str
    field: str
    title: str
    lead: str


@dataclass(frozen=True, slots=True)
class Shelf:
    title: str
    places: Sequence[Place]


def contents(hall: Hall, it: Editing) -> list[Shelf]:
    faults = by_section(it)
    return [
        Shelf(
            gettext(title),
            [
                _here(section(each), it.town, faults.get(each, 0))
                if isinstance(each, str)
                else _there(each, it.town)
                for each in places
                if isinstance(each, str) or hall.may("GET", each.address)
            ],
        )
        for title, places in SHELVES
    ]


def _here(each: Section, town: Town, faults: int) -> Place:
    title, lead = gettext(each.title), gettext(each.lead)
    address = f"/rules/edit/{each.key}"
    return Place(each.key, address, title, lead, _count(each, town), faults)


def _there(each: Elsewhere, town: Town) -> Place:
    title, lead = gettext(each.title), gettext(each.lead)
    count = len(getattr(town, each.field)) if each.field else None
    return Place(each.address, each.address, title, lead, count)


def _count(each: Section, town: Town) -> int | None:
    if each.shape == "entries":
        return len(each.entries(town))
    match each.whole(town):
        case None:
            return 0
        case Opening(hours=hours):
            return len(hours)
        case Closures(closures=closures):
            return len(closures)
        case _:
            return None


SHELVES: tuple[tuple[str, tuple[str | Elsewhere, ...]], ...] = (
    (
        "The town",
        (
            "town",
            Elsewhere(
                "/rules/boundary",
                "",
                "Boundary",
                "Where the town ends, drawn on a map.",
            ),
            "hours",
            "closures",
            "departments",
            "neighbours",
        ),
    ),
    (
        "When somebody calls",
        (
            "lines",
            "phrases",
            "menus",
            "surge",
            "life-safety",
            "hand-offs",
            "desk",
            "recording",
            Elsewhere(
                "/rules/instructions",
                "instructions",
                "Temporary instructions",
                "What agents do differently for a while.",
            ),
        ),
    ),
    (
        "What residents ask for",
        (
            Elsewhere(
                "/rules/categories",
                "categories",
                "Categories",
                "What is asked, what is promised, and how grave it is.",
            ),
            Elsewhere(
                "/rules/articles",
                "articles",
                "Answers",
                "What a caller can be told on the spot.",
            ),
            "survey",
        ),
    ),
    (
        "Who is told",
        (
            "contacts",
            "crews",
            Elsewhere(
                "/rules/rosters",
                "rosters",
                "Rosters",
                "Who is on call, day by day.",
            ),
            Elsewhere(
                "/rules/policies",
                "policies",
                "Who is told, and in what order",
                "Each rule as a ladder that can be read aloud.",
            ),
            "duty-desk",
            "sending",
            Elsewhere(
                "/rules/messages",
                "messages",
                "Texts, calls and letters as they read",
                "Every message that the town sends; many of them in your own words.",
            ),
        ),
    ),
    (
        "What was agreed",
        ("publishing", "service-level", "reviews", "sign-in"),
    ),
)
