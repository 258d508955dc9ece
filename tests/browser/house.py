"""The whole product on this machine: web, worker and carrier, in threads of their own.

Everything is as the entrypoints set it up, but for the hour: a story moves that on by
itself, and with it does at once what a worker would have done in between.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import Event, Thread
from uuid import UUID

from sqlalchemy import text

from notify import pump
from notify.carrier import (
    Bench,
    CarrierConfig,
    NumberConfig,
    PhoneConfig,
    running_carrier,
)
from tenants.town import Town
from tests.browser.clock import NightClock
from tests.calls.exchange import listening, serving
from tests.notify.office import settings_for, until
from tests.plugs import plugged
from tests.tenants.example_towns import TOWNS
from townline import tenancy
from townline.db import Database
from townline.entrypoints import seed
from townline.entrypoints.app import create_app
from townline.entrypoints.carrier import RESIDENTS
from townline.entrypoints.worker import RECURRING
from townline.settings import Settings
from townline.tenancy import TenantSession

STOPS_WITHIN = 10.0
# What a worker has in its hands, could take into them, or waits to hear of.
UNDER_WAY = """
select (select count(*) from notification
        where state = 'sending' or state = 'pending' and due_at <= :at and lane < 3
        or state in ('accepted', 'sent') and channel <> 'voice')
     + (select count(*) from hang_up where done_at is null)
     + (select count(*) from provider_event where applied_at is null)
"""
OVERDUE = "select count(*) from timer where state = 'due' and due_at <= :at"
RINGING = """
select count(*) from notification
where channel = 'voice' and state in ('accepted', 'sent')
"""


@dataclass(frozen=True, slots=True)
class House:
    """``public_url`` is where browsers go, ``bench`` has everybody's telephones."""

    public_url: str
    bench: Bench
    settings: Settings
    clock: NightClock
    engine: Database
    towns: dict[str, UUID]

    def later(self, **time: float) -> None:
        """Let time pass: first what is under way ends, then what fell due is done."""
        self.rest()
        self.clock.move(timedelta(**time))
        until(self._caught_up, seconds=10)

    def rest(self) -> None:
        """Until everything due has been sent, reported and written down."""
        until(lambda: not self._count(UNDER_WAY), seconds=10)

    def hear_back(self) -> None:
        """Until the end of every call to the crew has been reported."""
        until(lambda: not self._count(RINGING))

    @contextmanager
    def town(self, slug: str) -> Iterator[TenantSession]:
        with tenancy.town(self.engine, self.towns[slug]) as db:
            yield db

    def _caught_up(self) -> bool:
        """One tick of the worker; a run that is being answered waits for the next."""
        for job, _ in RECURRING:
            job(self.engine, at=self.clock())
        return not self._count(OVERDUE)

    def _count(self, statement: str) -> int:
        with self.engine.everybody() as session:
            return session.scalar(text(statement), {"at": self.clock()}) or 0


@contextmanager
def standing(
    database: Database, engine: Database, towns: dict[str, UUID]
) -> Iterator[House]:
    """Web and carrier, for as long as the tests last; nothing is sent yet."""
    clock = NightClock()
    with (
        listening() as (door, public_url),
        running_carrier(wired(public_url)) as phones,
    ):
        settings = settings_for(public_url, phones.config, engine.url)
        with plugged():
            app = create_app(settings, database=database, engine=engine, clock=clock)
        with serving(app, door):
            yield House(public_url, phones.bench, settings, clock, engine, towns)


@contextmanager
def working(house: House) -> Iterator[None]:
    """A worker's pump. Its recurring jobs are done by ``House.later``."""
    ready, ended = Event(), Event()
    stop: list[Callable[[], object]] = []

    async def work() -> None:
        stopping, loop = asyncio.Event(), asyncio.get_running_loop()
        stop.append(lambda: loop.call_soon_threadsafe(stopping.set))
        ready.set()
        await pump.run(
            house.engine, house.settings, clock=house.clock, stopping=stopping
        )
        ended.set()

    thread = Thread(target=asyncio.run, args=(work(),), daemon=True)
    thread.start()
    ready.wait(STOPS_WITHIN)
    try:
        yield
    finally:
        stop[0]()
        thread.join(STOPS_WITHIN)
        assert ended.is_set(), "the worker did not stop cleanly"


def wired(public_url: str) -> CarrierConfig:
    """The towns' lines and free ones; telephones of crews, agents and residents."""
    lines = [
        _line(line.number, town.slug, public_url)
        for town in TOWNS.values()
        for line in town.lines
    ]
    free = [_line(number, "free", public_url) for number in seed.FREE_LINES]
    crews = {each.number: each for town in TOWNS.values() for each in _crew(town)}
    return CarrierConfig(
        account_sid="AC" + "5" * 32,
        auth_token="a-token-of-the-bench",
        sendgrid_key="SG.key",
        numbers=(*lines, *free),
        people=(*crews.values(), *_agents(), *RESIDENTS),
        inbound_mail_url=f"{public_url}/hooks/sendgrid/inbound",
        event_url=f"{public_url}/hooks/sendgrid/events",
    )


def _line(number: str, label: str, public_url: str) -> NumberConfig:
    return NumberConfig(
        number=number,
        label=label,
        voice_url=f"{public_url}/hooks/twilio/voice",
        sms_url=f"{public_url}/hooks/twilio/sms",
        status_url=f"{public_url}/hooks/twilio/voice/status",
    )


def _crew(town: Town) -> Iterator[PhoneConfig]:
    for contact in town.contacts:
        if contact.mobile:
            yield PhoneConfig(number=contact.mobile, name=contact.name)
        if contact.landline:
            landline = PhoneConfig(number=contact.landline, name=contact.name)
            yield replace(landline, line_type="landline")


def _agents() -> Iterator[PhoneConfig]:
    for person in seed.PEOPLE:
        if person.extension:
            yield PhoneConfig(
                number=person.extension, name=person.name, auto_answer=True
            )
