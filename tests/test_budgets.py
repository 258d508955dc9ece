"""How long things may get before they must be split. Raise a budget in an ADR.

Migrations are exempt: they are written once, and read from top to bottom.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from statistics import median

import pytest

from tests.sources import code, is_migration, name, stories, templates


@dataclass(frozen=True, slots=True)
class Budget:
    median: int
    nearly_all: int
    limit: int


FILE = Budget(median=100, nearly_all=200, limit=300)
FUNCTION = Budget(median=10, nearly_all=25, limit=40)
TEMPLATE = Budget(median=40, nearly_all=100, limit=150)

# The share that ``nearly_all`` speaks of.
NEARLY_ALL = 0.95

# The aim is 1.2; raise this as the tests catch up.
TESTS_TO_CODE = 0.5


def files() -> Iterator[tuple[str, int]]:
    for path in code():
        if not is_migration(path):
            yield name(path), length(path)


def functions() -> Iterator[tuple[str, int]]:
    for path in code():
        if not is_migration(path):
            yield from functions_in(path)


def functions_in(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            yield f"{name(path)}:{node.name}", lines


def pages() -> Iterator[tuple[str, int]]:
    for path in templates():
        yield name(path), length(path)


def length(path: Path) -> int:
    return len(path.read_text().splitlines())


def percentile(lengths: Iterable[int], share: float) -> int:
    ordered = sorted(lengths)
    return ordered[ceil(len(ordered) * share) - 1] if ordered else 0


BUDGETS = pytest.mark.parametrize(
    ("measured", "budget"),
    [
        pytest.param(files, FILE, id="files"),
        pytest.param(functions, FUNCTION, id="functions"),
        pytest.param(pages, TEMPLATE, id="templates"),
    ],
)
Measure = Callable[[], Iterator[tuple[str, int]]]


@BUDGETS
def test_nothing_outgrows_its_limit(measured: Measure, budget: Budget) -> None:
    assert [found for found in measured() if found[1] > budget.limit] == []


@BUDGETS
def test_the_usual_one_is_short(measured: Measure, budget: Budget) -> None:
    assert median([lines for _, lines in measured()] or [0]) <= budget.median


@BUDGETS
def test_few_are_long(measured: Measure, budget: Budget) -> None:
    found = list(measured())
    longest = sorted(found, key=lambda one: one[1], reverse=True)[:10]

    actual = percentile((lines for _, lines in found), NEARLY_ALL)

    assert actual <= budget.nearly_all, longest


def test_test_files_keep_to_the_same_limits() -> None:
    lengths = [(name(path), length(path)) for path in stories()]
    longest = [story for path in stories() for story in functions_in(path)]

    assert [found for found in lengths if found[1] > FILE.limit] == []
    assert [found for found in longest if found[1] > FUNCTION.limit] == []


def test_tests_keep_pace_with_the_code(
    record_property: Callable[[str, object], None],
) -> None:
    written = sum(lines for _, lines in files())
    tested = sum(length(path) for path in stories())
    record_property("tests_to_code", round(tested / written, 2))

    assert tested / written >= TESTS_TO_CODE, f"{tested} lines test {written}"
