"""Neighbours that lead a caller nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from tenants.files.checks.facts import is_telephone
from tenants.files.findings import Fault
from tenants.town import Neighbour, Text, Town
from townline.i18n import gettext


def neighbours(town: Town) -> Iterator[Fault]:
    for number, each in enumerate(town.neighbours):
        for field, remedy in _faults(town, each):
            yield Fault(("neighbours", number, field), remedy)


def _faults(town: Town, each: Neighbour) -> Iterator[tuple[str, str]]:
    if each.town is not None:
        if each.town == town.slug:
            remedy = gettext("Name another town: this one is not its own neighbor.")
            yield "town", remedy
        if each.phone or each.name != Text() or each.say != Text():
            remedy = gettext(
                "Take out the name, the number and the sentence: a town of this "
                "service has its own."
            )
            yield "town", remedy
        return
    if each.phone is None:
        remedy = gettext("Add the number, or the short name of a town of this service.")
        yield "phone", remedy
    elif not is_telephone(each.phone):
        remedy = gettext("Check the digits: {number} is no telephone number.")
        yield "phone", remedy.format(number=each.phone)
    if each.name == Text():
        yield "name", gettext("Add the name of the office, in the town's languages.")
    if each.say == Text():
        yield "say", gettext("Add the sentence that sends a caller there.")
