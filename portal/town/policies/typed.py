"""A policy as it stands in a form: everything a text, so that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count

from portal.town.aloud import length
from portal.town.policies import lengths
from tenants.town import Policy, Step, Text
from townline.errors import Invalid

Sent = Mapping[str, str]


class NoSuchStep(Invalid):
    """This ladder has no such step any more; open the page again."""


@dataclass(frozen=True, slots=True)
class Way:
    """One rung: a channel, and how long into the step."""

    channel: str
    after: str


@dataclass(frozen=True, slots=True)
class Span:
    """From and to: dates, days of the year, times of the day."""

    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedStep:
    to: tuple[str, ...]
    ways: tuple[Way, ...]
    wait: str
    repeat: str = "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """``plain`` has the fields of one value each by their names in the file."""

    name: Text
    levels: tuple[str, ...]
    categories: tuple[str, ...]
    departments: tuple[str, ...]
    days: tuple[str, ...]
    dates: tuple[Span, ...]
    seasons: tuple[Span, ...]
    times: tuple[Span, ...]
    quiet: Span
    digest: tuple[str, ...]
    steps: tuple[TypedStep, ...]
    last_resort: tuple[str, ...]
    plain: Mapping[str, str]
    keep_acceptances: bool

    def act(self, wish: str, *, target: str) -> Typed:
        """``add``, or ``up 2``, ``down 2``, ``drop 2``; steps are counted from 0.

        Whoever is added to a ladder is ``target``, and is told in the usual way.
        """
        verb, _, place = wish.partition(" ")
        steps = list(self.steps)
        if verb == "add":
            return replace(self, steps=(*steps, usual_step(target)))
        if not place.isdecimal() or int(place) >= len(steps):
            raise NoSuchStep
        moved = steps.pop(int(place))
        if verb in {"up", "down"}:
            to = int(place) + (1 if verb == "down" else -1)
            steps.insert(max(0, to), moved)
        return replace(self, steps=tuple(steps))


PLAIN = (
    *("hours", "calendar", "rounds", "acceptances", "last_resort_every"),
    *("on_the_way_within", "on_site_within", "done_within"),
)


def usual_step(target: str) -> TypedStep:
    """A text, and a call to whoever slept through it."""
    ways = (Way("sms", lengths.offset(0)), Way("voice", lengths.offset(120)))
    return TypedStep(to=(target,), ways=ways, wait=length(300))


def written(policy: Policy) -> Typed:
    """A form as it is first seen."""
    plain = {
        "hours": policy.hours,
        "calendar": policy.calendar,
        "rounds": str(policy.rounds),
        "acceptances": str(policy.acceptances),
        "last_resort_every": length(policy.last_resort_every),
    }
    for field in ("on_the_way_within", "on_site_within", "done_within"):
        seconds: int | None = getattr(policy, field)
        plain[field] = "" if seconds is None else length(seconds)
    quiet = policy.quiet
    return Typed(
        name=policy.name,
        levels=tuple(map(str, policy.levels)),
        categories=policy.categories,
        departments=policy.departments,
        days=policy.days,
        dates=tuple(Span(str(e.first), str(e.last)) for e in policy.dates),
        seasons=tuple(Span(each.first, each.last) for each in policy.seasons),
        times=tuple(Span(f"{e.starts:%H:%M}", f"{e.ends:%H:%M}") for e in policy.times),
        quiet=Span(f"{quiet.starts:%H:%M}", f"{quiet.ends:%H:%M}") if quiet else Span(),
        digest=tuple(f"{each:%H:%M}" for each in policy.digest),
        steps=tuple(_step(each) for each in policy.steps),
        last_resort=policy.last_resort,
        plain=plain,
        keep_acceptances=policy.keep_acceptances,
    )


def sent(form: Sent) -> Typed:
    """What a browser sent; lines that were left empty are not there."""
    return Typed(
        name=Text(en=_text(form, "name.en"), fr=_text(form, "name.fr")),
        levels=_ticked(form, "levels"),
        categories=_ticked(form, "categories"),
        departments=_ticked(form, "departments"),
        days=_ticked(form, "days"),
        dates=tuple(_spans(form, "dates", "first", "last")),
        seasons=tuple(_spans(form, "seasons", "first", "last")),
        times=tuple(_spans(form, "times", "starts", "ends")),
        quiet=Span(_text(form, "quiet.starts"), _text(form, "quiet.ends")),
        digest=tuple(_several(form, "digest")),
        steps=tuple(_steps(form)),
        last_resort=tuple(_several(form, "last_resort")),
        plain={name: _text(form, name) for name in PLAIN},
        keep_acceptances="keep_acceptances" in form,
    )


def _step(step: Step) -> TypedStep:
    ways = sorted(step.rungs, key=lambda rung: rung.after)
    return TypedStep(
        to=step.to,
        ways=tuple(Way(e.channel, lengths.offset(e.after)) for e in ways),
        wait=length(step.wait),
        repeat=str(step.repeat),
    )


def _steps(form: Sent) -> Iterator[TypedStep]:
    for place in _numbered(form, "steps", ".wait"):
        number_outside = _text(form, f"{place}.number")
        outside = (f"number:{number_outside}",) if number_outside else ()
        yield TypedStep(
            to=(*_several(form, f"{place}.to"), *outside),
            ways=tuple(_ways(form, f"{place}.rungs")),
            wait=_text(form, f"{place}.wait"),
            repeat=_text(form, f"{place}.repeat"),
        )


def _ways(form: Sent, place: str) -> Iterator[Way]:
    for name in _numbered(form, place, ".channel"):
        if channel := form[f"{name}.channel"]:
            yield Way(channel, _text(form, f"{name}.after"))


def _several(form: Sent, place: str) -> Iterator[str]:
    return filter(None, (_text(form, name) for name in _numbered(form, place)))


def _spans(form: Sent, place: str, first: str, last: str) -> Iterator[Span]:
    for name in _numbered(form, place, f".{first}"):
        span = Span(_text(form, f"{name}.{first}"), _text(form, f"{name}.{last}"))
        if span != Span():
            yield span


def _numbered(form: Sent, place: str, field: str = "") -> Iterator[str]:
    """The places of a list, as far as the form has this field of each."""
    for number in count():
        if f"{place}.{number}{field}" not in form:
            return
        yield f"{place}.{number}"


def _ticked(form: Sent, place: str) -> tuple[str, ...]:
    before = f"{place}."
    return tuple(name.removeprefix(before) for name in form if name.startswith(before))


def _text(form: Sent, name: str) -> str:
    return form.get(name, "").strip()
