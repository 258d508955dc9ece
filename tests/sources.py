"""Where our code lies, for the tests that look at code as text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]

# From the bottom up: each may know those before it (surveys and escalation are level).
PACKAGES = {
    "townline": ROOT / "platform" / "townline",
    "tenants": ROOT / "tenants",
    "notify": ROOT / "notify",
    "tickets": ROOT / "platform" / "tickets",
    "calls": ROOT / "platform" / "calls",
    "surveys": ROOT / "surveys",
    "escalation": ROOT / "escalation",
    "portal": ROOT / "portal",
}
TESTS = ROOT / "tests"


def code() -> Iterator[Path]:
    for folder in PACKAGES.values():
        yield from sorted(folder.rglob("*.py"))


def stories() -> Iterator[Path]:
    yield from sorted(TESTS.rglob("*.py"))


def templates() -> Iterator[Path]:
    for folder in PACKAGES.values():
        found = folder.rglob("templates/**/*")
        yield from sorted(path for path in found if path.is_file())


def is_migration(path: Path) -> bool:
    return "migrations" in path.parts


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
