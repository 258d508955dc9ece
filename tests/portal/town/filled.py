"""A form as a browser sends it back when nothing in it was touched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portal.town import fields, forms
from portal.town.forms import Node
from tenants.town import Part, Town


def sent(part: Part, town: Town) -> dict[str, str]:
    drawn = forms.draw(type(part), forms.group(part), fields.scene(town), faults={})
    return dict(_fields(drawn))


def _fields(nodes: Iterable[Node]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        match node:
            case forms.Bilingual(spoken=spoken):
                yield from ((each.name, each.value) for each in spoken)
            case forms.Nested(nodes=inner):
                yield from _fields(inner)
            case forms.Repeated(items=items):
                for item in items:
                    yield from _fields(item)
            case forms.Field(kind="ticks" | "tick"):
                yield from _ticked(node)
            case forms.Field(name=name, value=value):
                yield name, value


def _ticked(node: forms.Field) -> Iterator[tuple[str, str]]:
    """What is not ticked is not sent."""
    if node.kind == "tick" and node.value == "yes":
        yield node.name, "yes"
    for each in node.options:
        if each.is_chosen:
            yield f"{node.name}.{each.value}", "on"
