"""Another telephone system drives the same desk: signed, repeated, out of order."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest
from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient

import calls
from calls import Call
from calls.elsewhere import service
from calls.elsewhere.signing import is_genuine, signature
from tests.accounts import quickly_opened
from tests.calls.cast import HELEN, RIVERTON_LINE, SAINTE_AURORE_LINE, settings
from tests.calls.conftest import application
from tests.conftest import NIGHT
from townline import auth
from townline.auth import Person
from townline.db import Database
from townline.errors import NotFound
from townline.settings import Settings
from townline.telephones import Telephones
from townline.tenancy import TenantSession

SECRET = "s" * 32
NOW = str(int(NIGHT.timestamp()))
DESK_PHONE = "4711"


def knowing(told: Settings) -> Settings:
    systems = {("riverton", "avaya"): SECRET}
    return replace(told, telephones=Telephones(systems=systems))


@dataclass(frozen=True, slots=True)
class Pbx:
    """Riverton's own telephone system, and its end of the hook."""

    client: TestClient[Litestar]

    def tells(self, event: str, *, id: str = "", **changes: str) -> Response:
        told = {
            "event_id": id or event,
            "event": event,
            "call": "77",
            "line": RIVERTON_LINE,
            "caller": HELEN,
        }
        return self.posts("", told | changes)

    def posts(
        self, path: str, told: Mapping[str, Any], *, secret: str = SECRET, at: str = NOW
    ) -> Response:
        body = json.dumps(told).encode()
        return self.client.post(
            f"/hooks/telephony/riverton{path}",
            content=body,
            headers=self.signed(body, secret, at),
        )

    def asks(self) -> list[dict[str, Any]]:
        headers = self.signed(b"", SECRET, NOW)
        answer = self.client.get("/hooks/telephony/riverton/calls", headers=headers)
        found: list[dict[str, Any]] = answer.json()
        return found

    @staticmethod
    def signed(body: bytes, secret: str, at: str) -> dict[str, str]:
        return {
            "x-townline-system": "avaya",
            "x-townline-timestamp": at,
            "x-townline-signature": signature(secret, at, body),
            "content-type": "application/json",
        }


@pytest.fixture
def pbx(engine_database: Database, clean: None) -> Iterator[Pbx]:
    told = knowing(settings())
    app = application(engine_database, told=told, clock=lambda: NIGHT)
    with TestClient(app) as client:
        yield Pbx(client)


@pytest.fixture
def maya(database: Database, riverton: TenantSession, pbx: Pbx) -> Person:
    """She answers at extension 4711."""
    with database.everybody() as session:
        account = quickly_opened(
            session,
            "maya@townline.example",
            name="Maya Okafor",
            password="night-and-day",
            extension=DESK_PHONE,
        )
    auth.grant(riverton, account.id, role="agent", at=NIGHT)
    riverton.session.commit()
    return Person(
        account_id=account.id,
        name=account.name,
        email=account.email,
        language=None,
        extension=DESK_PHONE,
        roles={riverton.tenant_id: "agent"},
    )


def the_call(db: TenantSession) -> Call:
    db.session.rollback()
    return db.session.scalars(
        db.rows(Call).execution_options(populate_existing=True)
    ).one()


def test_a_call_of_another_system_waits_like_all_others(
    pbx: Pbx, riverton: TenantSession
) -> None:
    assert pbx.tells("ringing").json() == {"news": True}

    call = the_call(riverton)
    assert (call.provider, call.caller, call.queued_at) == ("avaya", HELEN, NIGHT)


def test_an_event_is_taken_in_once(pbx: Pbx, riverton: TenantSession) -> None:
    pbx.tells("ringing")

    assert pbx.tells("ringing").json() == {"news": False}
    assert the_call(riverton).sid == "avaya:77"


def test_whoever_claims_at_the_desk_is_rung_by_the_system(
    pbx: Pbx, riverton: TenantSession, maya: Person
) -> None:
    pbx.tells("ringing")
    calls.claim(riverton, the_call(riverton).id, by=maya, at=NIGHT)
    riverton.session.commit()

    [asked] = pbx.asks()
    assert (asked["call"], asked["claimed_by"]) == ("77", DESK_PHONE)
    pbx.tells("answered", agent=DESK_PHONE)

    call = the_call(riverton)
    assert (call.claimed_by, call.connected_at) == (maya.account_id, NIGHT)


def test_an_agent_takes_it_on_their_own_telephone(
    pbx: Pbx, riverton: TenantSession, maya: Person
) -> None:
    pbx.tells("ringing")

    for _ in "ab":
        taken = pbx.posts("/calls/77/take", {"extension": DESK_PHONE})
        assert taken.status_code == 200

    assert the_call(riverton).connected_at == NIGHT


def test_a_claim_is_given_back(pbx: Pbx, riverton: TenantSession, maya: Person) -> None:
    pbx.tells("ringing")
    pbx.posts("/calls/77/claim", {"extension": DESK_PHONE})

    pbx.posts("/calls/77/release", {})

    assert the_call(riverton).claimed_by is None


def test_a_call_answered_at_no_desk_waits_no_more(
    pbx: Pbx, riverton: TenantSession
) -> None:
    pbx.tells("ringing")

    pbx.tells("claimed_elsewhere", agent="town hall")

    call = the_call(riverton)
    assert (call.claimed_by, call.claimed_by_name) == (None, "town hall")
    assert call.connected_at == NIGHT


@pytest.mark.parametrize(
    "order", list(permutations(("ringing", "released", "abandoned"))), ids="-".join
)
def test_in_whatever_order_it_is_told_an_end_is_an_end(
    pbx: Pbx, riverton: TenantSession, order: tuple[str, ...]
) -> None:
    for event in (*order, *order):
        assert pbx.tells(event).status_code == 200

    call = the_call(riverton)
    assert (call.ended_at, call.connected_at) == (NIGHT, None)


@pytest.mark.parametrize(
    ("secret", "at"),
    [
        pytest.param("x" * 32, NOW, id="another's secret"),
        pytest.param(SECRET, str(int(NOW) - 301), id="too old"),
        pytest.param(SECRET, str(int(NOW) + 301), id="from the future"),
        pytest.param(SECRET, "yesterday", id="no time at all"),
    ],
)
def test_only_the_system_itself_is_heard_and_only_now(
    pbx: Pbx, secret: str, at: str
) -> None:
    assert pbx.posts("", {}, secret=secret, at=at).status_code == 403


def test_a_system_speaks_for_its_own_town_only(pbx: Pbx) -> None:
    body = b"{}"
    headers = pbx.signed(body, SECRET, NOW)

    answer = pbx.client.post(
        "/hooks/telephony/sainte-aurore", content=body, headers=headers
    )

    assert answer.status_code == 403
    assert pbx.tells("ringing", line=SAINTE_AURORE_LINE).status_code == 422


def test_a_town_cannot_claim_anothers_call(
    pbx: Pbx,
    riverton: TenantSession,
    sainte_aurore: TenantSession,
    maya: Person,
    towns: dict[str, UUID],
) -> None:
    pbx.tells("ringing")

    for act in (
        lambda: service.claim_for(
            sainte_aurore, "avaya", "77", extension=DESK_PHONE, at=NIGHT
        ),
        lambda: service.take_for(
            sainte_aurore, "avaya", "77", extension=DESK_PHONE, at=NIGHT
        ),
        lambda: service.release_for(sainte_aurore, "avaya", "77", at=NIGHT),
    ):
        with pytest.raises(NotFound):
            act()
    assert pbx.posts("/calls/78/claim", {"extension": DESK_PHONE}).status_code == 404


def test_what_is_not_understood_is_refused(pbx: Pbx) -> None:
    assert pbx.tells("exploded").status_code == 422
    assert pbx.tells("ringing", unknown="field").status_code == 422


def test_another_body_has_another_signature() -> None:
    headers = Pbx.signed(b"one", SECRET, NOW)

    assert is_genuine(SECRET, headers, b"one", at=NIGHT)
    assert not is_genuine(SECRET, headers, b"two", at=NIGHT)
