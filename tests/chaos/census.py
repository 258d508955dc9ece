"""Who lives where, read from the towns' files with nothing but the standard library.

The checker trusts it, so it asks none of the product's code.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

FILES = Path(__file__).parents[2] / "tenants" / "examples"


@dataclass(frozen=True, slots=True)
class Residence:
    """A town's own lines, and everybody it may write to or ring."""

    slug: str
    prefix: str
    lines: frozenset[str]
    mobiles: frozenset[str]
    reachable: frozenset[str]


def _read(path: Path) -> Residence:
    town = tomllib.loads(path.read_text())
    contacts = town["contacts"]
    return Residence(
        slug=town["slug"],
        prefix=town["prefix"],
        lines=frozenset(each["number"] for each in town["lines"]),
        mobiles=frozenset(each["mobile"] for each in contacts if "mobile" in each),
        reachable=frozenset(
            each[way]
            for each in contacts
            for way in ("mobile", "landline", "email")
            if way in each
        ),
    )


CENSUS = tuple(_read(path) for path in sorted(FILES.glob("*.toml")))
