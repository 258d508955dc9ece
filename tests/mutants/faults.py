"""The tables of faults, one a subject: what to change, and who must notice."""

from __future__ import annotations

from pathlib import Path

import msgspec

TABLES = Path(__file__).parent / "tables"


class NotThere(Exception):
    """What a fault replaces must stand exactly once in its file."""


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``old`` is what the product says, to the letter; ``new`` is the fault."""

    file: str
    old: str
    new: str

    def made(self, source: str) -> str:
        if (found := source.count(self.old)) != 1:
            raise NotThere(f"{found} times in {self.file}:\n{self.old}")
        return source.replace(self.old, self.new)


class Fault(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    rename={"changes": "change"},
):
    """Some need more than one change: the product locks some doors twice."""

    name: str
    tests: tuple[str, ...]
    changes: tuple[Change, ...]

    def put_back(self, tree: Path) -> None:
        for change in self.changes:
            path = tree / change.file
            path.write_text(change.made(path.read_text()))


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    fault: tuple[Fault, ...]


def known() -> tuple[Fault, ...]:
    tables = sorted(TABLES.glob("*.toml"))
    read = (msgspec.toml.decode(each.read_bytes(), type=_Table) for each in tables)
    return tuple(fault for table in read for fault in table.fault)
