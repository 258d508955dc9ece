"""Keys and numbers that two entries share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tenants.files.findings import Fault
from tenants.files.places import Path
from tenants.rules.targets import DUTY_DESK
from tenants.town import Keyed, Town
from townline.i18n import gettext

KEYED = (
    "life_safety",
    "neighbours",
    "hand_offs",
    "departments",
    "contacts",
    "crews",
    "rosters",
    "policies",
    "categories",
    "articles",
    "instructions",
)


def repetitions(town: Town) -> Iterator[Fault]:
    for table in KEYED:
        yield from _keys(getattr(town, table), (table,))
    yield from _duty_desks(town)
    yield from _twice((e.number for e in town.lines), ("lines",), "number")
    yield from _twice((e.when for e in town.phrases), ("phrases",), "when")
    yield from _twice(town.languages, ("languages",))
    for number, category in enumerate(town.categories):
        path: Path = ("categories", number, "questions")
        yield from _keys(category.questions, path)
        for place, question in enumerate(category.questions):
            yield from _keys(question.choices, (*path, place, "choices"))


def _duty_desks(town: Town) -> Iterator[Fault]:
    """A contact may only have the desk's key in a town without that table."""
    for number, contact in enumerate(town.contacts):
        if town.duty_desk is not None and contact.key == DUTY_DESK:
            remedy = gettext('Choose another: "{key}" means the duty desk here.')
            yield Fault(("contacts", number, "key"), remedy.format(key=DUTY_DESK))


def _keys(entries: Iterable[Keyed], path: Path) -> Iterator[Fault]:
    return _twice((each.key for each in entries), path, "key")


def _twice(values: Iterable[str], path: Path, *name: str) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for number, value in enumerate(values):
        first = seen.setdefault(value, number)
        if first != number:
            remedy = gettext(
                'Choose another: "{value}" is taken by entry {number} of the list.'
            ).format(value=value, number=first + 1)
            yield Fault((*path, number, *name), remedy)
