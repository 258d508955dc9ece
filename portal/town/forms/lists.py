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
    items, number = _list(typed, steps[:-1]), _number(steps[-1])
    if number >= len(items):
        raise NoSuchList
    moved = items.pop(number)
    if verb == "remove":
        return ".".join(steps[:-1])
    to = max(0, number + (-1 if verb == "up" else 1))
    items.insert(to, moved)
    return ".".join([*steps[:-1], str(min(to, len(items) - 1))])


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
