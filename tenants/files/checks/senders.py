"""Senders whose answers would come to nobody."""

from __future__ import annotations

from collections.abc import Iterator

from tenants.files.findings import Fault, meant
from tenants.town import Town
from townline.i18n import gettext


def senders(town: Town) -> Iterator[Fault]:
    """People answer the number they were called from: it has to be a line."""
    lines = [each.number for each in town.lines]
    for name in ("sender", "second_sender"):
        number = getattr(town.sending, name)
        if number is not None and number not in lines:
            remedy = gettext("Name one of the town's lines{meant}").format(
                meant=meant(number, lines)
            )
            yield Fault(("sending", name), remedy, needs=("lines",))
    yield from _same_twice(town)


def _same_twice(town: Town) -> Iterator[Fault]:
    first = town.sending.sender or (town.lines[0].number if town.lines else None)
    if town.sending.second_sender and town.sending.second_sender == first:
        remedy = gettext(
            "Name another line than the first sender: it takes over from it."
        )
        yield Fault(("sending", "second_sender"), remedy, needs=("lines",))
