"""A value of the right shape from a document that may not have it.

Everything wrong with the shape is noted, and a stand-in put in its place, so that
the rest of the file can be checked in the same reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar, cast

from msgspec import inspect

from tenants.files.findings import Fault, meant
from tenants.files.leaves import bare, exact, is_a, is_allowed, stand_in
from tenants.files.places import Path
from tenants.files.sentences import Medium, lacking, refused, too_few
from tenants.town import Part, Text, Town
from townline.i18n import gettext

P = TypeVar("P", bound=Part)


def draft(document: Mapping[str, object]) -> tuple[Town, tuple[Fault, ...]]:
    """The town a document describes, as far as it does, and what its shape lacks."""
    builder = _Builder("file")
    town = cast(Town, builder.build(_shape(Town), document, ()))
    return town, tuple(builder.faults)


def shaped(
    kind: type[P], document: Mapping[str, object]
) -> tuple[P, tuple[Fault, ...]]:
    """A part of a town from what a page's form says, and what its shape lacks.

    The document is nested as TOML would have it. Remedies are written for somebody
    who sees fields and not a file, in the language of the page.
    """
    builder = _Builder("page")
    part = cast(P, builder.build(_shape(kind), dict(document), ()))
    return part, tuple(builder.faults)


@cache
def _shape(kind: type[Part]) -> inspect.Type:
    return inspect.type_info(kind)


@dataclass(slots=True)
class _Builder:
    medium: Medium
    faults: list[Fault] = field(default_factory=list)

    def build(self, kind: inspect.Type, value: object, path: Path) -> object:
        match bare(kind):
            case inspect.StructType() as struct if isinstance(value, dict):
                return self._struct(struct, value, path)
            case inspect.VarTupleType() as list_of if isinstance(value, list):
                return self._items(list_of, value, path)
            case inspect.StructType() | inspect.VarTupleType():
                return self._refused(kind, value, path)
            case leaf if not is_a(leaf, value):
                return self._refused(kind, value, path)
            case leaf:
                if not is_allowed(leaf, value) or self._is_left_empty(value):
                    self._refused(kind, value, path)
                return exact(leaf, value)

    def _struct(
        self, kind: inspect.StructType, value: Mapping[str, object], path: Path
    ) -> object:
        known = {each.name: each for each in kind.fields}
        if kind.cls is Text and self._is_left_empty(value):
            self._note(path, lacking(kind, self.medium))
        for name in value:
            if name not in known:
                remedy = gettext("Remove this unknown field{meant}")
                self._note((*path, name), remedy.format(meant=meant(name, known)))
        fields = {}
        for name, each in known.items():
            if name in value:
                fields[name] = self.build(each.type, value[name], (*path, name))
            elif each.required:
                self._note((*path, name), lacking(each.type, self.medium))
                fields[name] = stand_in(bare(each.type))
        return kind.cls(**fields)

    def _items(
        self, kind: inspect.VarTupleType, value: list[object], path: Path
    ) -> object:
        if len(value) < (kind.min_length or 0):
            self._note(path, too_few(kind, self.medium))
        return tuple(
            self.build(kind.item_type, each, (*path, number))
            for number, each in enumerate(value)
        )

    def _is_left_empty(self, value: object) -> bool:
        """On a page, which only leaves in what is needed; a file may say nothing."""
        return self.medium == "page" and value in ("", {})

    def _refused(self, kind: inspect.Type, value: object, path: Path) -> object:
        self._note(path, refused(kind, value, self.medium))
        return stand_in(bare(kind))

    def _note(self, path: Path, remedy: str) -> None:
        self.faults.append(Fault(path, remedy))
