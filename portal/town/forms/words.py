"""What a page says about a field of the town's file, and what may be chosen there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tenants.town import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """``label`` and ``hint`` are English; a page translates them.

    ``among`` names what there is to choose from, and ``suggests`` what is offered but
    not all there is. ``answers`` has a word for each value of a field that knows its
    values. ``only`` are another field of the same part and the answers to it without
    which this one is not asked. ``in_order`` lists are chosen whole.
    """

    label: str
    hint: str = ""
    among: str = ""
    suggests: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    is_long: bool = False
    only: tuple[str, frozenset[str]] | None = None
    in_order: bool = False
    is_kept: bool = False


Glossary = Mapping[type[Part], Mapping[str, Words]]
# From a name such as "contacts" to each value there is and what people call it.
Choices = Callable[[str], Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Whose form it is: the words for its fields, the town's languages and country."""

    glossary: Glossary
    choices: Choices
    languages: tuple[str, ...]
    country: str

    def words(self, kind: type[Part], name: str) -> Words:
        return self.glossary[kind][name]
