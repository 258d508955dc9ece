from __future__ import annotations

from datetime import time

import pytest
from msgspec.structs import replace

from tenants.rules import phrase, status
from tenants.town import AnswerPhrase, Closure, OpenHours, Weekday
from tests.tenants.larkfield import LARKFIELD, both, day, utc

ALWAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@pytest.mark.parametrize(
    ("at", "state", "until"),
    [
        pytest.param(
            "2026-02-09T13:59", "closed", "2026-02-09T14:00", id="just before"
        ),
        pytest.param(
            "2026-02-09T14:00", "open", "2026-02-09T18:00", id="at the opening"
        ),
        pytest.param("2026-02-09T18:00", "closed", "2026-02-09T19:00", id="at lunch"),
        pytest.param("2026-02-09T20:00", "open", "2026-02-09T23:00", id="afternoon"),
        pytest.param("2026-02-10T15:00", "closed", "2026-02-10T19:00", id="no morning"),
        pytest.param(
            "2026-02-11T23:30", "closed", "2026-02-17T19:00", id="long weekend"
        ),
        pytest.param("2026-02-16T06:00", "holiday", "2026-02-17T19:00", id="a holiday"),
        pytest.param("2026-07-03T15:00", "holiday", "2026-07-06T13:00", id="observed"),
        pytest.param("2026-12-23T15:00", "open", "2026-12-23T16:00", id="half a day"),
        pytest.param(
            "2026-12-23T16:00", "holiday", "2026-12-28T14:00", id="other half"
        ),
        pytest.param(
            "2026-12-29T20:00", "holiday", "2026-12-30T14:00", id="own closure"
        ),
        pytest.param(
            "2026-03-07T06:00", "closed", "2026-03-09T13:00", id="summer time"
        ),
    ],
)
def test_opening_hours(at: str, state: str, until: str) -> None:
    opening = status(LARKFIELD, at=utc(at))

    assert (opening.state, opening.until) == (state, utc(until))


@pytest.mark.parametrize(
    ("at", "name"),
    [
        pytest.param("2026-12-29T20:00", both("Stocktaking", "Inventaire"), id="own"),
        pytest.param("2026-02-10T15:00", None, id="an ordinary day has none"),
        pytest.param(
            "2026-11-26T15:00",
            both("Thanksgiving Day", "Thanksgiving Day"),
            id="a country that names its days in one language",
        ),
    ],
)
def test_a_special_day_has_a_name(at: str, name: object) -> None:
    assert status(LARKFIELD, at=utc(at)).name == name


def test_quebec_names_its_days_in_both_languages() -> None:
    sainte_aurore = replace(LARKFIELD, holidays="CA-QC", time_zone="America/Toronto")

    opening = status(sainte_aurore, at=utc("2026-06-24T15:00"))

    assert opening.name == both("Saint Jean Baptiste Day", "Fête nationale du Québec")


def test_a_closure_with_hours_opens_on_a_public_holiday() -> None:
    lincoln = Closure(
        day=day("2026-02-12"),
        name=both("Open", "Ouvert"),
        opens=time(8),
        closes=time(9),
    )
    town = replace(LARKFIELD, closures=(lincoln,))

    assert status(town, at=utc("2026-02-12T14:30")).state == "open"


def test_hours_across_midnight_belong_to_the_day_they_begin_on() -> None:
    night = OpenHours(days=("mon",), opens=time(22), closes=time(6))
    town = replace(LARKFIELD, hours=(night,))

    opening = status(town, at=utc("2026-02-10T07:00"))

    assert (opening.state, opening.until) == ("open", utc("2026-02-10T12:00"))


def test_intervals_that_overlap_are_one_opening() -> None:
    hours = (
        OpenHours(days=("tue",), opens=time(8), closes=time(18)),
        OpenHours(days=("tue",), opens=time(9), closes=time(10)),
        OpenHours(days=("tue",), opens=time(17), closes=time(20)),
    )
    town = replace(LARKFIELD, hours=hours)

    opening = status(town, at=utc("2026-02-10T15:00"))

    assert (opening.state, opening.until) == ("open", utc("2026-02-11T02:00"))


def test_a_town_that_never_closes_has_no_next_change() -> None:
    all_day = OpenHours(days=ALWAYS, opens=time(0), closes=time(0))
    town = replace(LARKFIELD, hours=(all_day,), closures=(), holidays="US-ND")

    opening = status(town, at=utc("2026-07-06T15:00"))

    assert (opening.state, opening.until) == ("open", None)


def test_a_town_without_hours_is_closed_for_good() -> None:
    opening = status(replace(LARKFIELD, hours=()), at=utc("2026-02-10T15:00"))

    assert (opening.state, opening.until) == ("closed", None)


@pytest.mark.parametrize(
    ("at", "when"),
    [
        pytest.param("2026-02-09T14:00", "open", id="open"),
        pytest.param("2026-02-09T04:00", "closed", id="closed"),
        pytest.param(
            "2026-02-16T15:00", "closed", id="a holiday without its own words"
        ),
    ],
)
def test_the_phrase_follows_the_hours(at: str, when: str) -> None:
    assert phrase(LARKFIELD, at=utc(at)).when == when


def test_a_holiday_may_have_its_own_phrase() -> None:
    words = both("Holiday", "Férié")
    own = AnswerPhrase(when="holiday", agent=words, greeting=words)
    town = replace(LARKFIELD, phrases=(*LARKFIELD.phrases, own))

    assert phrase(town, at=utc("2026-02-16T15:00")) == own
