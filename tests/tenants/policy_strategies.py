"""Any policy at all, and any wish, as long as its file would be accepted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from hypothesis import strategies as st
from msgspec.structs import replace

from tenants.rules.preferences import USUAL, destination
from tenants.town import (
    WEEKDAYS,
    Contact,
    Dates,
    Key,
    OwnChannel,
    Policy,
    QuietHours,
    Rung,
    Season,
    Step,
    Text,
    TimeSpan,
)

seconds = st.integers(0, 604_800)
levels = st.lists(st.integers(1, 5), min_size=1, max_size=2).map(tuple)
times: st.SearchStrategy[time] = st.times().map(lambda each: each.replace(fold=0))
month_days = st.dates().map(lambda day: f"{day:%m-%d}")
spans = st.builds(TimeSpan, starts=times, ends=times)
seasons = st.builds(Season, first=month_days, last=month_days)


def _in_order(one: date, other: date) -> Dates:
    return Dates(first=min(one, other), last=max(one, other))


dates = st.builds(_in_order, st.dates(), st.dates())


@dataclass(frozen=True)
class Named:
    """What the policies of one town may name."""

    texts: st.SearchStrategy[Text]
    targets: st.SearchStrategy[str]
    categories: tuple[Key, ...]
    departments: tuple[Key, ...]

    def policy(self, key: Key) -> st.SearchStrategy[Policy]:
        told = st.lists(self.targets, min_size=1, max_size=2).map(tuple)
        return st.builds(
            Policy,
            key=st.just(key),
            name=self.texts,
            levels=levels,
            categories=_few(st.sampled_from(self.categories)),
            departments=_few(st.sampled_from(self.departments)),
            hours=st.sampled_from(["any", "open", "closed"]),
            days=_few(st.sampled_from(WEEKDAYS)),
            dates=_few(dates),
            seasons=_few(seasons),
            calendar=st.sampled_from(["any", "workday", "holiday", "eve"]),
            times=_few(spans),
            steps=_few(steps(told)),
            rounds=st.integers(1, 10),
            last_resort=told,
            last_resort_every=st.integers(60, 86_400),
            acceptances=st.integers(1, 5),
            on_the_way_within=st.none() | seconds,
            on_site_within=st.none() | seconds,
            done_within=st.none() | seconds,
            keep_acceptances=st.booleans(),
            quiet=st.none() | st.builds(QuietHours, starts=times, ends=times),
            digest=_few(times),
        ).map(_within_bounds)


def steps(told: st.SearchStrategy[tuple[str, ...]]) -> st.SearchStrategy[Step]:
    channels = st.sampled_from(["sms", "voice", "email", "agent", "preferred"])
    rung = st.builds(Rung, channel=channels, after=seconds)
    return st.builds(
        Step,
        to=told,
        rungs=st.lists(rung, min_size=1, max_size=2).map(tuple),
        wait=seconds,
        repeat=st.integers(0, 5),
    )


def wishing(somebody: st.SearchStrategy[Contact]) -> st.SearchStrategy[Contact]:
    return st.builds(_wishing, somebody, st.permutations(USUAL), st.integers(0, 3))


def _wishing(contact: Contact, order: list[OwnChannel], number: int) -> Contact:
    """Nobody may wish for what could not arrive."""
    possible = [each for each in order if destination(contact, each)]
    return replace(contact, channels=tuple(possible[:number]))


def _within_bounds(policy: Policy) -> Policy:
    """Nothing holds level 1, and only level 5 is digested."""
    quiet = None if 1 in policy.levels else policy.quiet
    digest = policy.digest if set(policy.levels) == {5} else ()
    return replace(policy, quiet=quiet, digest=digest)


def _few(made: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(made, max_size=2).map(tuple)
