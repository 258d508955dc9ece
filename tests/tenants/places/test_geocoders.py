"""Services outside, by small doubles on this machine that speak their JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep
from urllib.parse import parse_qs, urlsplit

import pytest

from tenants.places import Geocoder
from tenants.places.geocoders import (
    GeocoderRefused,
    GeocoderSilent,
    Nominatim,
    Pelias,
    Service,
    chosen,
)
from townline.settings import Places

HERE = (-87.9, 41.88)
NOMINATIM = [
    {
        "place_id": 1,
        "lat": "41.8801",
        "lon": "-87.9002",
        "category": "building",
        "type": "house",
        "name": "",
        "display_name": "14, Elm Street, Riverton, Illinois, 60401, United States",
        "address": {"house_number": "14", "road": "Elm Street", "postcode": "60401"},
    },
    {
        "lat": "41.89",
        "lon": "-87.91",
        "category": "leisure",
        "name": "Riverside Park",
        "display_name": "Riverside Park, Riverton",
        "address": {},
    },
]
PELIAS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [-87.9002, 41.8801]},
            "properties": {
                "name": "14 Elm Street",
                "layer": "address",
                "accuracy": "point",
                "postalcode": "60401",
            },
        },
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [-87.9, 41.88]},
            "properties": {"name": "Elm Street", "layer": "street"},
        },
    ],
}


class Double:
    """Answers every question alike, and keeps what it was asked."""

    def __init__(self, body: str, *, status: int = 200, wait: float = 0.0) -> None:
        self.asked: list[tuple[str, dict[str, list[str]]]] = []
        double = self

        class Desk(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                where = urlsplit(self.path)
                double.asked.append((where.path, parse_qs(where.query)))
                sleep(wait)
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    @contextmanager
    def open(self) -> Iterator[Service]:
        thread = Thread(target=self._server.serve_forever, args=(0.01,))
        thread.start()
        yield Service(url=self.url, key="secret", patience=0.2)
        self._server.shutdown()
        self._server.server_close()
        thread.join()


def test_nominatim_is_asked_about_the_town_and_understood() -> None:
    double = Double(json.dumps(NOMINATIM))

    with double.open() as service:
        house, park = Nominatim(service).find("14 elm", near=HERE)

    assert (house.label, house.confidence, house.zip) == (
        "14 Elm Street",
        "exact",
        "60401",
    )
    assert (house.latitude, house.longitude) == (41.8801, -87.9002)
    assert (park.kind, park.label, park.source) == (
        "landmark",
        "Riverside Park",
        "Nominatim",
    )
    [(path, query)] = double.asked
    assert (path, query["q"], query["format"]) == ("/search", ["14 elm"], ["jsonv2"])
    assert (query["bounded"], query["key"]) == (["1"], ["secret"])


def test_pelias_is_asked_about_the_town_and_understood() -> None:
    double = Double(json.dumps(PELIAS))

    with double.open() as service:
        house, street = Pelias(service).find("14 elm", near=HERE)

    assert (house.label, house.confidence) == ("14 Elm Street", "exact")
    assert (street.kind, street.confidence) == ("address", "near")
    [(path, query)] = double.asked
    assert (path, query["text"], query["api_key"]) == (
        "/v1/search",
        ["14 elm"],
        ["secret"],
    )


@pytest.mark.parametrize("kind", [Nominatim, Pelias])
@pytest.mark.parametrize(
    ("double", "said"),
    [
        pytest.param(lambda: Double("[]", status=429), GeocoderRefused, id="limit"),
        pytest.param(lambda: Double("no", status=403), GeocoderRefused, id="key"),
        pytest.param(lambda: Double("", status=500), GeocoderSilent, id="broken"),
        pytest.param(lambda: Double("<html>"), GeocoderSilent, id="not JSON"),
        pytest.param(lambda: Double('{"a": 1}'), GeocoderSilent, id="another shape"),
        pytest.param(lambda: Double("[]", wait=0.4), GeocoderSilent, id="slow"),
    ],
)
def test_whatever_goes_wrong_is_said(
    kind: type[Nominatim | Pelias],
    double: Callable[[], Double],
    said: type[Exception],
) -> None:
    with double().open() as service:
        geocoder: Geocoder = kind(service)

        with pytest.raises(said):
            geocoder.find("14 elm", near=HERE)


def test_nobody_listens_there() -> None:
    gone = Service(url="http://127.0.0.1:9", patience=0.5)

    with pytest.raises(GeocoderSilent):
        Pelias(gone).find("14 elm", near=HERE)


def test_the_operator_chooses_whom_to_ask() -> None:
    asked = Places(geocoder="pelias", geocoder_url="http://127.0.0.1:9")

    assert chosen(Places()) is None
    assert isinstance(chosen(asked), Pelias)
    assert isinstance(
        chosen(Places(geocoder="nominatim", geocoder_url="http://x")), Nominatim
    )
