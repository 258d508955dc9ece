"""What a file of real requests becomes before anything happens."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.simulation.cast import (
    RIVERTON,
    SAINTE_AURORE,
    WEEKEND,
    boston,
    montreal,
    planned,
    written,
)
from townline import localtime
from townline.entrypoints import replay as again
from townline.entrypoints.replay.lots import Lots
from townline.entrypoints.replay.matching import Matcher
from townline.entrypoints.replay.montreal import WEEK
from townline.entrypoints.replay.montreal import row as montreal_row
from townline.entrypoints.replay.planning import edition_of
from townline.entrypoints.replay.rows import Unreadable

ANY_NUMBER = 7


def test_a_row_opens_and_closes_at_its_towns_wall_times(tmp_path: Path) -> None:
    file = written(
        tmp_path / "one.csv",
        [boston("2011-07-01 08:15:00", "Graffiti Removal", "2011-07-05 09:00:00")],
    )

    asked = planned(file, RIVERTON).asked[0]

    assert asked.at == datetime(2011, 7, 1, 13, 15, tzinfo=UTC)
    assert asked.closes_at == datetime(2011, 7, 5, 14, 0, tzinfo=UTC)
    assert (asked.reason, asked.note) == (
        "done",
        "Case Resolved crew filled it with hot mix",
    )
    assert asked.intake.place == "27 Hunnewell Ave Brighton MA 02135"


def test_a_packed_file_is_the_same_file(tmp_path: Path) -> None:
    plain = written(tmp_path / "weekend.csv", WEEKEND)
    packed = written(tmp_path / "weekend.csv.gz", WEEKEND)

    assert planned(plain, RIVERTON) == planned(packed, RIVERTON)


def test_rows_happen_in_the_order_of_time(tmp_path: Path) -> None:
    lines = [
        boston("2011-07-02 08:00:00", "Graffiti Removal"),
        boston("2011-07-01 08:00:00", "Graffiti Removal"),
    ]

    plan = planned(written(tmp_path / "turned.csv", lines), RIVERTON)

    assert [each.number for each in plan.asked] == [2, 1]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param(
            boston("2011-07-01 08:00:00", "Zoning"),
            "no category for “Zoning”",
            id="nothing of the town is called so",
        ),
        pytest.param(
            boston("", "Graffiti Removal"), "no opening time", id="it never began"
        ),
        pytest.param(
            boston("1st of July", "Graffiti Removal"),
            "open_dt is not a time",
            id="its time cannot be read",
        ),
        pytest.param(
            boston("2011-07-01 08:00:00", "Graffiti Removal", latitude="north"),
            "latitude is not a number",
            id="its point cannot be read",
        ),
        pytest.param(
            boston("2011-07-01 08:00:00", "Graffiti Removal", latitude="95.0"),
            "place: Set the point on the map once more.",
            id="it lies nowhere on earth",
        ),
    ],
)
def test_a_bad_row_is_refused_with_its_reason(
    tmp_path: Path, line: dict[str, str], reason: str
) -> None:
    good = boston("2011-07-01 09:00:00", "Graffiti Removal")

    plan = planned(written(tmp_path / "bad.csv", [line, good]), RIVERTON)

    assert plan.refused == {reason: 1}
    assert [each.number for each in plan.asked] == [2]
    assert plan.rows == 2


def test_a_row_without_its_columns_is_refused_too(tmp_path: Path) -> None:
    file = tmp_path / "torn.csv"
    file.write_text("mois,activite\n2022-01,Nid-de-poule\n")

    plan = planned(file, SAINTE_AURORE, format="montreal")

    assert plan.refused == {"no month, weekday and hour": 1}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        pytest.param("Graffiti Removal", "graffiti", id="to the letter"),
        pytest.param("graffiti  REMOVAL", "graffiti", id="but for case and spaces"),
        pytest.param("Contractors Complaint", "contractor-complaints", id="almost"),
    ],
)
def test_a_category_is_found_by_its_name(said: str, meant: str) -> None:
    assert Matcher(RIVERTON).category(said, language="en").key == meant


def test_a_doubtful_likeness_is_no_match() -> None:
    with pytest.raises(Unreadable, match="Rat Bite"):
        Matcher(RIVERTON).category("Rat Bite", language="en")


def test_a_time_said_twice_is_the_first_one(tmp_path: Path) -> None:
    line = boston(
        "2011-11-06 01:30:00", "Graffiti Removal", closed="2011-11-06 01:30:00"
    )

    asked = planned(written(tmp_path / "autumn.csv", [line]), RIVERTON).asked[0]

    # 01:30 comes twice that night; what is closed in it was closed in the second.
    assert asked.at == datetime(2011, 11, 6, 6, 30, tzinfo=UTC)
    assert asked.closes_at == datetime(2011, 11, 6, 7, 30, tzinfo=UTC)


def test_a_time_that_clocks_skip_is_the_first_after_it(tmp_path: Path) -> None:
    line = boston("2011-03-13 02:30:00", "Graffiti Removal")

    asked = planned(written(tmp_path / "spring.csv", [line]), RIVERTON).asked[0]

    assert asked.at == datetime(2011, 3, 13, 8, 0, tzinfo=UTC)


@given(
    month=st.integers(1, 12),
    weekday=st.integers(0, 6),
    hour=st.integers(0, 23),
    seed=st.integers(),
)
def test_a_row_of_a_month_falls_on_its_weekday_and_hour(
    month: int, weekday: int, hour: int, seed: int
) -> None:
    line = montreal(f"2024-{month:02}", WEEK[weekday], str(hour))

    opens = montreal_row(ANY_NUMBER, line, Lots(seed)).opens

    assert (opens.year, opens.month) == (2024, month)
    assert (opens.weekday(), opens.hour) == (weekday, hour)


def test_the_spring_night_of_montreal_loses_an_hour(tmp_path: Path) -> None:
    file = written(tmp_path / "spring.csv", [montreal("2022-03", "Dimanche", "2")] * 40)

    plan = planned(file, SAINTE_AURORE, format="montreal")
    walls = [localtime.wall(each.at, SAINTE_AURORE.time_zone) for each in plan.asked]

    assert {wall.hour for wall in walls if wall.day == 13} == {3}
    assert {wall.hour for wall in walls if wall.day != 13} == {2}


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        pytest.param("Terminée", "done", id="done"),
        pytest.param("Annulée", "no_action_policy", id="cancelled"),
        pytest.param("Prise en charge", None, id="still in hand"),
    ],
)
def test_a_status_says_how_it_ends(
    tmp_path: Path, status: str, reason: str | None
) -> None:
    line = montreal("2022-05", "Mardi", "10", dernier_statut=status)
    file = written(tmp_path / "status.csv", [line])

    asked = planned(file, SAINTE_AURORE, format="montreal").asked[0]

    assert (asked.reason if asked.closes_at else None) == reason


def test_the_same_seed_draws_the_same(tmp_path: Path) -> None:
    file = written(tmp_path / "weekend.csv", WEEKEND)

    assert planned(file, RIVERTON, seed=3) == planned(file, RIVERTON, seed=3)
    assert planned(file, RIVERTON, seed=3).asked != planned(file, RIVERTON).asked


def test_another_turn_has_other_keys_and_the_same_people(tmp_path: Path) -> None:
    file = written(tmp_path / "weekend.csv", WEEKEND)

    first, second = planned(file, RIVERTON), planned(file, RIVERTON, turn=1)
    keys = [each.intake.client_key for each in (*first.asked, *second.asked)]

    assert len(set(keys)) == len(keys)
    assert [each.intake.caller for each in first.asked] == [
        each.intake.caller for each in second.asked
    ]


def test_only_the_first_rows_are_taken_when_asked(tmp_path: Path) -> None:
    file = written(tmp_path / "weekend.csv", WEEKEND)

    plan = again.plan(
        file, RIVERTON, edition_of(file, seed=1), format="boston", limit=4
    )

    assert plan.rows == 4
