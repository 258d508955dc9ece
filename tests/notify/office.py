"""Riverton's worker and webhooks on this machine, and the carrier they talk to."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Event, Thread

from litestar import Litestar, Response
from litestar.di import Provide

import notify
from notify import Message, pump
from notify.carrier import (
    Bench,
    BenchPhone,
    CarrierConfig,
    NumberConfig,
    PhoneConfig,
    running_carrier,
)
from notify.pump import PATIENT, Patience
from notify.web import ROUTES, open_door
from tests.calls.exchange import listening, serving
from tests.environment import settings
from tests.notify.cast import ANA, DAN, RIVERTON_LINE, Place
from townline.clock import Clock, utc_now
from townline.db import Database, new_id
from townline.errors import Problem
from townline.settings import Settings
from townline.tenancy import town

SAINTE_AURORE_LINE = "+14185550100"
# Longer than anything takes on a busy machine: how soon, the bench says.
WAIT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Office:
    """What is promised here is sent by a real pump through the real SDKs."""

    place: Place
    bench: Bench
    settings: Settings

    @property
    def ana(self) -> BenchPhone:
        return self.bench.phone(ANA)

    @property
    def dan(self) -> BenchPhone:
        return self.bench.phone(DAN)

    def promise(self, *messages: Message) -> Message:
        """Due now, in one group, level 1 with a hint; return the first as promised."""
        now = utc_now()
        group = new_id()
        fenced = [replace(each, group=group, due_at=now) for each in messages]
        with town(self.place.database, self.place.tenant_id) as db:
            notify.open_fence(db, group)
            notify.promise_all(db, fenced, at=now)
        return fenced[0]

    def accepted(self, channel: str = "sms") -> int:
        """How many the carrier took, by its own account."""
        taken = [each for each in self.bench.log() if each.what == "accepted"]
        return len([each for each in taken if each.channel == channel])


def application(settings: Settings, database: Database) -> Litestar:
    def given(value: object) -> Provide:
        return Provide(lambda: value, sync_to_thread=False, use_cache=False)

    def refuse(_: object, problem: Problem) -> Response[str]:
        return Response(str(problem), status_code=problem.status_code)

    app = Litestar(
        ROUTES,
        dependencies={
            "engine": given(database),
            "settings": given(settings),
            "clock": given(utc_now),
        },
        exception_handlers={Problem: refuse},
        openapi_config=None,
    )
    open_door(app, engine=database, settings=settings, clock=utc_now)
    return app


def settings_for(public_url: str, carrier: CarrierConfig, engine_url: str) -> Settings:
    return settings(
        TOWNLINE_ENGINE_URL=engine_url,
        TOWNLINE_PUBLIC_URL=public_url,
        TWILIO_ACCOUNT_SID=carrier.account_sid,
        TWILIO_AUTH_TOKEN=carrier.auth_token,
        TWILIO_BASE_URL=carrier.base_url,
        SENDGRID_API_KEY=carrier.sendgrid_key,
        SENDGRID_WEBHOOK_KEY=carrier.event_public_key,
        SENDGRID_BASE_URL=carrier.base_url,
    )


@contextmanager
def staffed_office(database: Database) -> Iterator[tuple[Bench, Settings]]:
    """The webhooks and the carrier, for as long as the tests last."""
    with listening() as (door, public_url):
        config = CarrierConfig(
            account_sid="AC" + "5" * 32,
            auth_token="a-token-of-the-bench",
            sendgrid_key="SG.key",
            numbers=(_line(RIVERTON_LINE, public_url),),
            people=(
                PhoneConfig(number=ANA, name="Ana Ruiz"),
                PhoneConfig(number=DAN, name="Dan Ortiz"),
            ),
            inbound_mail_url=f"{public_url}/hooks/sendgrid/inbound",
            event_url=f"{public_url}/hooks/sendgrid/events",
        )
        with running_carrier(config) as carrier:
            settings = settings_for(public_url, carrier.config, database.url)
            with serving(application(settings, database), door):
                yield carrier.bench, settings


@contextmanager
def pumping(
    database: Database,
    settings: Settings,
    *,
    clock: Clock = utc_now,
    patience: Patience = PATIENT,
) -> Iterator[None]:
    """One worker's pump, in a thread with a loop of its own."""
    ready, ended = Event(), Event()
    stop: list[Callable[[], object]] = []

    async def work() -> None:
        stopping, loop = asyncio.Event(), asyncio.get_running_loop()
        stop.append(lambda: loop.call_soon_threadsafe(stopping.set))
        ready.set()
        await pump.run(
            database, settings, clock=clock, stopping=stopping, patience=patience
        )
        ended.set()

    thread = Thread(target=asyncio.run, args=(work(),), daemon=True)
    thread.start()
    ready.wait(WAIT_SECONDS)
    try:
        yield
    finally:
        stop[0]()
        thread.join(WAIT_SECONDS)
        assert ended.is_set(), "the pump did not stop cleanly"


def until(happened: Callable[[], bool], *, seconds: float = WAIT_SECONDS) -> None:
    """Wait for another thread's work to be seen."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


def _line(number: str, public_url: str) -> NumberConfig:
    return NumberConfig(
        number=number, label=number, sms_url=f"{public_url}/hooks/twilio/sms"
    )
