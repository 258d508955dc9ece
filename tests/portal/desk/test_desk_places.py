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
from townline import proof
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


def test_a_place_in_a_neighbouring_town_of_ours_offers_to_move_the_call(
    maya: Agent, here: str
) -> None:
    page = maya.get(f"{here}/whose", **AURORE)

    assert "This place is in Town of Sainte-Aurore." in page
    assert 'name="to" value="sainte-aurore"' in page


def test_an_agent_of_one_town_is_not_offered_the_other(
    tom: Agent, riverton: TenantSession
) -> None:
    arrived = ring(riverton, "CA5", at=tom.clock.at)
    riverton.session.commit()

    page = tom.get(f"/desk/calls/riverton/{arrived}/whose", **AURORE)

    assert "sainte-aurore" not in page
    assert "Prairie County Highway Department" in page


def test_a_place_inside_keeps_the_directory_at_hand(maya: Agent, here: str) -> None:
    page = maya.get(f"{here}/whose", **ELM)

    assert "Not ours? Who else it may be" in page
    assert 'name="to"' not in page


def test_one_click_takes_the_call_to_the_other_town(
    sainte_aurore: TenantSession, riverton: TenantSession, maya: Agent, here: str
) -> None:
    status, there = maya.send(
        f"{here}/town", to="sainte-aurore", words="no water", name="Helen Marsh"
    )

    assert status == 303
    assert there == here.replace("riverton", "sainte-aurore")
    page = maya.get(there)
    assert 'data-town="sainte-aurore"' in page
    assert "no water" not in page
    assert "Riverton" not in page.split('id="whose"')[0].split("<main")[1]
    assert "This call came over from City of Riverton." in maya.get(f"{there}/whose")
    riverton.session.rollback()
    left = calls.get(riverton, UUID(here.rsplit("/", 1)[1]))
    assert (left.caller, left.disposition) == (None, "wrong_city")


def test_and_one_click_brings_it_back(
    riverton: TenantSession, maya: Agent, here: str
) -> None:
    _, there = maya.send(f"{here}/town", to="sainte-aurore")

    status, back = maya.send(f"{there}/town", to="riverton")

    assert (status, back) == (303, here)
    riverton.session.rollback()
    assert calls.get(riverton, UUID(here.rsplit("/", 1)[1])).disposition is None


def test_a_town_that_is_no_neighbour_gets_no_call(maya: Agent, here: str) -> None:
    assert maya.send(f"{here}/town", to="larkfield")[0] == 404
    assert maya.send(f"{here}/town")[0] == 404


def test_outside_of_every_town_the_directory_says_whom_to_call(
    maya: Agent, here: str
) -> None:
    page = maya.get(f"{here}/whose", **NOWHERE)

    assert "Not the town’s. Who else it may be:" in page
    assert "The railroad looks after its crossings." in page
    assert "(312) 555-0162" in page


def test_who_was_sent_elsewhere_is_logged_without_their_name(
    riverton: TenantSession, maya: Agent, here: str, call_id: UUID
) -> None:
    status, _ = maya.send(f"{here}/referral", neighbour="railway", name="Helen Marsh")

    assert status == 303
    riverton.session.rollback()
    assert calls.get(riverton, call_id).disposition == "wrong_city"
    last = proof.timeline(riverton, call_id)[-1]
    assert last.event == "call.referred"
    assert "Helen" not in last.facts
    assert maya.send(f"{here}/referral", neighbour="nobody")[0] == 404


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


def test_an_office_is_rung_with_the_caller_on_the_line(
    maya: Agent, here: str, exchange: RecordingExchange
) -> None:
    page = maya.get(f"{here}/whose", **NOWHERE)
    assert '"target": "neighbour:railway"' in page

    status, _ = maya.send(f"{here}/legs", target="neighbour:railway", how="warm")

    assert status == 200
    assert "+13125550162" in str(exchange)
