"""The processes: web, worker, local carrier, and all of them for a first look."""

from __future__ import annotations

from typing import Annotated

import typer

from townline import logs, migrations
from townline.entrypoints import carrier as local_carrier
from townline.entrypoints import demo as demonstration
from townline.entrypoints import web, worker
from townline.needs import need
from townline.settings import Settings

Port = Annotated[int, typer.Option(envvar="TOWNLINE_PORT")]
Host = Annotated[str, typer.Option(envvar="TOWNLINE_HOST")]


def serve(port: Port = 8311, host: Host = "127.0.0.1") -> None:
    """Serve pages, hooks and live streams. Run as many as you like."""
    logs.configure()
    web.serve(Settings.from_env(), host=host, port=port)


def work() -> None:
    """Send, escalate and follow up. Run as many as you like, on any machine."""
    logs.configure()
    worker.work(Settings.from_env())


def carrier(port: Port = 8312, host: Host = "127.0.0.1") -> None:
    """Run the local carrier: telephones and mailboxes that never leave the machine."""
    local_carrier.serve(host=host, port=port)


def migrate() -> None:
    """Bring the schema up to date, as its owner."""
    migrations.upgrade(need("TOWNLINE_OWNER_URL"))


def demo(port: Port = 8311) -> None:
    """Run everything on this machine, with two towns and their telephones."""
    demonstration.run(port=port)
