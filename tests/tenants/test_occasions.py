"""When a policy holds: weekdays, dates, seasons, the calendar, times of the day.

Larkfield works from Monday to Wednesday, by the clocks of Chicago.
"""

from __future__ import annotations

from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tenants.rules import choose_policy, weigh_policies, when
from tenants.rules.occasions import kinds, unmet
from tenants.rules.opening import status
from tenants.town import Dates, Policy, Season, TimeSpan
from tests.tenants.larkfield import (
    EVERYDAY,
    LARKFIELD,
    MAIN_BREAK,
    POTHOLE,
    both,
    day,
    utc,
)
from tests.tenants.policy_strategies import dates, seasons, spans

WINTER = Season(first="11-15", last="03-31")
SUMMER = Season(first="06-01", last="08-31")
NIGHT = TimeSpan(starts=time(22), ends=time(6))
NOON = TimeSpan(starts=time(12), ends=time(13))
CHRISTMAS = Dates(first=day("2026-12-24"), last=day("2026-12-26"))


def policy(key: str, **fields: object) -> Policy:
    name = both(key.title(), key.title())
    return replace(EVERYDAY, key=key, name=name, **fields)


@pytest.mark.parametrize(
    ("fields", "at", "lacks"),
    [
        pytest.param({}, "2026-02-10T06:00", None, id="one without conditions"),
        pytest.param({"days": ("tue",)}, "2026-02-10T06:00", None, id="its weekday"),
        pytest.param({"days": ("tue",)}, "2026-02-10T05:59", "days", id="by the wall"),
        pytest.param({"seasons": (WINTER,)}, "2026-01-01T12:00", None, id="in winter"),
        pytest.param(
            {"seasons": (WINTER,)}, "2026-04-01T04:59", None, id="its last day whole"
        ),
        pytest.param(
            {"seasons": (WINTER,)}, "2026-04-01T05:00", "seasons", id="in spring"
        ),
        pytest.param(
            {"seasons": (SUMMER, WINTER)}, "2026-07-01T12:00", None, id="two seasons"
        ),
        pytest.param({"dates": (CHRISTMAS,)}, "2026-12-24T06:00", None, id="a date"),
        pytest.param(
            {"dates": (CHRISTMAS,)}, "2027-12-25T12:00", "dates", id="not next year"
        ),
        pytest.param({"times": (NIGHT,)}, "2026-02-10T04:00", None, id="at night"),
        pytest.param({"times": (NIGHT,)}, "2026-02-10T12:00", "times", id="by day"),
        pytest.param(
            {"times": (NIGHT, NOON)}, "2026-02-10T18:30", None, id="two times of day"
        ),
        pytest.param(
            {"times": (NIGHT,), "days": ("fri",)},
            "2026-02-14T09:00",
            None,
            id="Friday night is still on at three on Saturday",
        ),
        pytest.param(
            {"times": (NIGHT,), "days": ("fri",)},
            "2026-02-13T09:00",
            "days",
            id="three on Friday is Thursday's night",
        ),
        pytest.param({"calendar": "holiday"}, "2026-12-25T12:00", None, id="a holiday"),
        pytest.param(
            {"calendar": "holiday"}, "2026-12-24T12:00", "calendar", id="its eve is not"
        ),
        pytest.param({"calendar": "eve"}, "2026-12-24T12:00", None, id="an eve"),
        pytest.param({"hours": "open"}, "2026-02-10T06:00", "hours", id="while open"),
    ],
)
def test_a_policy_holds_when_its_conditions_do(
    fields: dict[str, object], at: str, lacks: str | None
) -> None:
    is_open = status(LARKFIELD, at=utc(at)).state == "open"

    found = unmet(LARKFIELD, policy("it", **fields), is_open=is_open, at=utc(at))

    assert found == lacks


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        pytest.param("2026-02-10", {"workday"}, id="a Tuesday"),
        pytest.param("2026-02-14", {"day-off"}, id="a Saturday"),
        pytest.param("2026-12-25", {"holiday", "day-off"}, id="Christmas"),
        pytest.param("2026-12-24", {"day-off", "eve"}, id="Christmas Eve"),
        pytest.param("2026-12-26", {"day-off", "day-after"}, id="the day after"),
        pytest.param("2026-12-23", {"half-day"}, id="half a day of the town's own"),
        pytest.param("2026-12-29", {"holiday", "day-off"}, id="closed by the town"),
    ],
)
def test_what_a_day_is(on: str, expected: set[str]) -> None:
    assert kinds(LARKFIELD, day(on)) == {"any", *expected}


LADDER = (
    EVERYDAY,
    policy("closed", hours="closed"),
    policy("nights", times=(NIGHT,)),
    policy("fridays", days=("fri",)),
    policy("winter", seasons=(WINTER,)),
    policy("days-off", calendar="day-off"),
    policy("holidays", calendar="holiday"),
    policy("christmas", dates=(CHRISTMAS,)),
    policy("water", departments=("water",)),
    policy("breaks", categories=("main-break",)),
)


@pytest.mark.parametrize("better", range(1, 8))
def test_the_rarer_condition_goes_first(better: int) -> None:
    """At 23:00 on Christmas, a Friday, each of them holds; and in any order."""
    at = utc("2026-12-26T05:00")
    weaker, stronger = LADDER[better - 1], LADDER[better]

    for policies in ((weaker, stronger), (stronger, weaker)):
        town = replace(LARKFIELD, policies=policies)
        assert choose_policy(town, POTHOLE, level=4, at=at).policy is stronger


def test_who_it_is_for_outweighs_when_it_is() -> None:
    town = replace(LARKFIELD, policies=LADDER)

    chosen = choose_policy(town, MAIN_BREAK, level=4, at=utc("2026-12-26T05:00"))

    assert chosen.policy.key == "breaks"


def test_the_preview_says_why_each_of_the_others_did_not_win() -> None:
    policies = (
        *(LADDER[each] for each in (0, 3, 4, 6, 8)),
        policy("grave", levels=(1,)),
        policy("twin", calendar="holiday"),
    )
    town = replace(LARKFIELD, policies=policies)

    weighed = weigh_policies(town, POTHOLE, level=4, at=utc("2026-09-07T15:00"))

    assert weighed.chosen.policy.key == "holidays"
    assert weighed.chosen.why.en == (
        "“Holidays” applies: it covers every category at level 4, on holidays."
    )
    assert [each.why.en for each in weighed.others] == [
        "“Everyday” would apply too, but “Holidays” goes first: it holds only on "
        "holidays.",
        "“Fridays” does not apply: it holds only on Friday.",
        "“Winter” does not apply: it holds only from 15 November to 31 March.",
        "“Water” does not apply: it names neither the category “Pothole” nor the "
        "department “Streets”.",
        "“Grave” does not apply: it is not for level 4.",
        "“Twin” would apply too, but “Holidays” goes first: it stands first in the "
        "list.",
    ]


def test_the_preview_says_it_in_french_too() -> None:
    town = replace(LARKFIELD, policies=(LADDER[0], LADDER[2], LADDER[8]))

    weighed = weigh_policies(town, MAIN_BREAK, level=4, at=utc("2026-02-10T06:00"))

    assert [each.why.fr.replace("\u00a0", " ") for each in weighed.others] == [
        "« Ordinaire » s’appliquerait aussi, mais « Water » passe avant : elle nomme "
        "le service « Eau ».",
        "« Nights » s’appliquerait aussi, mais « Water » passe avant : elle nomme le "
        "service « Eau ».",
    ]


def test_conditions_are_said_in_both_languages() -> None:
    every = policy(
        "every",
        dates=(CHRISTMAS,),
        calendar="holiday",
        seasons=(WINTER, SUMMER),
        days=("sat", "sun"),
        times=(NIGHT,),
        hours="closed",
    )

    said = when(every)

    assert said.en.replace("\u00a0", " ") == (
        ", from 24 December 2026 to 26 December 2026, on holidays, from 15 November to "
        "31 March and from 1 June to 31 August, on Saturday and on Sunday, from 10:00 "
        "p.m. to 6:00 a.m., while the town hall is closed"
    )
    assert said.fr.replace("\u00a0", " ") == (
        ", du 24 décembre 2026 au 26 décembre 2026, les jours fériés, du 15 novembre "
        "au 31 mars et du 1er juin au 31 août, le samedi et le dimanche, de 22 h à "
        "6 h, hors des heures d’ouverture"
    )


instants = st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1)).map(  # noqa: DTZ001
    lambda naive: utc(naive.isoformat())
)
narrowed = st.builds(
    lambda **fields: policy("narrowed", **fields),
    hours=st.sampled_from(["any", "open", "closed"]),
    days=st.lists(st.sampled_from(["mon", "sat"]), max_size=2).map(tuple),
    dates=st.lists(dates, max_size=1).map(tuple),
    seasons=st.lists(seasons, max_size=1).map(tuple),
    calendar=st.sampled_from(["any", "workday", "holiday"]),
    times=st.lists(spans, max_size=2).map(tuple),
)


@given(policies=st.lists(narrowed, max_size=4), at=instants)
def test_every_policy_is_accounted_for_and_one_always_holds(
    policies: list[Policy], at: datetime
) -> None:
    """A file has a policy that always holds: whatever else it has, somebody is told."""
    town = replace(LARKFIELD, policies=(*policies, EVERYDAY))

    weighed = weigh_policies(town, POTHOLE, level=4, at=at)

    assert weighed.chosen == choose_policy(town, POTHOLE, level=4, at=at)
    named = [weighed.chosen.policy, *(each.policy for each in weighed.others)]
    assert sorted(map(id, named)) == sorted(map(id, town.policies))
    assert all(each.why.en and each.why.fr for each in weighed.others)
