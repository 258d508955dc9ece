"""What a template draws: fields with their words, and groups and lists of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from portal.town.forms.widgets import Widget


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words in one of the languages."""

    language: str
    name: str
    value: str
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """``only`` is the answer to another field of its group that brings this one up."""

    name: str
    label: str
    hint: str
    fault: str
    is_needed: bool
    only: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Asked):
    kind: Widget
    value: str
    options: Sequence[Option] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bilingual(Asked):
    spoken: tuple[Spoken, ...]
    is_long: bool
    kind: Literal["words"] = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Nested(Asked):
    nodes: tuple[Node, ...]
    kind: Literal["group"] = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated(Asked):
    """``items`` in their order; each is a group without a label of its own."""

    items: tuple[tuple[Node, ...], ...]
    kind: Literal["repeated"] = "repeated"


Node = Field | Bilingual | Nested | Repeated
