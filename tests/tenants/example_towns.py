"""The example towns, as values."""

from __future__ import annotations

import tomllib
from collections import Counter

import msgspec

from tenants import examples
from tenants.town import Town

TOWNS = {
    name: msgspec.convert(tomllib.loads(examples.text(name)), Town)
    for name in examples.names()
}


def twice(names: list[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]
