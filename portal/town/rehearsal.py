"""What would happen, asked by the town: what holds, and the draft beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from escalation import simulation
from escalation.simulation import SCRIPTS, Line, Scenario, Timeline
from portal.town.rehearsal_picture import Picture, picture
from portal.town.timescale import Scale
from tenants.rules.policies import Weighing, weigh_policies
from tenants.rules.special_days import special_day
from tenants.town import Town
from townline import localtime
from townline.errors import Invalid
from townline.i18n import gettext, language

# When most people sleep, and clocks change.
DEEP_NIGHT = time(2)
DAY, YEAR = timedelta(days=1), 366
LEVELS = frozenset("12345")


class NoSuchTime(Invalid):
    """Choose a day and a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A form as it was filled in; what was left out is what is likeliest.

    ``moment`` is the instant that is looked at of those in which something happens.
    """

    category: str
    level: int
    at: datetime
    script: str
    moment: int | None = None

    @classmethod
    def of(cls, town: Town, form: Mapping[str, str], *, at: datetime) -> Asked:
        category = town.category(form.get("category") or town.categories[0].key)
        level, moment = form.get("level", ""), form.get("moment", "")
        return cls(
            category=category.key,
            level=int(level) if level in LEVELS else category.level,
            at=_instant(town, form.get("at", ""), at=at),
            script=form.get("script") or "nobody",
            moment=int(moment) if moment.isdecimal() else None,
        )


@dataclass(frozen=True, slots=True)
class Moment:
    """What happens at one instant on one side; nothing, if only the other moves."""

    at: datetime
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The same ticket under one set of rules."""

    is_draft: bool
    timeline: Timeline
    picture: Picture
    weighing: Weighing
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """What the template calls ``it``. ``sides`` is what holds, then the draft."""

    asked: Asked
    written: str  # the asked instant, as a field of the form has it
    name: str
    sides: tuple[Side, ...]
    scripts: Mapping[str, str]
    occasions: tuple[Occasion, ...]

    @property
    def last(self) -> int:
        return len(self.sides[0].moments) - 1

    @property
    def is_the_same(self) -> bool:
        """Whether the draft would tell the same people in the same words and time."""
        first, last = (side.timeline.lines for side in (self.sides[0], self.sides[-1]))
        return len(self.sides) > 1 and first == last

    def address(self, moment: int) -> str:
        """The question once more, looking at another moment of its answer."""
        form = {
            "category": self.asked.category,
            "level": self.asked.level,
            "at": self.written,
            "script": self.asked.script,
            "moment": min(max(0, moment), self.last),
        }
        return urlencode(form)


@dataclass(frozen=True, slots=True)
class Occasion:
    """A night worth asking about."""

    name: str
    written: str


def rehearsed(asked: Asked, *, held: Town, draft: Town | None = None) -> Rehearsed:
    towns = [town for town in (held, draft) if town and _has(town, asked.category)]
    timelines = [simulation.simulate(_scenario(town, asked)) for town in towns]
    moments = sorted({each.at for line in timelines for each in line.lines})
    scale = Scale.over(moments)
    newest = towns[-1]
    last = len(moments) - 1
    moment = None if asked.moment is None else min(asked.moment, last)
    return Rehearsed(
        asked=replace(asked, moment=moment),
        written=_written(asked.at, held),
        name=newest.category(asked.category).name.in_(language()),
        sides=tuple(
            _side(town, line, asked, scale, moments, is_draft=town is draft)
            for town, line in zip(towns, timelines, strict=True)
        ),
        scripts={key: scripts()[key] for key in SCRIPTS},
        occasions=tuple(_occasions(held, asked)),
    )


def scripts() -> dict[str, str]:
    return {
        "nobody": gettext("nobody answers"),
        "accepts": gettext("the first person accepts and comes"),
        "never-arrives": gettext("the first person accepts and never arrives"),
        "undelivered": gettext("texts are not delivered"),
        "sms-down": gettext("the carrier takes no texts"),
        "storm": gettext("40 tickets come at once"),
        "clock-change": gettext("the clocks change"),
        "declines": gettext("the first person declines"),
        "everybody-declines": gettext("everybody declines"),
    }


def _side(
    town: Town,
    line: Timeline,
    asked: Asked,
    scale: Scale,
    moments: Sequence[datetime],
    *,
    is_draft: bool,
) -> Side:
    category = town.category(asked.category)
    return Side(
        is_draft=is_draft,
        timeline=line,
        picture=picture(town, line, scale, moments),
        weighing=weigh_policies(town, category, level=asked.level, at=line.opened_at),
        moments=tuple(
            Moment(at, tuple(each for each in line.lines if each.at == at))
            for at in moments
        ),
    )


def _scenario(town: Town, asked: Asked) -> Scenario:
    return Scenario(
        town=town,
        category=town.category(asked.category),
        level=asked.level,
        at=asked.at,
        script=simulation.script(asked.script),
    )


def _has(town: Town, category: str) -> bool:
    return any(each.key == category for each in town.categories)


def _occasions(town: Town, asked: Asked) -> Iterator[Occasion]:
    """Tonight, and the town's next two holidays, in the middle of their nights."""
    today = localtime.wall(asked.at, town.time_zone).date()
    yield _night(gettext("the night after"), today + DAY)
    named: set[str] = set()
    for number in range(1, YEAR):
        day = today + DAY * number
        name = special_day(town, day)
        if name is not None and name.en not in named:
            named.add(name.en)
            yield _night(name.in_(language()), day)
        if len(named) == 2:
            break


def _night(name: str, day: date) -> Occasion:
    wall = datetime.combine(day, DEEP_NIGHT)
    return Occasion(name, wall.isoformat(timespec="minutes"))


def _written(at: datetime, town: Town) -> str:
    return localtime.wall(at, town.time_zone).isoformat(timespec="minutes")


def _instant(town: Town, written: str, *, at: datetime) -> datetime:
    """Whole minutes, as the form has them."""
    if not written:
        return at.replace(second=0, microsecond=0)
    try:
        wall = datetime.fromisoformat(written).replace(tzinfo=None)
    except ValueError:
        raise NoSuchTime from None
    return localtime.starts(wall, town.time_zone)
