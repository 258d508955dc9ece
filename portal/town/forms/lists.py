"""Adding to a list of a form, taking out of it, and moving up and down, on the page.

A button says what it does in one word and where in another: ``down staffed.0``.
Nothing is saved by it; the form comes back with the list as it then is.
"""

from __future__ import annotations

from msgspec import inspect

from portal.town.forms.gathering import is_number
from portal.town.forms.typed import Group, Typed, blank
from portal.town.forms.widgets import shape
from tenants.files.leaves import bare
from tenants.town import Part
from townline.errors import Invalid


class NoSuchList(Invalid):
    """This list is not part of the form; open the page again."""


def act(kind: type[Part], typed: Group, wish: str) -> str:
    """Do it to ``typed``; return the place that the reader's eye should be on."""
    verb, _, place = wish.partition(" ")
    steps = place.split(".")
    if verb == "add":
        items = _list(typed, steps)
        items.append(_new(shape(kind), steps))
        return f"{place}.{len(items) - 1}"
    around, items = steps[:-1], _list(typed, steps[:-1])
    number = _number(steps[-1])
    order = reordered(verb, number, among=len(items))
    items[:] = [items[each] for each in order]
    seen = [str(order.index(number))] if number in order else []
    return ".".join([*around, *seen])


def reordered(verb: str, number: int, *, among: int) -> list[int]:
    """Which of so many items stand where, after one of them was moved or taken out."""
    if number >= among:
        raise NoSuchList
    order = [each for each in range(among) if each != number]
    if verb != "remove":
        order.insert(max(0, number + (-1 if verb == "up" else 1)), number)
    return order


def _list(typed: Typed, steps: list[str]) -> list[Typed]:
    for step in steps:
        if isinstance(typed, list) and _number(step) < len(typed):
            typed = typed[_number(step)]
        elif isinstance(typed, dict) and step in typed:
            typed = typed[step]
        else:
            raise NoSuchList
    if not isinstance(typed, list):
        raise NoSuchList
    return typed


def _number(step: str) -> int:
    if not is_number(step):
        raise NoSuchList
    return int(step)


def _new(kind: inspect.Type, steps: list[str]) -> Group:
    """An empty item of the list at the end of these steps."""
    for step in steps:
        if isinstance(kind, inspect.StructType) and not step.isdecimal():
            found = (each.type for each in kind.fields if each.name == step)
            kind = bare(next(found))
        if isinstance(kind, inspect.VarTupleType):
            kind = bare(kind.item_type)
    if not isinstance(kind, inspect.StructType):
        raise NoSuchList
    return blank(kind)
