"""Many tickets for one person: few texts, every ticket in them, each its own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

import notify
from notify import Message
from notify.channels import DeliveryFailed
from notify.channels.recording import RecordingCarrier
from notify.models import Notification
from notify.service.hearing import IncomingText, hear
from tests.notify.cast import (
    ANA,
    NIGHT,
    RIVERTON_LINE,
    TO_DAN,
    Ear,
    Place,
    after,
    relay,
)
from townline.db import new_id
from townline.tenancy import town

CODE = re.compile(r"(?:^|[:.] )(\d{2,4}) Water")


def ticket(number: int, **changes: Any) -> Message:  # noqa: ANN401 - any field of it
    """A routine text to Ana about a ticket of its own."""
    known: dict[str, Any] = {
        "key": f"run/{number}/ana",
        "level": 3,
        "subject_id": UUID(int=number + 1),
    }
    return relay(**known | changes)


def promise_each(place: Place, *messages: Message) -> list[UUID]:
    """Each behind a fence of its own, as tickets are; return the fences."""
    return [place.promise(each) for each in messages]


def send(place: Place, carrier: RecordingCarrier, *, seconds: float = 0) -> None:
    notify.send_due(place.database, carrier.everywhere(), at=after(seconds))


def write(place: Place, body: str, *, seconds: float = 1) -> str:
    incoming = IncomingText(ours=RIVERTON_LINE, theirs=ANA, body=body)
    with town(place.database, place.tenant_id) as db:
        return hear(db, incoming, at=after(seconds))


def promised(place: Place) -> list[Notification]:
    with town(place.database, place.tenant_id) as db:
        return list(
            db.session.scalars(db.rows(Notification).order_by("promised_at", "id"))
        )


def test_three_tickets_are_three_texts(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    promise_each(rivertown, *(ticket(n) for n in range(3)))

    send(rivertown, carrier)

    assert len(carrier.sent) == 3
    assert all("Reply" in each.body for each in carrier.sent)


def test_four_tickets_are_one_text_that_lists_each_with_its_code(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    promise_each(rivertown, *(ticket(n) for n in range(4)))

    send(rivertown, carrier)

    [text] = carrier.sent
    assert text.body.startswith("RIV L3, 4 tickets: 41 Water Main Break, ")
    assert CODE.findall(text.body) == [each.code for each in promised(rivertown)]
    assert sorted(rivertown.states()) == ["accepted", "merged", "merged", "merged"]
