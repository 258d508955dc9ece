"""Beside the night: today, what is open, how calls are answered, relays at work."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

import tickets
from portal.town.charts import BOTTOM, TOP, curve_of
from portal.town.dashboard import MOST_CATEGORIES, still_open
from portal.town.queries import OpenOnes
from portal.town.rules import Night, age_edges, same_nights
from tests.conftest import NIGHT
from tests.portal.town.cast import Clerk
from tests.portal.town.nights import PRIYA
from tests.portal.town.nights import Night as TownNight
from townline import auth

CHICAGO = "America/Chicago"
TOWN = "/town/riverton"


def test_the_first_page_counts_the_day_the_open_and_the_relays(
    priya: Clerk, night: TownNight
) -> None:
    night.hang_up(night.ring("+13125550170"), "information_given")
    held, loose = night.report(), night.report("pothole", place="31 Orchard Ln")
    night.texts(held, "dan-ortiz")
    with night.town() as db:
        me = auth.account_of(db.session, "priya@hall.example").id
        tickets.assign(db, loose.id, me, by=PRIYA, at=night.clock())

    shown = priya.get(TOWN)

    assert row(shown, "Calls") == "1"
    assert row(shown, "Tickets made") == "2"
    assert row(shown, "Relays in a crew’s hands") == "1"
    assert "1 open ticket is yours" in shown
    assert f'<a href="{TOWN}/tickets?category=pothole">' in shown
    assert "100%</b>" in shown
    assert "wanted: 95%" in shown


def test_a_town_without_calls_and_tickets_has_nothing_to_measure(priya: Clerk) -> None:
    shown = priya.get(TOWN)

    assert "Nobody has waited for a person in the last 14 days" in shown
    assert "Nothing is open: everything that came in has been closed." in shown


def test_what_comes_after_the_largest_categories_is_one_row() -> None:
    found = [OpenOnes(f"c{n}", 4, n) for n in range(1, MOST_CATEGORIES + 3)]
    found.append(OpenOnes("c1", 0, 5))

    open_ones = still_open(found)

    assert open_ones.total == sum(each.tickets for each in found)
    assert open_ones.by_age == (55, 0, 0, 0, 5)
    assert open_ones.rows[0][0] == "c10"
    assert open_ones.rows[-1] == ("", (5, 0, 0, 0, 0))


@pytest.mark.parametrize(
    ("shares", "path", "low"),
    [
        pytest.param((), "", 0.7, id="nothing"),
        pytest.param((0.9, 0.8), "M4.0 38.7L296.0 65.3", 0.7, id="a bad day"),
        pytest.param((0.9, None, 0.8), "M4.0 38.7M296.0 65.3", 0.7, id="a silent day"),
        pytest.param((0.0, 1.0), f"M4.0 {BOTTOM}L296.0 {TOP}", 0.0, id="none and all"),
    ],
)
def test_a_curve_stands_on_the_tenth_below_and_breaks_where_nothing_was(
    shares: tuple[float | None, ...], path: str, low: float
) -> None:
    points = [(str(number), share) for number, share in enumerate(shares)]

    curve = curve_of(points, target=0.85)

    assert curve.path == path
    assert curve.low == pytest.approx(low)
    assert [dot.is_below for dot in curve.dots] == [
        share < 0.85 for share in shares if share is not None
    ]


def test_the_same_nights_of_other_weeks_begin_at_the_same_wall_time() -> None:
    """Across the spring change too: six in the evening is six in the evening."""
    since = datetime(2026, 3, 11, 18, tzinfo=ZoneInfo(CHICAGO))
    night = Night(since.astimezone(UTC), since.astimezone(UTC) + timedelta(hours=13))

    earlier = same_nights(night, CHICAGO, weeks=2)

    walls = [each.since.astimezone(ZoneInfo(CHICAGO)) for each in earlier]
    assert [(wall.day, wall.hour) for wall in walls] == [(4, 18), (25, 18)]


def test_ages_end_one_after_the_other() -> None:
    edges = age_edges(NIGHT)

    assert edges == sorted(edges)
    assert NIGHT - edges[-1] == timedelta(days=1)


def row(page: str, name: str) -> str:
    return page.split(f"<dt>{name}</dt>")[1].split(">")[1].split("<", maxsplit=1)[0]
