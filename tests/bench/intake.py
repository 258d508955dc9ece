"""Saving a ticket, with its escalation, messages and log, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import tickets
from tests.bench.figures import Figure, at_least, beside, per_second
from tests.bench.stage import Stage
from tickets import Caller, Intake
from townline import proof
from townline.auth.models import LoginAttempt
from townline.clock import utc_now
from townline.proof import Actor
from townline.tenancy import town

MAYA = Actor("agent", "Maya Okafor")
HELEN = Caller(name="Helen Marsh", phone="3125550142", tell_by="sms")


def figures(stage: Stage) -> Iterator[Figure]:
    def one_row() -> None:
        """What any durable write costs here: one insert, one commit."""
        with stage.app.everybody() as session:
            session.add(LoginAttempt(email="x@y.example", address="", at=utc_now()))

    def ticket() -> None:
        with town(stage.app, stage.town) as db:
            tickets.open(db, main_break(), at=utc_now(), by=MAYA)

    def entry() -> None:
        with town(stage.app, stage.town) as db:
            proof.record(db, "ticket.opened", subject=stage.town, at=utc_now())

    for work in (one_row, ticket, entry):
        per_second(work, 20)
    baseline = "one row inserted and committed through the same ORM"
    yield at_least(
        "level-1 tickets saved with their escalation, one client",
        beside(lambda: per_second(ticket, 100), lambda: per_second(one_row, 400)),
        unit="per second",
        baseline=baseline,
        target=0.05,
    )
    yield at_least(
        "entries chained into one town's log, one client",
        beside(lambda: per_second(entry, 400), lambda: per_second(one_row, 400)),
        unit="per second",
        baseline=baseline,
        target=0.4,
    )


def main_break() -> Intake:
    return Intake(
        client_key=uuid4(),
        category="water-main-break",
        channel="phone",
        caller=HELEN,
        place="Elm St and 4th Ave",
        words="Water is coming up through the street.",
        answers={"flow": "stream", "cars": "one-lane"},
    )
