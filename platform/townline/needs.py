"""How a setting is read, and what is said of one that lacks or makes no sense."""

from __future__ import annotations

import os
from collections.abc import Mapping
from math import inf


class SettingMissing(SystemExit):
    """A setting without which the process cannot do its work."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Set {name}; see deploy/env.example")


def need(name: str, env: Mapping[str, str] = os.environ) -> str:
    value = env.get(name, "").strip()
    if not value:
        raise SettingMissing(name)
    return value


class SettingWrong(SystemExit):
    """A setting that says nothing we could go by."""

    def __init__(self, name: str, expected: str) -> None:
        super().__init__(f"Set {name} to {expected}; see deploy/env.example")


def one_of(name: str, known: tuple[str, ...], env: Mapping[str, str]) -> str:
    """One of the known words, the first of them when nothing is said."""
    value = env.get(name, "").strip().lower() or known[0]
    if value not in known:
        raise SettingWrong(name, " or ".join(known))
    return value


def rate(name: str, usual: float, env: Mapping[str, str]) -> float:
    """So many a second, the usual number when nothing is said."""
    value = env.get(name, "").strip()
    try:
        a_second = float(value or usual)
    except ValueError:
        a_second = 0.0
    if not 0 < a_second < inf:
        raise SettingWrong(name, "a number above 0")
    return a_second
