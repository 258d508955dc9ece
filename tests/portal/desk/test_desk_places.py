"""The place of a call: found while it is typed, and never in another town."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import pytest
from litestar.di import Provide
from litestar.testing import TestClient

import calls
import tickets
from calls import RecordingExchange
from portal.desk.places import Geography
from tenants.places import Found
from tenants.places.geocoders import GeocoderSilent
from tenants.town import Point
from tests.portal.desk.cast import Agent, Minutes, desk_app, ring, sign_in
from tests.portal.desk.test_desk_closing import report
from tests.tenants.places.lists import ADDRESSES, AURORES, LANDMARKS, bring
from townline.db import Database
from townline.live import Broadcaster
from townline.tenancy import TenantSession
from townline.web.envelope import SESSION_COOKIE

# In Sainte-Aurore, in neither town, and at 12 Elm St in Riverton.
AURORE = {"latitude": "46.80", "longitude": "-71.30"}
NOWHERE = {"latitude": "41.95", "longitude": "-87.80"}
ELM = {"latitude": "41.8800", "longitude": "-87.9000"}


@pytest.fixture
def call_id(riverton: TenantSession, maya: Agent, tmp_path: Path) -> UUID:
    """Helen calls Riverton, whose places are in; Maya has her on the line."""
    bring(riverton, tmp_path, ADDRESSES)
    bring(riverton, tmp_path, LANDMARKS, name="landmark")
    arrived = ring(riverton, "CA1", at=maya.clock.at)
    riverton.session.commit()
    maya.send(f"/desk/calls/riverton/{arrived}/claim")
    calls.connected(riverton, arrived, at=maya.clock.at)
    riverton.session.commit()
    return arrived


@pytest.fixture
def here(call_id: UUID) -> str:
    return f"/desk/calls/riverton/{call_id}"


def test_typing_finds_places_to_choose_by_number(maya: Agent, here: str) -> None:
    page = maya.get(f"{here}/places", place="12 elmm")

    assert 'data-place="12 Elm St"' in page
    assert 'data-kind="address" data-confidence="exact"' in page
    assert "<kbd>1</kbd>" in page


def test_words_that_are_no_place_are_kept_as_they_are(maya: Agent, here: str) -> None:
    page = maya.get(f"{here}/places", place="behind the old mill")

    assert "Not in the town’s list. Your words are kept as they are." in page
    assert "places/others" not in page


def test_the_places_are_the_towns_of_the_call(
    sainte_aurore: TenantSession, maya: Agent, here: str, tmp_path: Path
) -> None:
    bring(sainte_aurore, tmp_path, AURORES)

    assert "rue des Pins" not in maya.get(f"{here}/places", place="14 des pins")


@pytest.mark.parametrize("part", ["places", "places/others", "map", "whose"])
def test_the_place_of_a_call_of_a_town_not_served_is_not_there(
    tom: Agent, sainte_aurore: TenantSession, part: str
) -> None:
    theirs = ring(sainte_aurore, "CA9", at=tom.clock.at, language="fr")
    sainte_aurore.session.commit()

    for slug in ("sainte-aurore", "riverton"):
        answer = tom.client.get(f"/desk/calls/{slug}/{theirs}/{part}")
        assert answer.status_code == 404


@pytest.mark.parametrize("noun", ["town", "referral"])
def test_a_call_of_a_town_not_served_is_not_sent_away(
    tom: Agent, sainte_aurore: TenantSession, noun: str
) -> None:
    theirs = ring(sainte_aurore, "CA9", at=tom.clock.at, language="fr")
    sainte_aurore.session.commit()

    for slug in ("sainte-aurore", "riverton"):
        status, _ = tom.send(
            f"/desk/calls/{slug}/{theirs}/{noun}", to="riverton", neighbour="mrc"
        )
        assert status == 404


def test_the_map_has_the_boundary_and_the_landmarks(maya: Agent, here: str) -> None:
    drawn = json.loads(maya.get(f"{here}/map"))

    assert drawn["boundary"][0] == [41.864, -87.946]
    assert ["Riverside Park", 41.879, -87.901] in drawn["places"]
    assert drawn["tiles"] == ""


def test_a_chosen_place_is_on_the_ticket(
    riverton: TenantSession, maya: Agent, here: str
) -> None:
    ticket = _saved(
        riverton, maya, here, place_kind="address", confidence="near", **ELM
    )

    assert (ticket.place, ticket.place_kind) == ("12 Elm St", "address")
    assert ticket.location_confidence == "near"
    assert (ticket.latitude, ticket.longitude) == (41.88, -87.9)


def test_a_hydrant_keeps_its_number(
    riverton: TenantSession, maya: Agent, here: str
) -> None:
    ticket = _saved(
        riverton,
        maya,
        here,
        place_kind="asset",
        asset="H1234",
        confidence="exact",
        **ELM,
    )

    assert (ticket.place_kind, ticket.asset) == ("asset", "H1234")


def test_words_alone_are_only_described(
    riverton: TenantSession, maya: Agent, here: str
) -> None:
    ticket = _saved(riverton, maya, here, place_kind="address", confidence="exact")

    assert (ticket.place_kind, ticket.location_confidence) == (
        "described",
        "described",
    )


def test_the_callers_own_address_stays_with_the_caller(
    riverton: TenantSession, maya: Agent, here: str
) -> None:
    form = report(place="12 Elm St") | {"address": "77 Oak Ct"}
    maya.client.post(f"{here}/ticket", data=form, headers=maya.proof())
    riverton.session.rollback()
    [ticket] = tickets.of_call(riverton, UUID(here.rsplit("/", 1)[1]))

    [reporter] = tickets.reporters(riverton, ticket.id)
    assert reporter.shown_to("desk").address == "77 Oak Ct"
    assert reporter.shown_to("public").address is None
    assert "77 Oak" not in ticket.place


class Others:
    """A service outside; ``fails`` when it does not answer."""

    def __init__(self, *, fails: bool = False) -> None:
        self.asked: list[str] = []
        self.fails = fails

    def find(self, typed: str, *, near: Point) -> Sequence[Found]:
        self.asked.append(typed)
        if self.fails:
            raise GeocoderSilent
        east, north = near
        return [
            Found(
                kind="landmark",
                label="Old Mill",
                latitude=north,
                longitude=east,
                source="Pelias",
            )
        ]


@pytest.mark.parametrize("fails", [False, True], ids=["knows", "is silent"])
def test_others_are_asked_by_themselves_when_the_list_has_nothing(
    database: Database,
    exchange: RecordingExchange,
    clock: Minutes,
    call_id: UUID,
    here: str,
    towns: dict[str, UUID],
    *,
    fails: bool,
) -> None:
    others = Others(fails=fails)
    atlas = Provide(lambda: Geography(geocoder=others), sync_to_thread=False)
    app = desk_app(database, exchange, clock, Broadcaster(database.url), atlas=atlas)
    token = sign_in(
        database,
        "Nora Berg",
        serves=[towns["riverton"]],
        at=clock.at,
        language="en",
    )
    nora = Agent(TestClient(app, cookies={SESSION_COOKIE: token}), exchange, clock)

    known = nora.get(f"{here}/places", place="12 elm st")
    unknown = nora.get(f"{here}/places", place="the old mill")
    page = nora.get(f"{here}/places/others", place="the old mill")

    assert "places/others" not in known
    assert "places/others" in unknown
    assert ("The address service does not answer" in page) is fails
    assert ('data-place="Old Mill"' in page) is not fails
    assert others.asked == ["the old mill"]


def _saved(
    riverton: TenantSession, agent: Agent, here: str, **form: str
) -> tickets.Ticket:
    """The ticket of Helen's call about a broken main at 12 Elm St."""
    status, there = agent.send(f"{here}/ticket", **report(place="12 Elm St", **form))
    assert status == 303, there
    riverton.session.rollback()
    return tickets.get(riverton, UUID(there.rsplit("/", 1)[1]))
