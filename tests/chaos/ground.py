"""Two towns on a PostgreSQL, a web and a carrier of their own, all on this machine."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen
from uuid import UUID

import tenants
from notify.carrier import (
    Bench,
    CarrierConfig,
    NumberConfig,
    PhoneConfig,
    running_carrier,
)
from tenants import examples
from tests.chaos.census import CENSUS
from tests.chaos.processes import free_port, launch, let_go
from townline import migrations
from townline.clock import utc_now
from townline.db import Database
from townline.embedded import EmbeddedPostgres
from townline.entrypoints.wiring import plug
from townline.roles import APP, ENGINE, RoleUrls, prepare

DATABASE = "townline_chaos"
READY_WITHIN = 60.0
# A receipt takes a moment, so that a worker can die between an answer and it.
RECEIPT_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Ground:
    """``env`` is what a worker process is started with."""

    folder: Path
    admin_url: str
    env: dict[str, str]
    bench: Bench
    app: Database
    towns: dict[str, UUID]

    def kill_postgres(self) -> None:
        """As a power cut would: nothing is flushed, nobody is told."""
        written = (self.folder / "server" / "data" / "postmaster.pid").read_text()
        os.kill(int(written.split()[0]), signal.SIGKILL)

    @contextmanager
    def postgres_again(self) -> Iterator[None]:
        """Recovered from its log, and kept until the end of the ``with``."""
        use = EmbeddedPostgres(self.folder / "server")
        use.start()
        try:
            yield
        finally:
            use.stop()


@contextmanager
def ground(*, history: int = 50_000) -> Iterator[Ground]:
    """Everything on default settings: a commit is on disk before it returns.

    ``history`` is how much the carrier remembers, and its witness with it.
    """
    plug()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="townline-chaos-")))
        # The server's user is another one, and passes through here.
        folder.chmod(0o711)
        server = stack.enter_context(EmbeddedPostgres(folder / "server"))
        urls = prepare(server.admin_url, DATABASE)
        migrations.upgrade(urls.owner)
        app = Database(urls.app, role=APP)
        stack.callback(app.dispose)
        towns = {slug: _import(urls, slug) for slug in examples.names()}
        web = free_port()
        public_url = f"http://127.0.0.1:{web}"
        carrier = stack.enter_context(running_carrier(_carrier(public_url, history)))
        env = _environment(urls, public_url, carrier.config)
        words = ["townline.entrypoints", "serve", "--port", str(web)]
        stack.callback(let_go, launch(words, env, folder / "web.log"))
        _await_web(public_url)
        admin_url = server.admin_url.replace("/postgres?", f"/{DATABASE}?")
        yield Ground(folder, admin_url, env, carrier.bench, app, towns)


def _import(urls: RoleUrls, slug: str) -> UUID:
    engine = Database(urls.engine, role=ENGINE, connections=1)
    try:
        with engine.everybody() as session:
            published = tenants.import_town(
                session, examples.text(slug), author="chaos", reason="", at=utc_now()
            )
            return published.tenant_id
    finally:
        engine.dispose()


def _await_web(public_url: str) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        with suppress(OSError), urlopen(f"{public_url}/health/ready", timeout=2):  # noqa: S310 - our own address
            return
        time.sleep(0.1)
    raise TimeoutError("The web did not begin; see web.log.")


def _carrier(public_url: str, history: int) -> CarrierConfig:
    return CarrierConfig(
        account_sid="AC" + "5" * 32,
        auth_token="a-token-of-the-ground",
        sendgrid_key="SG.ground",
        numbers=tuple(
            NumberConfig(
                number=line,
                label=each.slug,
                sms_url=f"{public_url}/hooks/twilio/sms",
            )
            for each in CENSUS
            for line in each.lines
        ),
        people=tuple(
            PhoneConfig(number=number, name=number)
            for each in CENSUS
            for number in each.mobiles
        ),
        inbound_mail_url=f"{public_url}/hooks/sendgrid/inbound",
        event_url=f"{public_url}/hooks/sendgrid/events",
        message_seconds=RECEIPT_SECONDS,
        history=history,
    )


def _environment(
    urls: RoleUrls, public_url: str, carrier: CarrierConfig
) -> dict[str, str]:
    return {
        **os.environ,
        "TOWNLINE_APP_URL": urls.app,
        "TOWNLINE_ENGINE_URL": urls.engine,
        "TOWNLINE_PUBLIC_URL": public_url,
        "TOWNLINE_SECRET": "a-secret-of-the-ground",
        "TOWNLINE_MAIL_SENDER": "desk@townline.example",
        "TWILIO_ACCOUNT_SID": carrier.account_sid,
        "TWILIO_AUTH_TOKEN": carrier.auth_token,
        "TWILIO_BASE_URL": carrier.base_url,
        "SENDGRID_API_KEY": carrier.sendgrid_key,
        "SENDGRID_WEBHOOK_KEY": carrier.event_public_key,
        "SENDGRID_BASE_URL": carrier.base_url,
    }
