"""From what stands in the form to a policy, with everything it lacks by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time
from typing import cast, get_args

from portal.town.forms import telephone
from portal.town.policies import lengths
from portal.town.policies.typed import Span, Typed, TypedStep
from tenants.files import shaped
from tenants.town import Policy, Rung, RungChannel, Step
from townline.i18n import gettext

# What is a length of time in the form and seconds in the file.
LENGTHS = frozenset(
    {"wait", "after", "last_resort_every"}
    | {"on_the_way_within", "on_site_within", "done_within"}
)
NUMBERS = frozenset({"rounds", "acceptances"})


@dataclass(frozen=True, slots=True)
class Read:
    """``faults`` are remedies by the name of the field they stand beside."""

    policy: Policy
    faults: Mapping[str, str]


def read(key: str, typed: Typed, *, country: str) -> Read:
    policy, faults = shaped(Policy, _document(key, typed, country))
    found: dict[str, str] = {}
    for fault in faults:
        name = ".".join(map(str, fault.path))
        if fault.path and fault.path[-1] in LENGTHS:
            remedy = gettext("Write how long, as in “5 minutes” or “1 h 30”.")
        else:
            remedy = fault.remedy
        found.setdefault(name, remedy)
    return Read(policy, found)


def legible(step: TypedStep) -> Step:
    """As far as it can be read; what cannot stands beside its field as a fault."""
    known = get_args(RungChannel)
    rungs = (
        Rung(channel=cast(RungChannel, way.channel), after=lengths.read(way.after) or 0)
        for way in step.ways
        if way.channel in known
    )
    return Step(to=step.to, rungs=tuple(rungs), wait=0)


def _document(key: str, typed: Typed, country: str) -> dict[str, object]:
    """Nested as the file has it; what was left empty is not in it."""
    lists: dict[str, object] = {
        "categories": list(typed.categories),
        "departments": list(typed.departments),
        "days": list(typed.days),
        "dates": _spans(typed.dates, "first", "last", date.fromisoformat),
        "seasons": _spans(typed.seasons, "first", "last", str),
        "times": _spans(typed.times, "starts", "ends", time.fromisoformat),
        "digest": [_leaf(each, time.fromisoformat) for each in typed.digest],
    }
    if typed.quiet != Span():
        lists["quiet"] = _span(typed.quiet, "starts", "ends", time.fromisoformat)
    plain = {name: _plain(name, each) for name, each in typed.plain.items() if each}
    name = {"en": typed.name.en, "fr": typed.name.fr}
    return {
        "key": key,
        "name": {language: words for language, words in name.items() if words},
        "levels": [_leaf(each, int) for each in typed.levels],
        "steps": [_step(each, country) for each in typed.steps],
        "last_resort": list(typed.last_resort),
        "keep_acceptances": typed.keep_acceptances,
        **{name: each for name, each in lists.items() if each},
        **plain,
    }


def _step(step: TypedStep, country: str) -> dict[str, object]:
    return {
        "to": [_target(each, country) for each in step.to],
        "rungs": [
            {"channel": each.channel, "after": _length(each.after)}
            for each in step.ways
        ],
        "wait": _length(step.wait),
        "repeat": _leaf(step.repeat or "0", int),
    }


def _target(written: str, country: str) -> str:
    kind, _, number = written.partition(":")
    return f"number:{telephone(number, country)}" if kind == "number" else written


def _plain(name: str, written: str) -> object:
    if name in LENGTHS:
        return _length(written)
    return _leaf(written, int) if name in NUMBERS else written


def _length(written: str) -> object:
    seconds = lengths.read(written)
    return written if seconds is None else seconds


def _spans(
    spans: Iterable[Span], first: str, last: str, read_as: Callable[[str], object]
) -> list[object]:
    return [_span(each, first, last, read_as) for each in spans]


def _span(
    span: Span, first: str, last: str, read_as: Callable[[str], object]
) -> dict[str, object]:
    return {first: _leaf(span.first, read_as), last: _leaf(span.last, read_as)}


def _leaf(written: str, read_as: Callable[[str], object]) -> object:
    """What cannot be read stays a text, and is refused with what was expected."""
    with suppress(ValueError):
        return read_as(written)
    return written
