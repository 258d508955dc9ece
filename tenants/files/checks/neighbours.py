"""Neighbours that lead a caller nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from tenants.files.checks.facts import is_telephone
from tenants.files.findings import Fault
from tenants.town import Neighbour, Text, Town


def neighbours(town: Town) -> Iterator[Fault]:
    for number, each in enumerate(town.neighbours):
        for field, remedy in _faults(town, each):
            yield Fault(("neighbours", number, field), remedy)


def _faults(town: Town, each: Neighbour) -> Iterator[tuple[str, str]]:
    if each.town is not None:
        if each.town == town.slug:
            yield "town", "Name another town: this one is not its own neighbour."
        if each.phone or each.name != Text() or each.say != Text():
            yield "town", "Take out name, phone and say: a town of ours has its own."
        return
    if each.phone is None:
        yield "phone", "Add the number, or the slug of a town of this service."
    elif not is_telephone(each.phone):
        yield "phone", f"Check the digits: {each.phone} is no telephone number."
    if each.name == Text():
        yield "name", "Add the name of the office, in the town's languages."
    if each.say == Text():
        yield "say", "Add the sentence that sends a caller there."
