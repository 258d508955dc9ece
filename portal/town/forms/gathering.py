"""From the fields that a browser sent to what stands in the form.

A field is named by its path, ``staffed.0.opens``; one of several that can be ticked
has its value for a last step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from msgspec import inspect

from portal.town.forms.leaves import NO, YES
from portal.town.forms.typed import Group, Typed
from portal.town.forms.widgets import part_of, widget
from portal.town.forms.words import Scene, Words
from tenants.files.leaves import bare

Sent = Mapping[str, str]
LANGUAGES = ("en", "fr")
LONGEST = 4


def gather(kind: inspect.StructType, sent: Sent, scene: Scene, at: str = "") -> Group:
    found: Group = {}
    for field in kind.fields:
        words = scene.words(part_of(kind), field.name)
        place = f"{at}.{field.name}" if at else field.name
        if not words.is_kept:
            found[field.name] = _field(field.type, words, sent, scene, place)
    return found


def is_number(step: str) -> bool:
    """Of an item in a list; what is longer than that is no number of ours."""
    return step.isascii() and step.isdecimal() and len(step) <= LONGEST


def _field(
    kind: inspect.Type, words: Words, sent: Sent, scene: Scene, place: str
) -> Typed:
    match widget(kind, words), bare(kind):
        case "words", _:
            return {each: _text(sent, f"{place}.{each}") for each in LANGUAGES}
        case "group", inspect.StructType() as struct:
            return gather(struct, sent, scene, place)
        case "repeated", inspect.VarTupleType(item_type=item):
            return _items(bare(item), sent, scene, place)
        case ("ticks" | "order" | "lines") as several, _:
            return [*_texts(several, sent, place)]
        case "tick", _:
            return YES if place in sent else NO
        case _:
            return _text(sent, place)


def _texts(several: str, sent: Sent, place: str) -> Iterable[str]:
    match several:
        case "ticks":
            return _steps(sent, place)
        case "order":
            return _text(sent, place).split()
        case _:
            lines = (each.strip() for each in _text(sent, place).splitlines())
            return filter(None, lines)


def _items(kind: inspect.Type, sent: Sent, scene: Scene, place: str) -> Typed:
    struct = cast(inspect.StructType, kind)
    numbers = sorted({int(each) for each in _steps(sent, place) if is_number(each)})
    return [gather(struct, sent, scene, f"{place}.{each}") for each in numbers]


def _steps(sent: Sent, place: str) -> list[str]:
    """What comes next after this place, in the order of the form, each once."""
    under = f"{place}."
    found = (each[len(under) :] for each in sent if each.startswith(under))
    return list(dict.fromkeys(each.partition(".")[0] for each in found))


def _text(sent: Sent, place: str) -> str:
    return sent.get(place, "").strip().replace("\r\n", "\n")
