"""A sender that is out of order stands on the board of whoever serves its town."""

from __future__ import annotations

import pytest

from notify.rules.circuits import IN_A_ROW, Heard
from notify.rules.routing import Way
from notify.service import circuits
from notify.service.circuits import Word
from tests.conftest import NIGHT
from tests.portal.desk.cast import Agent
from townline.tenancy import TenantSession

SENDER = Way("twilio", "+13125550100")


def shut(db: TenantSession, *, code: str = "") -> None:
    heard = Heard(NIGHT, ok=False, refused_for=code)
    words = [Word(channel="sms", way=SENDER, heard=heard)] * IN_A_ROW
    circuits.note(db, words, at=NIGHT)
    db.session.commit()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        pytest.param("30034", "Refused with 30034. Call operations", id="refused"),
        pytest.param("", "It keeps failing.", id="failing"),
    ],
)
def test_supervisors_see_which_sender_is_out_of_order_and_why(
    riverton: TenantSession, maya: Agent, code: str, said: str
) -> None:
    shut(riverton, code=code)

    page = maya.get("/desk")

    assert "Texts from (312) 555-0100 do not go out" in page
    assert said in page


def test_it_is_said_in_french_too(riverton: TenantSession, louis: Agent) -> None:
    shut(riverton, code="30034")

    assert "Appelez l’exploitation" in louis.get("/desk")


def test_a_sender_that_works_again_is_gone(
    riverton: TenantSession, maya: Agent
) -> None:
    shut(riverton)
    probed = NIGHT.replace(minute=50)
    circuits.take_probe(riverton, "sms", SENDER, at=probed)
    worked = Word(channel="sms", way=SENDER, heard=Heard(probed, ok=True))
    circuits.note(riverton, [worked], at=probed)
    riverton.session.commit()

    assert "do not go out" not in maya.get("/desk")


def test_another_towns_agents_see_nothing_of_it(
    sainte_aurore: TenantSession, tom: Agent
) -> None:
    shut(sainte_aurore, code="30034")

    assert "do not go out" not in tom.get("/desk")
