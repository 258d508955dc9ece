"""Where a map's pictures may come from, and whom the operator asks for places."""

from __future__ import annotations

import pytest
from litestar import Litestar, get
from litestar.middleware import DefineMiddleware
from litestar.testing import TestClient

from townline.clock import utc_now
from townline.db import Database
from townline.needs import SettingMissing, SettingWrong
from townline.settings import Places
from townline.web import Envelope

TILES = "https://tiles.example/osm/{z}/{x}/{y}.png"


@get("/", sync_to_thread=False)
def nothing() -> None:
    """A page."""


@pytest.mark.parametrize(
    ("tiles", "allowed"),
    [
        pytest.param("", "img-src 'self' data:;", id="nowhere else at first"),
        pytest.param(
            TILES, "img-src 'self' data: https://tiles.example;", id="as configured"
        ),
    ],
)
def test_pictures_come_only_from_where_the_operator_says(
    database: Database, tiles: str, allowed: str
) -> None:
    places = Places.from_env({"TOWNLINE_MAP_TILES": tiles})
    envelope = DefineMiddleware(
        Envelope, database=database, clock=utc_now, pictures=places.tiles_origin
    )

    with TestClient(Litestar([nothing], middleware=[envelope])) as client:
        policy = client.get("/").headers["content-security-policy"]

    assert allowed in policy


def test_nobody_is_asked_until_somebody_is_named() -> None:
    assert Places.from_env({}) == Places()

    with pytest.raises(SettingMissing, match="TOWNLINE_GEOCODER_URL"):
        Places.from_env({"TOWNLINE_GEOCODER": "pelias"})
    with pytest.raises(SettingWrong, match="nominatim"):
        Places.from_env({"TOWNLINE_GEOCODER": "oracle"})


@pytest.mark.parametrize("tiles", ["tiles.example/{z}", "https://tiles.example/a.png"])
def test_an_address_that_has_no_pictures_is_refused(tiles: str) -> None:
    with pytest.raises(SettingWrong, match="TOWNLINE_MAP_TILES"):
        Places.from_env({"TOWNLINE_MAP_TILES": tiles})
