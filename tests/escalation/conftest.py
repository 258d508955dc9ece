"""A water main break in Riverton, in the night, and its relay."""

from __future__ import annotations

from uuid import uuid4

import pytest

import escalation
import tickets
from tests.escalation.ladders import NIGHT
from tickets import Caller, Intake, Ticket
from townline.proof import Actor
from townline.tenancy import TenantSession

MAYA = Actor("agent", "Maya Okafor")
# Who does not ask to be told, so that every message here is to a crew.
HELEN = Caller(identity="confidential", name="Helen Marsh", phone="3125550142")


def main_break(db: TenantSession, *, level: int | None = None) -> Ticket:
    """A ticket that is written down, and of which nobody has been told yet."""
    intake = Intake(
        client_key=uuid4(),
        category="water-main-break",
        channel="phone",
        caller=HELEN,
        place="Elm St and 4th Ave",
        words="Water is coming up through the street.",
        answers={"flow": "stream", "cars": "one-lane"},
        level=level,
    )
    return tickets.open(db, intake, at=NIGHT, by=MAYA)


def burst_pipe(db: TenantSession) -> Ticket:
    """The same in Sainte-Aurore."""
    intake = Intake(
        client_key=uuid4(),
        category="conduite-urgence",
        channel="phone",
        place="Rue des Érables et 2e Avenue",
        answers={"debit": "jet", "autos": "non"},
    )
    return tickets.open(db, intake, at=NIGHT, by=MAYA)


@pytest.fixture
def ticket(riverton: TenantSession) -> Ticket:
    """Committed, with its relay started at 02:12."""
    ticket = main_break(riverton)
    escalation.start(riverton, ticket, at=NIGHT)
    riverton.session.commit()
    return ticket
