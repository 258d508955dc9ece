"""From what stands in a form to a part of the town, with everything it lacks."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

import phonenumbers
from msgspec import inspect

from portal.town.forms.gathering import Sent, gather
from portal.town.forms.leaves import leaf
from portal.town.forms.typed import Group, Typed, blank, groups, text, texts
from portal.town.forms.widgets import part_of, shape, widget
from portal.town.forms.words import Scene, Words
from tenants.files import Fault, shaped
from tenants.files.leaves import bare
from tenants.town import Part

P = TypeVar("P", bound=Part)


@dataclass(frozen=True, slots=True)
class Read(Generic[P]):
    """``typed`` is what was sent, to show again beside the faults that were found."""

    part: P
    typed: Group
    faults: tuple[Fault, ...]


def read(kind: type[P], sent: Sent, scene: Scene) -> Read[P]:
    return read_typed(kind, gather(shape(kind), sent, scene), scene)


def read_typed(kind: type[P], typed: Group, scene: Scene) -> Read[P]:
    kept = _pruned(shape(kind), typed)
    part, faults = shaped(kind, _group(shape(kind), kept, scene))
    return Read(part, kept, faults)


def _pruned(kind: inspect.StructType, typed: Group) -> Group:
    """Without items that were added and left as they came."""
    kept = dict(typed)
    for field in kind.fields:
        match bare(field.type):
            case inspect.VarTupleType(item_type=item):
                struct = bare(item)
                if isinstance(struct, inspect.StructType):
                    filled = (
                        e for e in groups(typed.get(field.name)) if e != blank(struct)
                    )
                    kept[field.name] = [_pruned(struct, each) for each in filled]
            case _:
                pass
    return kept


def _group(kind: inspect.StructType, typed: Group, scene: Scene) -> dict[str, object]:
    """As the file would have it: what was left empty is not there.

    What the file needs stays in all the same, so that it is asked for.
    """
    found: dict[str, object] = {}
    for field in kind.fields:
        words = scene.words(part_of(kind), field.name)
        if words.is_kept or not _is_asked(words, typed):
            continue
        value = _value(field.type, words, typed.get(field.name, ""), scene)
        if field.required or value not in ("", [], {}):
            found[field.name] = value
    return found


def _is_asked(words: Words, typed: Group) -> bool:
    return words.only is None or text(typed.get(words.only[0])) in words.only[1]


def _value(kind: inspect.Type, words: Words, typed: Typed, scene: Scene) -> object:
    match widget(kind, words), bare(kind):
        case "words", _:
            given = typed if isinstance(typed, dict) else {}
            return {each: said for each, said in given.items() if said}
        case "group", inspect.StructType() as struct:
            return _group(struct, typed if isinstance(typed, dict) else {}, scene)
        case "repeated", inspect.VarTupleType(item_type=item):
            struct = cast(inspect.StructType, bare(item))
            return [_group(struct, each, scene) for each in groups(typed)]
        case "ticks" | "order" | "lines", _:
            return texts(typed)
        case "tel", _:
            return telephone(text(typed), scene.country)
        case _, plain:
            return leaf(plain, text(typed))


def telephone(written: str, country: str) -> str:
    """With its country, if it can be a number there; else as it was written."""
    with suppress(phonenumbers.NumberParseException):
        parsed = phonenumbers.parse(written, country)
        if phonenumbers.is_possible_number(parsed):
            style = phonenumbers.PhoneNumberFormat.E164
            return phonenumbers.format_number(parsed, style)
    return written
