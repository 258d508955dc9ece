"""Numbers, dates and telephones as each language writes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from townline import words
from townline.i18n import LANGUAGES, choose, speaking

AT = datetime(2026, 2, 12, 9, 12, 44, tzinfo=UTC)
FIRST = datetime(2026, 5, 1, 21, 0, tzinfo=UTC)
CHICAGO, QUEBEC = "America/Chicago", "America/Toronto"


@pytest.mark.parametrize(
    ("language", "say", "said"),
    [
        ("en", lambda: words.clock(AT, CHICAGO), "03:12"),
        ("fr", lambda: words.clock(AT, QUEBEC, seconds=True), "04:12:44"),
        ("en", lambda: words.zone_name(AT, CHICAGO), "CST"),
        ("fr", lambda: words.zone_name(AT, QUEBEC), "HNE"),
        ("en", lambda: words.spoken_time(AT, CHICAGO), "3:12 a.m."),
        ("en", lambda: words.spoken_time(FIRST, CHICAGO), "4:00 p.m."),
        ("fr", lambda: words.spoken_time(AT, QUEBEC), "4 h 12"),
        ("fr", lambda: words.spoken_time(FIRST, QUEBEC), "17 h"),
        ("en", lambda: words.long_date(AT, CHICAGO), "Thursday 12 February 2026"),
        ("fr", lambda: words.long_date(AT, QUEBEC), "le jeudi 12 février 2026"),
        ("fr", lambda: words.long_date(FIRST, QUEBEC), "le vendredi 1er mai 2026"),
        ("en", lambda: words.short_date(AT, CHICAGO), "Thu 12 Feb"),
        ("fr", lambda: words.short_date(AT, QUEBEC), "jeu. 12 févr."),
        ("en", lambda: words.moment(AT, CHICAGO), "Thu 12 Feb, 03:12"),
        ("en", lambda: words.number(1284.5), "1,284.5"),
        ("fr", lambda: words.number(1284.5), "1 284,5"),
        ("en", lambda: words.percent(0.861), "86.1%"),
        ("fr", lambda: words.percent(0.861), "86,1 %"),
        ("en", lambda: words.phone("+13125550142"), "(312) 555-0142"),
        ("fr", lambda: words.phone("+14185550137"), "418 555-0137"),
        ("en", lambda: words.phone("a friend"), "a friend"),
        ("en", lambda: words.elapsed(timedelta(seconds=102)), "1:42"),
        ("en", lambda: words.elapsed(timedelta(hours=15, minutes=2)), "15 h 02"),
        ("en", lambda: words.elapsed(timedelta(seconds=-5)), "0:00"),
        (
            "en",
            lambda: words.lasting(timedelta(seconds=90)),
            "1 minute 30 seconds",
        ),
        ("en", lambda: words.lasting(timedelta(minutes=5)), "5 minutes"),
        (
            "en",
            lambda: words.lasting(timedelta(hours=2, minutes=1)),
            "2 hours 1 minute",
        ),
        ("en", lambda: words.lasting(timedelta(seconds=-5)), "0 seconds"),
        ("fr", lambda: words.lasting(timedelta(seconds=0)), "0 seconde"),
    ],
)
def test_written_as_the_design_says(
    language: str, say: Callable[[], str], said: str
) -> None:
    with speaking(language):
        assert say().replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("preferred", "header", "chosen"),
    [
        pytest.param(("fr", "en"), "en", "fr", id="what was asked for comes first"),
        pytest.param((None, "fr"), "en", "fr", id="then what was kept"),
        pytest.param((None,), "fr-CA,fr;q=0.9,en;q=0.8", "fr", id="then the browser"),
        pytest.param((None,), "de,en;q=0.5", "en", id="that speaks ours second"),
        pytest.param(("xx",), "", "fr", id="then the town"),
    ],
)
def test_the_language_of_a_page(
    preferred: tuple[str | None, ...], header: str, chosen: str
) -> None:
    assert choose(preferred, header, "fr") == chosen
    assert chosen in LANGUAGES
