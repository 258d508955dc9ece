"""Larkfield's file with something changed in it, and what is then said of it."""

from __future__ import annotations

import pytest

from tenants.files import TownFileInvalid, read, write
from tests.tenants.larkfield import LARKFIELD

GOOD = write(LARKFIELD)
FIRST_QUESTION = 'categories[1] "main-break".questions[1] "how-fast"'


def findings(text: str) -> list[str]:
    """What is said of a file, without the number of the line."""
    with pytest.raises(TownFileInvalid) as refused:
        read(text, source="larkfield.toml")
    return [f"{each.path}: {each.remedy}" for each in refused.value.findings]


def edited(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def everywhere(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)
