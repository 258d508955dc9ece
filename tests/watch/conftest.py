"""A main break in Riverton whose relay has just begun, with everything plugged in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

import notify.sending
from tests.conftest import NIGHT
from tests.escalation.conftest import main_break
from tests.plugs import plugged
from tickets import Ticket
from townline import proof
from townline.db import Database
from townline.entrypoints.watch import auditor
from townline.entrypoints.watch.rules import Found
from townline.roles import ENGINE
from townline.tenancy import TenantSession, town


def after(seconds: float) -> datetime:
    return NIGHT + timedelta(seconds=seconds)


@dataclass(frozen=True, slots=True)
class Watched:
    """One town under the auditor's eyes, and a hand that breaks things in it."""

    database: Database
    tenant_id: UUID
    ticket: Ticket

    def claim(self, *, at: datetime = NIGHT) -> int:
        """As a worker that dies right after committing its intents."""
        desk = notify.sending.REHEARSAL
        claimed = notify.sending.claim_due(self.database, desk, lane=1, room=64, at=at)
        return len(claimed)

    def breaks(self, *statements: str) -> None:
        for statement in statements:
            with town(self.database, self.tenant_id) as db:
                db.session.execute(
                    text(statement), {"town": self.tenant_id, "night": NIGHT}
                )

    def ask(self, statement: str) -> list[Any]:
        with town(self.database, self.tenant_id) as db:
            return list(db.session.execute(text(statement)).scalars())

    def look(self, check: str, *, at: datetime) -> Found:
        return auditor.look(self.database, at=at)[check]

    def repairs(self) -> list[object]:
        """What the ticket's own story says was put right."""
        with town(self.database, self.tenant_id) as db:
            entries = proof.timeline(db, self.ticket.id)
            told = [each for each in entries if each.event == "relay.repaired"]
            return [each.told()["what"] for each in told]


@pytest.fixture
def watched(riverton: TenantSession, engine_database: Database) -> Iterator[Watched]:
    with plugged():
        ticket = main_break(riverton)
        riverton.session.commit()
        yield Watched(engine_database, riverton.tenant_id, ticket)


@contextmanager
def refusing(sweeper: Engine, table: str) -> Iterator[None]:
    """As if the workers could not ask it: every question about it fails."""
    with sweeper.begin() as connection:
        connection.execute(text(f"revoke select on {table} from {ENGINE}"))  # noqa: S608 - a name of the story's
    try:
        yield
    finally:
        with sweeper.begin() as connection:
            connection.execute(text(f"grant select on {table} to {ENGINE}"))
