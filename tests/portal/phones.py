"""Phones of crews and residents: their pages as one application, and their links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from uuid import UUID

from httpx import Response
from litestar import Litestar
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.middleware import DefineMiddleware
from litestar.testing import TestClient
from PIL import Image

import escalation
import notify
import portal.crew.web
import portal.resident.web
import surveys
import tickets
from notify.channels.recording import RecordingCarrier
from tests.environment import SECRET, settings
from tickets import Caller, Intake, Ticket
from townline.clock import Clock
from townline.db import Database, new_id
from townline.errors import Problem
from townline.proof import Actor, timeline
from townline.tenancy import TenantSession, town
from townline.web import Envelope
from townline.web.pages import templates
from townline.web.refusals import show_http_problem, show_problem

AGENT = Actor("agent", "Maya Okafor")
JUNE = Caller(name="June Hall", phone="+13125550171", tell_by="sms")
DAN, ANA = "+13125550112", "+13125550161"
LINK = re.compile(r"/[rs]/\w+/[\w-]+")
# As in the product: a photo from a phone, and the form around it.
LARGEST_BODY = 12_000_000

SETTINGS = settings()
DESK = notify.Desk(
    secret=SECRET,
    public_url=SETTINGS.public_url,
    mail_sender="relay@townline.example",
    rates=notify.NO_LIMITS,
)


@dataclass(slots=True)
class Street:
    """Everybody with a phone in both towns, and the time of day."""

    client: TestClient[Litestar]
    database: Database
    engine: Database
    towns: dict[str, UUID]
    at: datetime

    def get(self, address: str, language: str = "en") -> Response:
        wish = {"accept-language": language, "accept": "text/html"}
        return self.client.get(address, headers=wish)

    def post(self, address: str, **form: str) -> Response:
        return self.client.post(address, data=form)

    def send(
        self, address: str, *, photo: bytes | None = None, **form: str
    ) -> Response:
        """As a browser sends a form with a file field, chosen or not."""
        name = "" if photo is None else "camera.jpg"
        attached = {"photo": (name, photo or b"", "image/jpeg")}
        return self.client.post(address, data=form, files=attached)

    @contextmanager
    def town(self, slug: str = "riverton") -> Iterator[TenantSession]:
        with town(self.database, self.towns[slug]) as db:
            yield db

    def report(
        self,
        slug: str = "riverton",
        *,
        category: str = "water-main-break",
        place: str = "402 Elm St",
        caller: Caller = JUNE,
        words: str = "",
    ) -> Ticket:
        intake = Intake(
            client_key=new_id(),
            category=category,
            channel="phone",
            caller=caller,
            place=place,
            words=words,
            answers={"flow": "stream", "cars": "yes"},
        )
        with self.town(slug) as db:
            return tickets.open(db, intake, at=self.at, by=AGENT)

    def relayed(self) -> dict[str, str]:
        """Who is told what is due by now: number to the link in the text."""
        escalation.tick(self.engine, at=self.at)
        carrier = RecordingCarrier()
        notify.send_due(self.engine, carrier.everywhere(), at=self.at, desk=DESK)
        return {
            each.theirs: link[0]
            for each in carrier.sent
            if each.channel == "sms" and (link := LINK.search(each.body))
        }

    def happened(self, ticket: Ticket) -> list[str]:
        with town(self.database, ticket.tenant_id) as db:
            return [entry.event for entry in timeline(db, ticket.id)]


def picture() -> bytes:
    """What a phone's camera would send, but smaller."""
    drawn = BytesIO()
    Image.new("RGB", (8, 8), "brown").save(drawn, "JPEG")
    return drawn.getvalue()


@contextmanager
def street(
    database: Database, engine: Database, towns: dict[str, UUID], *, at: datetime
) -> Iterator[Street]:
    tickets.WATCHERS[:] = [escalation.TicketWatcher(), surveys.TicketWatcher()]
    notify.LISTENERS["relay"] = escalation.RelayListener()
    notify.LISTENERS["news"] = surveys.NewsListener()
    phones = Street(TestClient(Litestar()), database, engine, towns, at)
    app = _application(database, lambda: phones.at)
    with TestClient(app) as phones.client:
        yield phones


def _application(database: Database, clock: Clock) -> Litestar:
    return Litestar(
        [*portal.crew.web.ROUTES, *portal.resident.web.ROUTES],
        dependencies={
            "database": _given(database),
            "settings": _given(SETTINGS),
            "clock": _given(clock),
        },
        middleware=[DefineMiddleware(Envelope, database=database, clock=clock)],
        template_config=templates(assets="tests"),
        exception_handlers={Problem: show_problem, HTTPException: show_http_problem},
        openapi_config=None,
        request_max_body_size=LARGEST_BODY,
    )


def _given(value: object) -> Provide:
    return Provide(lambda: value, sync_to_thread=False)
