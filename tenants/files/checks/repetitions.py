"""Keys and numbers that two entries share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tenants.files.findings import Fault
from tenants.files.places import Path
from tenants.town import Keyed, Town

KEYED = (
    "life_safety",
    "departments",
    "contacts",
    "rosters",
    "policies",
    "categories",
)


def repetitions(town: Town) -> Iterator[Fault]:
    for table in KEYED:
        yield from _keys(getattr(town, table), (table,))
    yield from _twice((e.number for e in town.lines), ("lines",), "number")
    yield from _twice((e.when for e in town.phrases), ("phrases",), "when")
    yield from _twice(town.languages, ("languages",))
    for number, category in enumerate(town.categories):
        path: Path = ("categories", number, "questions")
        yield from _keys(category.questions, path)
        for place, question in enumerate(category.questions):
            yield from _keys(question.choices, (*path, place, "choices"))


def _keys(entries: Iterable[Keyed], path: Path) -> Iterator[Fault]:
    return _twice((each.key for each in entries), path, "key")


def _twice(values: Iterable[str], path: Path, *name: str) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for number, value in enumerate(values):
        first = seen.setdefault(value, number)
        if first != number:
            remedy = (
                f'Choose another: "{value}" is taken by entry {first + 1} of the list.'
            )
            yield Fault((*path, number, *name), remedy)
