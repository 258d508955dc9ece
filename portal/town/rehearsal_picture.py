"""A rehearsal as a picture: a row for each person, a mark for whatever reaches them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from escalation.simulation import Line, Timeline
from portal.town.timescale import RIGHT, Scale, Stretch, Tick
from tenants.town import Town
from townline.i18n import gettext, language
from townline.words import clock

# The first row's middle, and how far rows are apart; marks are 22 units wide.
TOP, ROW, MARK = 58, 36, 24
SIGNS: Mapping[str, str] = {
    "sms": "text",
    "voice": "call",
    "email": "mail",
    "agent": "dial",
}
TOLD = frozenset({"relay.attempted", "relay.to_dial"})
LOST = frozenset({"relay.undelivered", "relay.failed"})
ANSWERS: Mapping[str, tuple[str, str]] = {
    "relay.accepted": ("check", "is-ok"),
    "relay.declined": ("no", "is-soon"),
    "ticket.on_the_way": ("pin", "is-ok"),
    "ticket.on_site": ("flag", "is-ok"),
}


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    role: str
    y: int


@dataclass(frozen=True, slots=True)
class Mark:
    """``moment`` is the number of its instant among all that can be stepped to."""

    moment: int
    x: float
    y: int
    sign: str
    tone: str
    says: str


@dataclass(frozen=True, slots=True)
class Wire:
    """As long as a person is waited for."""

    x1: float
    x2: float
    y: int


@dataclass(frozen=True, slots=True)
class Caption:
    """What the whole comes to, below its instant; ``tone`` is ``good`` or ``halt``."""

    x: float
    says: str
    tone: str

    @property
    def is_late(self) -> bool:
        """Whether its words would leave the picture, and stand left of it."""
        return self.x > RIGHT / 2


@dataclass(frozen=True, slots=True)
class Zone:
    x: float
    width: float
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """``instants`` is where each moment stands, for whoever steps through them."""

    rows: tuple[Row, ...]
    marks: tuple[Mark, ...]
    wires: tuple[Wire, ...]
    ticks: tuple[Tick, ...]
    rounds: tuple[Zone, ...]
    breaks: tuple[Stretch, ...]
    captions: tuple[Caption, ...]
    instants: tuple[float, ...]

    @property
    def bottom(self) -> int:
        return TOP + ROW * max(1, len(self.rows)) - ROW // 3

    @property
    def height(self) -> int:
        return self.bottom + 20 * len(self.captions) + 12


def picture(
    town: Town, line: Timeline, scale: Scale, moments: Sequence[datetime]
) -> Picture:
    rows = {row.name: row for row in _rows(town, line)}
    marks = tuple(_apart(_marks(line, rows, scale, moments)))
    return Picture(
        rows=tuple(rows.values()),
        marks=marks,
        wires=tuple(_wires(line, rows, scale)),
        ticks=tuple(scale.ticks(town.time_zone)),
        rounds=tuple(_rounds(line, scale)),
        breaks=scale.breaks,
        captions=tuple(_captions(town, line, scale)),
        instants=tuple(map(scale.x, moments)),
    )


def _rows(town: Town, line: Timeline) -> Iterator[Row]:
    """In the order in which they are first told."""
    titles = {each.name: each.title.in_(language()) for each in town.contacts}
    seen: dict[str, str] = {}
    for each in line.lines:
        if each.event not in TOLD or each.name in seen:
            continue
        role = titles.get(each.name, "")
        if line.last_resort and each.at >= line.last_resort:
            role = gettext("last resort")
        elif each.channel == "agent":
            role = gettext("dialled by an agent")
        seen[each.name] = role
    for number, (name, role) in enumerate(seen.items()):
        yield Row(name, role, TOP + ROW * number)


def _marks(
    line: Timeline,
    rows: Mapping[str, Row],
    scale: Scale,
    moments: Sequence[datetime],
) -> Iterator[Mark]:
    lost = _lost(line.lines)
    for number, each in enumerate(line.lines):
        row = rows.get(each.name)
        drawn = _drawn(line, each, is_lost=number in lost)
        if row is None or drawn is None:
            continue
        sign, tone = drawn
        words = gettext("{time}, {name}: {what}")
        says = words.format(time=each.local, name=each.name, what=each.says)
        yield Mark(moments.index(each.at), scale.x(each.at), row.y, sign, tone, says)


def _drawn(line: Timeline, each: Line, *, is_lost: bool) -> tuple[str, str] | None:
    if each.event in ANSWERS:
        return ANSWERS[each.event]
    if each.event not in TOLD:
        return None
    if is_lost:
        return "no", "is-bad"
    if line.last_resort and each.at >= line.last_resort:
        return "flag", "mark"
    return SIGNS[each.channel], "mark"


def _lost(lines: Sequence[Line]) -> frozenset[int]:
    """The messages of which a carrier says that they did not arrive."""
    last: dict[tuple[str, str], int] = {}
    found = set()
    for number, each in enumerate(lines):
        if each.event in TOLD:
            last[each.name, each.channel] = number
        elif each.event in LOST and (each.name, each.channel) in last:
            found.add(last[each.name, each.channel])
    return frozenset(found)


def _apart(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Those of one person at nearly one instant stand side by side."""
    free: dict[int, float] = {}
    for each in marks:
        x = max(each.x, free.get(each.y, 0.0))
        free[each.y] = x + MARK
        yield replace(each, x=x)


def _wires(line: Timeline, rows: Mapping[str, Row], scale: Scale) -> Iterator[Wire]:
    steps = [each.at for each in line.lines if each.step or _ends(each)]
    for name, row in rows.items():
        told = [e.at for e in line.lines if e.event in TOLD and e.name == name]
        ends: datetime | None = None
        for starts in told:
            if ends is not None and starts < ends:
                continue
            ends = next((step for step in steps if step > starts), None)
            until = RIGHT if ends is None else scale.x(ends)
            yield Wire(scale.x(starts), until, row.y)


def _ends(each: Line) -> bool:
    return each.event in {"relay.last_resort", "relay.accepted", "relay.exhausted"}


def _rounds(line: Timeline, scale: Scale) -> Iterator[Zone]:
    """Every second round is shaded."""
    starts = {e.round: e.at for e in reversed(line.lines) if e.step and e.round}
    for number in range(2, max(starts, default=0) + 1, 2):
        until = starts.get(number + 1) or line.last_resort or line.lines[-1].at
        if number in starts:
            x = scale.x(starts[number])
            yield Zone(x, max(0.0, scale.x(until) - x), number)


def _captions(town: Town, line: Timeline, scale: Scale) -> Iterator[Caption]:
    def said(words: str, at: datetime) -> str:
        return words.format(time=clock(at, town.time_zone))

    if line.first_human:
        words = gettext("{time} a person has answered")
        yield Caption(
            scale.x(line.first_human), said(words, line.first_human), tone="good"
        )
    elif line.first_call:
        words = gettext("{time} first ring a person can hear")
        yield Caption(
            scale.x(line.first_call), said(words, line.first_call), tone="good"
        )
    if line.last_resort:
        words = gettext("{time} last resort, until a person accepts")
        yield Caption(
            scale.x(line.last_resort), said(words, line.last_resort), tone="halt"
        )
