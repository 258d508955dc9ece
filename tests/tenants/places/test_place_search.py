"""What is typed at the desk, and which place it finds first."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenants import places
from tests.tenants.places.lists import (
    ADDRESSES,
    AURORES,
    HYDRANTS,
    LANDMARKS,
    bring,
    labels,
)
from townline.tenancy import TenantSession


@pytest.fixture
def known(riverton: TenantSession, tmp_path: Path) -> TenantSession:
    """Riverton with its addresses, its landmarks and its hydrants."""
    bring(riverton, tmp_path, ADDRESSES)
    bring(riverton, tmp_path, LANDMARKS, name="landmark")
    bring(riverton, tmp_path, HYDRANTS, name="asset")
    return riverton


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        pytest.param("12 elm", "12 Elm St", id="the beginning of a street"),
        pytest.param("12 Elm Street", "12 Elm St", id="its long form"),
        pytest.param("elm st 12", "12 Elm St", id="the number behind"),
        pytest.param("12, elm st.", "12 Elm St", id="points and commas"),
        pytest.param("12 elmm st", "12 Elm St", id="a letter too many"),
        pytest.param("16a elm", "16A Elm St", id="a letter at the number"),
        pytest.param("16 elm", "16A Elm St", id="a letter that was not said"),
        pytest.param("5 elmwod", "5 Elmwood Drive", id="a letter too few"),
        pytest.param("5 lemwood dr", "5 Elmwood Drive", id="two letters turned"),
        pytest.param("5 elm wood", "5 Elmwood Drive", id="a blank too many"),
        pytest.param("7 st clair", "7 Saint Clair Ave", id="a saint"),
        pytest.param("7 ste-claire av", "7 Saint Clair Ave", id="a saint in French"),
        pytest.param("9 wabash", "9 N Wabash Blvd", id="no direction"),
        pytest.param("9 wabash north", "9 N Wabash Blvd", id="the direction behind"),
        pytest.param("1 fourth avenue", "1 4th Ave", id="an ordinal in words"),
        pytest.param("1 4e avenue", "1 4th Ave", id="an ordinal in French"),
        pytest.param("riverside", "Riverside Park", id="a landmark"),
        pytest.param("river side park", "Riverside Park", id="a landmark, apart"),
        pytest.param("fire staton", "Fire Station 2", id="a landmark, mistyped"),
        pytest.param("7 eleven", "7 Eleven", id="a name with a number in it"),
        pytest.param("h1234", "Hydrant H-1234", id="a hydrant"),
        pytest.param("hydrant 1234", "Hydrant H-1234", id="a hydrant by its digits"),
        pytest.param("pole 118", "Pole P 0118", id="a pole without its noughts"),
        pytest.param("elm & 4th", "Elm St & 4th Ave", id="a crossing"),
        pytest.param("corner of 4th and elm", "4th Ave & Elm St", id="a corner"),
        pytest.param("41.8800, -87.9000", "41.88000, -87.90000", id="a point"),
    ],
)
def test_what_is_typed_finds(known: TenantSession, typed: str, first: str) -> None:
    assert labels(places.search(known, typed))[:1] == [first]


def test_french_is_found_however_it_is_written(
    sainte_aurore: TenantSession, tmp_path: Path
) -> None:
    bring(sainte_aurore, tmp_path, AURORES)

    def first(typed: str) -> str:
        return labels(places.search(sainte_aurore, typed))[0]

    assert (
        first("22 saint joseph") == first("22 rue st-josef") == "22, rue Saint-Joseph"
    )
    assert first("8 eglise") == first("8 ch. de l’Eglise")
    assert first("3 4e ave") == first("3 quatrieme avenue")


def test_a_house_that_is_not_listed_stands_beside_one_that_is(
    known: TenantSession,
) -> None:
    [found] = [e for e in places.search(known, "18 elm st") if e.label == "18 Elm St"]

    assert (found.confidence, found.beside) == ("near", "16A")


def test_a_street_alone_is_only_near(known: TenantSession) -> None:
    [first, *_] = places.search(known, "elm st")

    assert (first.label, first.kind, first.confidence) == ("Elm St", "address", "near")


def test_homes_behind_one_door_are_one_option(known: TenantSession) -> None:
    [first, *_] = places.search(known, "120 elm st")

    assert (first.label, first.units) == ("120 Elm St", 2)
    assert labels(places.search(known, "120 elm st apt 2"))[0] == "120 Elm St #2"


def test_streets_that_do_not_meet_have_no_crossing(known: TenantSession) -> None:
    found = places.search(known, "elmwood & wabash")

    assert [each for each in found if each.kind == "intersection"] == []


def test_of_two_alike_the_one_near_the_map_comes_first(
    riverton: TenantSession, tmp_path: Path
) -> None:
    bring(
        riverton,
        tmp_path,
        "number,street,lat,lon\n"
        "1,Oak Court,41.88,-87.90\n1,Oak Crescent,41.86,-87.93\n",
    )

    near = places.search(riverton, "1 oak", near=(-87.93, 41.86))
    far = places.search(riverton, "1 oak", near=(-87.90, 41.88))

    assert labels(near)[0] == "1 Oak Crescent"
    assert labels(far)[0] == "1 Oak Court"


@pytest.mark.parametrize("typed", ["", "   ", "?!", "🙂", "\x00", "a" * 5_000, "12"])
def test_nothing_sensible_finds_nothing_and_breaks_nothing(
    known: TenantSession, typed: str
) -> None:
    assert places.search(known, typed) == ()
