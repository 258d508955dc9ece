"""The agent's own telephone: a number, a SIP address, or the browser."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import jwt
import pytest
from litestar import Litestar

from calls import RecordingExchange
from portal.desk.web.phone import POLICY
from tests import environment
from tests.portal.desk.cast import Agent, Minutes, desk_app
from townline.db import Database
from townline.live import Broadcaster
from townline.needs import SettingWrong
from townline.settings import Settings
from townline.telephones import BrowserPhone, Telephones


@dataclass(slots=True)
class Told:
    """The settings as a story has them."""

    settings: Settings


@pytest.fixture
def told() -> Told:
    return Told(environment.settings())


@pytest.fixture
def application(
    database: Database,
    exchange: RecordingExchange,
    clock: Minutes,
    told: Told,
    clean: None,
) -> Litestar:
    broadcaster = Broadcaster(database.url)
    return desk_app(
        database, exchange, clock, broadcaster, settings=lambda: told.settings
    )


@pytest.fixture
def with_browser(told: Told, tmp_path: Path) -> Told:
    """The operator has put Twilio's file where it is served from."""
    sdk = tmp_path / "twilio.min.js"
    sdk.write_text("var Twilio = {};")
    browser = BrowserPhone(sdk=sdk, api_key="SK1", api_secret="s" * 32, app_sid="AP1")
    told.settings = replace(told.settings, telephones=Telephones(browser=browser))
    return told


def test_without_its_files_the_desk_says_that_agents_answer_by_telephone(
    maya: Agent,
) -> None:
    shown = maya.get("/desk/phone")

    assert "no telephone in the browser is set up" in shown
    assert "sdk.js" not in shown
    for path in ("token", "sdk.js"):
        assert maya.client.get(f"/desk/phone/{path}").status_code == 404
    policy = maya.client.get("/desk/phone").headers["content-security-policy"]
    assert "twilio" not in policy


def test_only_the_telephones_own_page_may_reach_the_exchange(
    with_browser: Told, maya: Agent
) -> None:
    phone, queue = (maya.client.get(path) for path in ("/desk/phone", "/desk"))

    assert phone.headers["content-security-policy"] == POLICY
    assert "microphone=(self)" in phone.headers["permissions-policy"]
    assert "twilio" not in queue.headers["content-security-policy"]
    assert "microphone=()" in queue.headers["permissions-policy"]
    assert maya.client.get("/desk/phone/sdk.js").text == "var Twilio = {};"


def test_a_token_is_for_whoever_is_signed_in_and_for_minutes(
    with_browser: Told, maya: Agent, louis: Agent
) -> None:
    mine, theirs = (
        each.client.get("/desk/phone/token", params={"identity": "somebody"}).json()
        for each in (maya, louis)
    )

    said = jwt.decode(mine["token"], "s" * 32, algorithms=["HS256"])
    assert said["grants"]["identity"] == mine["identity"]
    assert said["grants"]["voice"]["incoming"] == {"allow": True}
    assert said["exp"] - said["nbf"] <= 600
    assert mine["identity"] not in {"somebody", theirs["identity"]}


def test_nobody_without_a_desk_gets_a_token(with_browser: Told, nobody: Agent) -> None:
    assert nobody.client.get("/desk/phone/token").status_code == 403


@pytest.mark.parametrize(
    ("typed", "rings"),
    [
        pytest.param("+1 (312) 555-0190", "+13125550190", id="a number"),
        pytest.param("sip:maya@desk.example", "sip:maya@desk.example", id="SIP"),
    ],
)
def test_an_agent_chooses_which_telephone_rings(
    maya: Agent, typed: str, rings: str
) -> None:
    status, shown = maya.send("/desk/phone", extension=typed)

    assert status == 200
    assert rings in shown
    assert rings in maya.get("/desk/phone")


def test_an_agent_answers_in_their_own_browser(with_browser: Told, maya: Agent) -> None:
    mine = maya.client.get("/desk/phone/token").json()["identity"]

    _, shown = maya.send("/desk/phone", extension=f"client:{mine}")

    assert "Calls ring in this window" in shown


@pytest.mark.parametrize("typed", ["client:somebody", "911", "", "sip:", "a@b"])
def test_nobody_answers_as_somebody_else_or_nowhere(maya: Agent, typed: str) -> None:
    status, shown = maya.send("/desk/phone", extension=typed)

    assert status == 422
    assert "Give a number with its country code" in shown


def test_the_page_speaks_french(louis: Agent) -> None:
    assert "Mon téléphone" in louis.get("/desk/phone")


def test_a_file_that_is_not_there_stops_the_start() -> None:
    with pytest.raises(SettingWrong):
        environment.settings(TOWNLINE_VOICE_SDK="/nowhere/twilio.min.js")


def test_a_secret_that_can_be_guessed_stops_the_start() -> None:
    with pytest.raises(SettingWrong):
        environment.settings(TOWNLINE_TELEPHONY="riverton/avaya=short")


def test_systems_are_known_by_town_and_name() -> None:
    told = environment.settings(TOWNLINE_TELEPHONY=f"riverton/avaya={'s' * 32}")

    assert told.telephones.systems == {("riverton", "avaya"): "s" * 32}
