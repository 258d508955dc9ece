"""From what stands in a form to what a template draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict, cast

import phonenumbers
from msgspec import inspect

from portal.town.forms.gathering import LANGUAGES
from portal.town.forms.nodes import (
    Bilingual,
    Field,
    Nested,
    Node,
    Option,
    Repeated,
    Spoken,
)
from portal.town.forms.typed import Group, Typed, groups, text, texts
from portal.town.forms.widgets import Widget, part_of, shape, widget
from portal.town.forms.words import Scene, Words
from tenants.files.leaves import bare
from tenants.town import Part
from townline.i18n import gettext

Faults = Mapping[str, str]
# More answers than these are not all seen at once, and become a menu.
SEEN_AT_ONCE = 4


def draw(
    kind: type[Part], typed: Group, scene: Scene, *, faults: Faults
) -> tuple[Node, ...]:
    """``faults`` are by the field's name: its path with dots."""
    return _Drawing(scene, faults).group(shape(kind), typed, "")


class _Common(TypedDict):
    name: str
    label: str
    hint: str
    fault: str
    is_needed: bool
    only: str


@dataclass(frozen=True, slots=True)
class _Drawing:
    scene: Scene
    faults: Faults

    def group(
        self, kind: inspect.StructType, typed: Group, at: str
    ) -> tuple[Node, ...]:
        asked = ((e, self.scene.words(part_of(kind), e.name)) for e in kind.fields)
        return tuple(
            self._node(
                field,
                words,
                typed.get(field.name, ""),
                f"{at}.{field.name}" if at else field.name,
            )
            for field, words in asked
            if not words.is_kept
        )

    def _node(
        self, field: inspect.Field, words: Words, typed: Typed, name: str
    ) -> Node:
        common = self._common(field, words, name)
        match widget(field.type, words), bare(field.type):
            case "words", _:
                spoken = self._spoken(typed, name)
                return Bilingual(**common, spoken=spoken, is_long=words.is_long)
            case "group", inspect.StructType() as struct:
                held = typed if isinstance(typed, dict) else {}
                return Nested(**common, nodes=self.group(struct, held, name))
            case "repeated", inspect.VarTupleType(item_type=item):
                return Repeated(**common, items=self._items(item, typed, name))
            case _:
                return self._field(field, words, typed, common)

    def _common(self, field: inspect.Field, words: Words, name: str) -> _Common:
        return {
            "name": name,
            "label": gettext(words.label),
            "hint": gettext(words.hint) if words.hint else "",
            "fault": self.faults.get(name, ""),
            "is_needed": field.required,
            "only": " ".join(sorted(words.only[1])) if words.only else "",
        }

    def _spoken(self, typed: Typed, name: str) -> tuple[Spoken, ...]:
        """The town's languages, and any other in which there are words."""
        given = typed if isinstance(typed, dict) else {}
        others = [
            e for e in LANGUAGES if e not in self.scene.languages and given.get(e)
        ]
        return tuple(
            Spoken(
                each,
                f"{name}.{each}",
                text(given.get(each)),
                self.faults.get(f"{name}.{each}", ""),
            )
            for each in (*self.scene.languages, *others)
        )

    def _items(
        self, kind: inspect.Type, typed: Typed, name: str
    ) -> tuple[tuple[Node, ...], ...]:
        struct = cast(inspect.StructType, bare(kind))
        return tuple(
            self.group(struct, each, f"{name}.{number}")
            for number, each in enumerate(groups(typed))
        )

    def _field(
        self, field: inspect.Field, words: Words, typed: Typed, common: _Common
    ) -> Field:
        kind = widget(field.type, words)
        chosen = texts(typed) if isinstance(typed, list) else [text(typed)]
        value = {"lines": "\n", "order": " "}.get(kind, "").join(chosen)
        offered = [*self._offered(words)]
        if offered and field.default is None:
            offered.insert(0, ("", gettext(words.answers.get("", "nothing chosen"))))
        options = _options(offered, [value] if kind == "order" else chosen, kind)
        if kind in ("one", "order") and len(options) > SEEN_AT_ONCE:
            kind = "select"
        shown = _international(value) if kind == "tel" else value
        return Field(**common, kind=kind, value=shown, options=options)

    def _offered(self, words: Words) -> Sequence[tuple[str, str]]:
        if words.among or words.suggests:
            return self.scene.choices(words.among or words.suggests)
        return [(each, gettext(said)) for each, said in words.answers.items() if each]


def _options(
    offered: Sequence[tuple[str, str]], chosen: Sequence[str], kind: Widget
) -> list[Option]:
    """What is chosen and not offered any more stays, so that nothing is lost."""
    options = [Option(value, label, value in chosen) for value, label in offered]
    if kind not in ("select", "ticks", "one"):
        return options
    known = {value for value, _ in offered}
    strange = (each for each in chosen if each and each not in known)
    return [*options, *(Option(each, each, is_chosen=True) for each in strange)]


def _international(number: str) -> str:
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    style = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, style)
