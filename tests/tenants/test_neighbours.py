"""Neighbours in a town's file: read as written, and refused where they lead nowhere."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tenants.files import read, write
from tenants.town import Neighbour, Text, Town
from tests.tenants.edits import findings
from tests.tenants.larkfield import LARKFIELD

COUNTY = Neighbour(
    key="county",
    name=Text(en="County roads", fr="Voirie du comté"),
    phone="+13125550160",
    what_for=Text(en="county roads", fr="les chemins du comté"),
    say=Text(en="That road is the county's.", fr="Ce chemin est au comté."),
)
RIVERTON = Neighbour(key="riverton", town="riverton")


def larkfield(*neighbours: Neighbour) -> Town:
    return replace(LARKFIELD, neighbours=neighbours)


def test_neighbours_are_read_as_they_were_written() -> None:
    town = larkfield(RIVERTON, COUNTY)

    assert read(write(town), source="larkfield.toml") == town


def test_a_town_without_neighbours_says_nothing_of_them() -> None:
    assert "neighbours" not in write(LARKFIELD)


@pytest.mark.parametrize(
    ("neighbour", "path", "said"),
    [
        pytest.param(
            Neighbour(key="a", town=LARKFIELD.slug),
            ".town",
            "not its own neighbor",
            id="itself",
        ),
        pytest.param(
            replace(COUNTY, town="riverton"), ".town", "has its own", id="both"
        ),
        pytest.param(
            replace(COUNTY, phone=None), ".phone", "Add the number", id="no number"
        ),
        pytest.param(
            replace(COUNTY, phone="+13120000000"), ".phone", "digits", id="no telephone"
        ),
        pytest.param(
            replace(COUNTY, name=Text()), ".name", "name of the office", id="no name"
        ),
        pytest.param(
            replace(COUNTY, say=Text()), ".say", "Add the sentence", id="no sentence"
        ),
        pytest.param(
            replace(COUNTY, say=Text(en="It is the county's.")),
            ".say.fr",
            "French words",
            id="one language",
        ),
    ],
)
def test_a_neighbour_that_leads_nowhere_is_refused(
    neighbour: Neighbour, path: str, said: str
) -> None:
    found = findings(write(larkfield(neighbour)))

    assert [each for each in found if path in each and said in each], found


def test_two_of_a_key_are_refused() -> None:
    found = findings(write(larkfield(COUNTY, COUNTY)))

    assert any("taken by entry 1" in each for each in found)
