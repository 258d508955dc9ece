"""What a town's contract measures: how soon calls are answered, how many are heard."""

from __future__ import annotations

import pytest

from tenants.files import read, write
from tenants.files.findings import TownFileInvalid
from tenants.town import Reviews, ServiceLevel
from tests.tenants.example_towns import TOWNS

RIVERTON = write(TOWNS["riverton"])
STANDARDS = """
[service_level]
threshold_seconds = 20
target_percent = 80
formula = 1

[reviews]
percent = 5
"""


def test_a_file_without_standards_has_the_usual_ones() -> None:
    town = read(RIVERTON, source="riverton.toml")

    assert town.service_level == ServiceLevel(
        threshold_seconds=30, target_percent=95, formula=4
    )
    assert town.reviews == Reviews(percent=2)


def test_a_town_names_its_own_threshold_target_and_formula() -> None:
    town = read(RIVERTON + STANDARDS, source="riverton.toml")

    level = town.service_level
    assert (level.threshold_seconds, level.target_percent, level.formula) == (20, 80, 1)
    assert town.reviews.percent == 5
    assert read(write(town), source="riverton.toml") == town


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param("[service_level]\nformula = 5\n", id="a fifth formula"),
        pytest.param("[service_level]\nthreshold_seconds = 0\n", id="no time at all"),
        pytest.param("[service_level]\ntarget_percent = 101\n", id="more than all"),
        pytest.param("[reviews]\npercent = -1\n", id="fewer than none"),
    ],
)
def test_standards_that_cannot_be_are_refused(wrong: str) -> None:
    with pytest.raises(TownFileInvalid):
        read(f"{RIVERTON}\n{wrong}", source="riverton.toml")
