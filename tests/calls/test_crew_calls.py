"""A crew that calls the town hears what it is being asked, and answers by key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urldefrag
from uuid import UUID
from xml.etree import ElementTree

import pytest
from litestar.testing import TestClient

import notify
from calls import Call
from notify import Recipient
from notify.channels.recording import RecordingCarrier
from tests.calls.cast import SAINTE_AURORE_LINE, VOICE, Switch, settings
from tests.calls.conftest import application
from tests.notify.cast import ANA, NIGHT, Ear, Place, after, relay
from townline.clock import utc_now
from townline.db import Database
from townline.tenancy import town

SECOND = {"key": "run/2/0/ana/sms", "level": 3}


@dataclass(slots=True)
class Caller:
    """A phone on the line: what it hears, and the key it presses next."""

    switch: Switch
    document: ElementTree.Element | None = None

    def ring(self) -> str:
        self.document = self.switch.hears()
        return self.heard()

    def press(self, digit: str) -> str:
        assert self.document is not None
        gather = self.document.find("Gather")
        assert gather is not None
        said = self._go(gather.get("action", ""), Digits=digit)
        while (led := self._redirect()) and not self._gathers():
            said = f"{said} {self._go(led)}"
        return said.strip()

    def wait(self) -> str:
        """Press nothing at all."""
        led = self._redirect()
        assert led
        return self._go(led)

    def heard(self) -> str:
        assert self.document is not None
        return " ".join(each.text or "" for each in self.document.iter("Say"))

    def _go(self, address: str, **fields: str) -> str:
        path = urldefrag(address).url.removeprefix(VOICE)
        self.document = self.switch.hears(path, **fields)
        return self.heard()

    def _redirect(self) -> str | None:
        assert self.document is not None
        found = self.document.find("Redirect")
        return found.text if found is not None else None

    def _gathers(self) -> bool:
        return self.document is not None and self.document.find("Gather") is not None


@pytest.fixture
def ear() -> Ear:
    ear = Ear()
    notify.LISTENERS["relay"] = ear
    return ear


@pytest.fixture
def rivertown(engine_database: Database, towns: dict[str, UUID], clean: None) -> Place:
    return Place(engine_database, towns["riverton"])


@pytest.fixture
def aurore(engine_database: Database, towns: dict[str, UUID], clean: None) -> Place:
    return Place(engine_database, towns["sainte-aurore"])


@pytest.fixture
def ana(engine_database: Database, clean: None) -> Iterator[Caller]:
    """Ana's phone, which calls Riverton."""
    app = application(engine_database, told=settings(), clock=utc_now)
    with TestClient(app) as client:
        yield Caller(Switch(client, caller=ANA))


def send(place: Place) -> None:
    notify.send_due(place.database, RecordingCarrier().everywhere(), at=NIGHT)


def test_one_open_ticket_is_read_at_once_and_taken_with_a_key(
    rivertown: Place, ana: Caller, ear: Ear
) -> None:
    rivertown.promise(relay())
    send(rivertown)

    heard = ana.ring()
    said = ana.press("1")

    assert heard.startswith(
        "You have 1 open ticket. Level 1. Elm St and 4th Ave. Water Main Break."
    )
    assert "Press 0 to speak to the desk." in heard
    assert said.startswith("accept: 41")
    assert ear.answers == [("Ana Ruiz", "accept", "voice")]
    assert "relay.answered_by_person" in rivertown.log()


def test_several_are_offered_the_most_urgent_first(
    rivertown: Place, ana: Caller, ear: Ear
) -> None:
    rivertown.promise(relay(**SECOND))
    rivertown.promise(relay())
    send(rivertown)

    heard = ana.ring()
    about = ana.press("2")
    said = ana.press("1")

    assert heard.startswith(
        "You have 2 open tickets. Press 1 for level 1, Elm St and 4th Ave."
        " Press 2 for level 3, Elm St and 4th Ave. Press 0 to speak to the desk."
    )
    assert about.startswith("Level 3. Elm St and 4th Ave.")
    # What was answered is offered no more; the other still is.
    assert "You have 1 open ticket. Level 1." in said
    assert ear.answers == [("Ana Ruiz", "accept", "voice")]


def test_i8_a_key_means_what_it_stood_for_when_it_was_offered(
    rivertown: Place, ana: Caller, ear: Ear
) -> None:
    urgent = rivertown.promise(relay())
    rivertown.promise(relay(**SECOND))
    send(rivertown)
    ana.ring()

    rivertown.accept(urgent, by="Dan Ortiz", at=after(30))
    heard = ana.press("1")

    # The first is gone: the second has not moved up to its key.
    assert "You have 1 open ticket. Level 3." in heard
    assert ear.answers == []


def test_nine_says_it_again_and_two_declines(
    rivertown: Place, ana: Caller, ear: Ear
) -> None:
    rivertown.promise(relay())
    send(rivertown)
    ana.ring()

    again = ana.press("9")
    ana.press("2")

    assert again.startswith("Level 1. Elm St and 4th Ave.")
    assert ear.answers == [("Ana Ruiz", "decline", "voice")]


@pytest.mark.parametrize("way", ["0", ""], ids=["pressing zero", "pressing nothing"])
def test_the_desk_is_always_there(
    rivertown: Place, ana: Caller, ear: Ear, way: str
) -> None:
    rivertown.promise(relay())
    send(rivertown)
    ana.ring()

    said = ana.press(way) if way else ana.wait()

    assert "City of Riverton" in said
    assert ana.document is not None
    assert ana.document.find("Enqueue") is not None
    with town(rivertown.database, rivertown.tenant_id) as db:
        call = db.session.scalars(db.rows(Call)).one()
    assert (call.caller, call.language) == (ANA, "en")
    assert ear.answers == []


def test_a_crew_that_is_asked_nothing_is_a_caller_like_any_other(
    rivertown: Place, ana: Caller, ear: Ear
) -> None:
    group = rivertown.promise(relay())
    send(rivertown)
    rivertown.accept(group, by="Ana Ruiz", at=after(30))

    heard = ana.ring()

    assert heard.startswith("City of Riverton.")


def test_a_call_that_never_stood_in_line_ends_without_a_fault(
    rivertown: Place, ana: Caller, ear: Ear
) -> None:
    rivertown.promise(relay())
    send(rivertown)
    ana.ring()

    ended = ana.switch.reports("/status", CallStatus="completed")

    assert ended.status_code == 204


def test_it_is_said_in_the_crews_language(
    rivertown: Place, ana: Caller, ear: Ear
) -> None:
    french = Recipient("contact", "ana-ruiz", "Ana Ruiz", "fr")
    rivertown.promise(relay(to=french), relay(to=french, key="other"))
    rivertown.promise(relay(to=french, **SECOND))
    send(rivertown)

    heard = ana.ring()

    assert heard.startswith(
        "Vous avez 2 demandes en attente. Faites le 1 pour le niveau 1,"
    )
    assert "Faites le 0 pour parler au bureau." in heard


def test_i19_a_phone_of_two_towns_hears_only_what_the_called_town_asks(
    rivertown: Place, aurore: Place, ana: Caller, ear: Ear
) -> None:
    rivertown.promise(relay())
    aurore.promise(relay(to=Recipient("contact", "ana", "Ana of Aurore", "en")))
    send(rivertown)
    ana.switch = replace(ana.switch, line=SAINTE_AURORE_LINE)

    heard = ana.ring()
    ana.press("1")

    assert heard.startswith("You have 1 open ticket.")
    assert ear.answers == [("Ana of Aurore", "accept", "voice")]
    assert rivertown.states() == ["accepted"]


def test_i19_a_code_of_one_town_cannot_be_pressed_in_a_call_to_another(
    rivertown: Place, aurore: Place, ana: Caller, ear: Ear
) -> None:
    rivertown.promise(relay())
    send(rivertown)
    with town(rivertown.database, rivertown.tenant_id) as db:
        [asked] = notify.asked(db, ANA)
    elsewhere = replace(ana.switch, line=SAINTE_AURORE_LINE)

    answer = elsewhere.reports(f"/crew/{asked.code_id}/key", Digits="1")

    assert answer.status_code == 404
    assert ear.answers == []


def test_somebody_elses_phone_cannot_press_for_ana(
    rivertown: Place, ana: Caller, ear: Ear
) -> None:
    rivertown.promise(relay())
    send(rivertown)
    with town(rivertown.database, rivertown.tenant_id) as db:
        [asked] = notify.asked(db, ANA)
    stranger = replace(ana.switch, caller="+13125550199")

    answer = stranger.reports(f"/crew/{asked.code_id}/key", Digits="1")

    assert answer.status_code == 404
    assert ear.answers == []
