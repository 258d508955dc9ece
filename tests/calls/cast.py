"""Who rings, who answers, and the exchange between them, in the tests of calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4
from xml.etree import ElementTree

from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient

from notify.carrier.signing import twilio_signature
from tests import environment
from townline.auth import Person
from townline.settings import Settings

ACCOUNT = "AC" + "5" * 32
TOKEN = "a-token-of-the-bench"
PUBLIC_URL = "https://desk.townline.example"
RIVERTON_LINE, SAINTE_AURORE_LINE = "+13125550100", "+14185550100"
# The towns' second lines, which have menus.
WORKS_LINE, TRAVAUX_LINE = "+13125550101", "+14185550101"
HELEN, AGENT = "+13125550142", "+13125550190"
VOICE = "/hooks/twilio/voice"


def agent(name: str = "Maya Okafor", *towns: UUID) -> Person:
    return Person(
        account_id=uuid4(),
        name=name,
        email=f"{name.partition(' ')[0].lower()}@townline.example",
        language="en",
        extension=AGENT,
        roles=dict.fromkeys(towns, "agent"),
    )


def settings(*, public_url: str = PUBLIC_URL, base_url: str = "") -> Settings:
    return environment.settings(
        TOWNLINE_PUBLIC_URL=public_url,
        TWILIO_ACCOUNT_SID=ACCOUNT,
        TWILIO_AUTH_TOKEN=TOKEN,
        TWILIO_BASE_URL=base_url,
    )


@dataclass(frozen=True, slots=True)
class Switch:
    """The exchange's end of the voice webhooks: signs what it reports."""

    client: TestClient[Litestar]
    line: str = RIVERTON_LINE
    caller: str = HELEN
    sid: str = "CA1"

    def reports(self, path: str = "", **fields: str) -> Response:
        form = {"CallSid": self.sid, "To": self.line, "From": self.caller} | fields
        return self.posts(path, form, token=TOKEN)

    def posts(self, path: str, form: Mapping[str, str], *, token: str) -> Response:
        address = f"{PUBLIC_URL}{VOICE}{path}"
        signature = twilio_signature(token, address, form.items())
        return self.client.post(
            f"{VOICE}{path}",
            data=dict(form),
            headers={"x-twilio-signature": signature},
        )

    def hears(self, path: str = "", **fields: str) -> ElementTree.Element:
        answer = self.reports(path, **fields)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].startswith("text/xml")
        # What is read here was written by the application under test.
        return ElementTree.fromstring(answer.text)  # noqa: S314


def said(document: ElementTree.Element) -> list[tuple[str, str]]:
    """Each sentence with the language it is to be pronounced in."""
    return [
        (each.get("language", ""), each.text or "") for each in document.iter("Say")
    ]
