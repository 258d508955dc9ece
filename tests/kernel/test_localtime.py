from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from townline import localtime

MINUTE = timedelta(minutes=1)
# Every kind of change: an instant at which clocks change.
CHANGES = {
    "an hour forward at two": ("America/Chicago", "2026-03-08T08:00Z"),
    "an hour back at two": ("America/Chicago", "2026-11-01T07:00Z"),
    "half an hour forward": ("Australia/Lord_Howe", "2025-10-04T15:30Z"),
    "half an hour back": ("Australia/Lord_Howe", "2026-04-04T15:00Z"),
    "forward at midnight": ("America/Sao_Paulo", "2018-11-04T03:00Z"),
    "back at midnight": ("America/Sao_Paulo", "2018-02-18T02:00Z"),
    "back across midnight": ("America/Havana", "2026-11-01T05:00Z"),
    "a whole day skipped": ("Pacific/Apia", "2011-12-30T10:00Z"),
    "a whole day repeated": ("Pacific/Kwajalein", "1969-09-30T13:00Z"),
    "two hours forward": ("Antarctica/Troll", "2026-03-29T01:00Z"),
    "two hours back": ("Antarctica/Troll", "2026-10-25T01:00Z"),
    "winter time is the exception": ("Europe/Dublin", "2026-10-25T01:00Z"),
    "the standard itself moves": ("Asia/Pyongyang", "2018-05-04T15:00Z"),
    "no change at all": ("America/Phoenix", "2026-03-08T09:00Z"),
}
AROUND = timedelta(hours=26)


def shown(zone: str, change: datetime) -> dict[datetime, list[datetime]]:
    """Minute by minute, what clocks show: each wall time with its instants."""
    tz, at = ZoneInfo(zone), change - AROUND
    seen: dict[datetime, list[datetime]] = {}
    while at < change + AROUND:
        seen.setdefault(at.astimezone(tz).replace(tzinfo=None), []).append(at)
        at += MINUTE
    return seen


@pytest.mark.parametrize(("zone", "change"), CHANGES.values(), ids=CHANGES.keys())
def test_every_minute_around_a_change_agrees_with_the_clocks(
    zone: str, change: str
) -> None:
    seen = shown(zone, datetime.fromisoformat(change))
    clock, next_shown = max(seen), [max(seen.values())[0]]

    while clock >= min(seen):
        next_shown = seen.get(clock) or [next_shown[0]]
        expected = (next_shown[0], next_shown[-1])
        assert localtime.instants(clock, zone) == expected, clock
        clock -= MINUTE


@given(
    place=st.sampled_from(sorted(CHANGES.values())),
    offset=st.timedeltas(-AROUND, AROUND),
)
def test_a_wall_time_read_from_an_instant_leads_back_to_it(
    place: tuple[str, str], offset: timedelta
) -> None:
    zone, change = place
    at = datetime.fromisoformat(change) + offset

    assert at in localtime.instants(localtime.wall(at, zone), zone)


@given(
    place=st.sampled_from(sorted(CHANGES.values())),
    offset=st.timedeltas(-AROUND, AROUND),
    length=st.timedeltas(timedelta(), AROUND),
)
@example(CHANGES["an hour back at two"], -timedelta(hours=5.5), timedelta(hours=1))
def test_windows_keep_their_order_and_never_end_before_they_start(
    place: tuple[str, str], offset: timedelta, length: timedelta
) -> None:
    zone, change = place
    opening = datetime.fromisoformat(change).replace(tzinfo=None) + offset

    start, end = localtime.starts(opening, zone), localtime.ends(opening + length, zone)

    assert start <= localtime.starts(opening + length, zone) <= end
    assert start <= localtime.ends(opening, zone) <= end


@pytest.mark.parametrize(
    ("wall", "expected"),
    [
        pytest.param("2026-03-08T02:00", "08:00", id="the first skipped minute"),
        pytest.param("2026-03-08T02:30", "08:00", id="not 01:30 and not 03:30"),
        pytest.param("2026-03-08T02:59:59.999999", "08:00", id="the last skipped"),
        pytest.param("2026-03-08T03:00", "08:00", id="the first shown"),
    ],
)
def test_a_skipped_time_is_the_first_instant_after_the_gap(
    wall: str, expected: str
) -> None:
    instant = datetime.fromisoformat(f"2026-03-08T{expected}:00+00:00")

    found = localtime.instants(datetime.fromisoformat(wall), "America/Chicago")

    assert found == (instant, instant)
