"""Riverton with senders of its own, the carrier that has them, and a mail server."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Event, Thread

from sqlalchemy import Engine, text

import notify
import tenants
from notify import Message, looking, sending
from notify.carrier import (
    Bench,
    CarrierConfig,
    NumberConfig,
    PhoneConfig,
    ServiceConfig,
    running_carrier,
)
from notify.channels.real import open_carriers
from notify.sending import REHEARSAL
from tenants import examples
from tests.notify.cast import ANA, DAN, NIGHT, RIVERTON_LINE, Place
from tests.notify.office import settings_for
from townline.db import Database
from townline.settings import Settings, Smtp
from townline.tenancy import town

SECOND_LINE = "+13125550101"
SERVICE = "MG" + "1" * 32
PUBLIC = "https://townline.example"

TWO_SENDERS = f'\n[sending]\nsecond_sender = "{SECOND_LINE}"\n'
WITH_SERVICE = (
    f'\n[sending]\nmessaging_service = "{SERVICE}"\nsender = "{RIVERTON_LINE}"\n'
)


@dataclass(slots=True)
class PostOffice:
    """A mail server in a thread; ``greeting`` other than 220 turns everybody away."""

    greeting: str = "220 ready"
    letters: list[str] = field(default_factory=list)
    port: int = 0

    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        writer.write(f"{self.greeting}\r\n".encode())
        while self.greeting.startswith("220"):
            line = (await reader.readline()).decode().strip()
            if line in {"", "QUIT"}:
                break
            if line == "DATA":
                writer.write(b"354 go on\r\n")
                letter = await reader.readuntil(b"\r\n.\r\n")
                self.letters.append(letter.decode())
            writer.write(b"250 fine\r\n")
        writer.close()
        await writer.wait_closed()

    @contextmanager
    def open(self) -> Iterator[PostOffice]:
        ready = Event()
        stop: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

        async def run() -> None:
            closing = asyncio.Event()
            stop.append((asyncio.get_running_loop(), closing))
            server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
            self.port = server.sockets[0].getsockname()[1]
            ready.set()
            async with server:
                await closing.wait()

        thread = Thread(target=asyncio.run, args=(run(),), daemon=True)
        thread.start()
        ready.wait(5)
        try:
            yield self
        finally:
            loop, closing = stop[0]
            loop.call_soon_threadsafe(closing.set)
            thread.join(5)


@dataclass(frozen=True, slots=True)
class Clerk:
    """Sends what is due at an instant of our choosing, through the real SDKs."""

    place: Place
    bench: Bench
    settings: Settings

    def send(self, *seconds: float) -> None:
        """One pass at each of these seconds into the night."""
        for each in seconds:
            asyncio.run(self._pass(NIGHT + timedelta(seconds=each)))

    async def _pass(self, at: datetime) -> None:
        database, tenant_id = self.place.database, self.place.tenant_id
        providers = self.settings.mail_providers
        desk = replace(REHEARSAL, mail_providers=providers)
        async with open_carriers(self.settings) as carriers:
            sending.tidy(database, tenant_id, dead=(), at=at)
            await looking.look(database, carriers, tenant_id, at=at)
            for lane in (1, 2):
                claimed = sending.claim_due(database, desk, lane=lane, room=64, at=at)
                outcomes = await asyncio.gather(
                    *(sending.deliver(carriers, each) for each in claimed)
                )
                for batch in sending.batches(outcomes):
                    sending.write_down(database, batch, at=at)

    def promise(self, *messages: Message) -> None:
        self.place.promise(*messages)

    def taken(self, channel: str = "sms") -> list[str]:
        """The senders of what the carrier took, by its own account, in order."""
        return [
            each.sender
            for each in self.bench.log()
            if each.what == "accepted" and each.channel == channel
        ]

    def with_server(self, server: PostOffice) -> Clerk:
        smtp = Smtp(host="127.0.0.1", port=server.port, security="none")
        both = replace(self.settings, smtp=smtp, mail_providers=("sendgrid", "smtp"))
        return replace(self, settings=both)


@contextmanager
def carrier_of_riverton(database: Database) -> Iterator[tuple[Bench, Settings]]:
    lines = (RIVERTON_LINE, SECOND_LINE)
    config = CarrierConfig(
        account_sid="AC" + "5" * 32,
        auth_token="a-token-of-the-bench",
        sendgrid_key="SG.key",
        numbers=tuple(NumberConfig(number=each, label=each) for each in lines),
        services=(ServiceConfig(sid=SERVICE, numbers=(SECOND_LINE,)),),
        people=(
            PhoneConfig(number=ANA, name="Ana Ruiz"),
            PhoneConfig(number=DAN, name="Dan Ortiz", line_type="landline"),
        ),
    )
    with running_carrier(config) as carrier:
        yield carrier.bench, settings_for(PUBLIC, carrier.config, database.url)


@contextmanager
def published(place: Place, sweeper: Engine, sending_table: str) -> Iterator[None]:
    """Riverton's file with these senders, for as long as a story wants it."""
    document = examples.text("riverton") + sending_table
    with place.database.everybody() as session:
        tenants.import_town(
            session, document, author="tests", reason="senders", at=NIGHT
        )
    try:
        yield
    finally:
        with sweeper.begin() as connection:
            connection.execute(text("set local session_replication_role = replica"))
            connection.execute(text("delete from town_version where number > 1"))


def hear(place: Place, body: str, *, ours: str, theirs: str = ANA) -> str:
    incoming = notify.IncomingText(ours=ours, theirs=theirs, body=body)
    with town(place.database, place.tenant_id) as db:
        return notify.hear(db, incoming, at=NIGHT + timedelta(minutes=5))
