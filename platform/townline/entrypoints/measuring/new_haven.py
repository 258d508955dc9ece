"""New Haven's reports in residents' own words, as a town's tickets would hold them."""

from __future__ import annotations

import csv
import gzip
import re
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from tenants import files
from tenants.examples import text
from tenants.town import Category, Text, Town

REPORTS = "reports_half.csv.gz"


@dataclass(frozen=True, slots=True)
class Report:
    words: str
    category: str


def reports(folder: Path) -> list[Report]:
    """In the order of their numbers, which is that of time.

    A title that only repeats a category's name was put there by a form: left in, it
    would tell the answer. It is left out, and the resident's own sentences stay.
    """
    with gzip.open(folder / REPORTS, "rt", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["Id"]))
    names = {row["Category"].casefold() for row in rows}
    return [_report(row, names) for row in rows]


def town(taught: list[Report]) -> Town:
    """Riverton, had it these categories: their names are all it knows of them."""
    riverton = files.recall(text("riverton"))
    first = riverton.categories[0]
    names = dict.fromkeys(each.category for each in taught)
    categories = tuple(
        Category(
            key=key(name),
            name=Text(en=name),
            kind="problem",
            level=4,
            department=first.department,
            promise=first.promise,
        )
        for name in names
    )
    return replace(riverton, categories=categories)


def key(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:40]


def _report(row: dict[str, str], names: set[str]) -> Report:
    title = row["Summary"].strip()
    if title.casefold() in names:
        title = ""
    return Report(f"{title} {row['Description']}".strip(), row["Category"])
