"""The sentence with which a morning begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from townline.i18n import gettext, ngettext
from townline.words import lasting, number


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """``waits`` is how long each emergency waited for a person's yes;
    ``unaccepted`` counts those that still do."""

    calls: int
    answered: int
    missed: int
    tickets: int
    from_calls: int
    waits: tuple[timedelta, ...]
    unaccepted: int


def headline(night: Figures) -> str:
    return " ".join((*_calls(night), *_tickets(night), *_emergencies(night)))


def _calls(night: Figures) -> Iterator[str]:
    if not night.calls:
        yield gettext("Nobody called last night.")
        return
    words = ngettext("One call last night.", "{number} calls last night.", night.calls)
    yield words.format(number=number(night.calls))
    if night.missed:
        words = ngettext(
            "One hung up before anybody answered.",
            "{number} hung up before anybody answered.",
            night.missed,
        )
        yield words.format(number=number(night.missed))


def _tickets(night: Figures) -> Iterator[str]:
    at_once = max(0, night.answered - night.from_calls)
    if at_once:
        words = ngettext(
            "One had an answer at once.", "{number} had an answer at once.", at_once
        )
        yield words.format(number=number(at_once))
    if night.tickets:
        words = ngettext(
            "One ticket was made.", "{number} tickets were made.", night.tickets
        )
        yield words.format(number=number(night.tickets))


def _emergencies(night: Figures) -> Iterator[str]:
    if night.waits:
        slowest = lasting(max(night.waits))
        words = ngettext(
            "The emergency was accepted after {time}.",
            "{number} emergencies were accepted, the slowest after {time}.",
            len(night.waits),
        )
        yield words.format(number=len(night.waits), time=slowest)
    if night.unaccepted:
        words = ngettext(
            "Nobody has accepted one emergency yet.",
            "Nobody has accepted {number} emergencies yet.",
            night.unaccepted,
        )
        yield words.format(number=night.unaccepted)
