"""A crowd of tickets for Ana, and what became of it."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import notify
from notify import Message, Report, sending
from notify.channels import Parcel
from notify.channels.recording import RecordingCarrier
from notify.message import COMMON_LANE
from notify.models import Fence, Notification
from notify.sending import REHEARSAL
from notify.service.hearing import IncomingText, hear
from tests.notify.cast import (
    ANA,
    NIGHT,
    RIVERTON_LINE,
    Place,
    after,
    relay,
)
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


def claim(place: Place) -> list[Parcel]:
    return sending.claim_due(
        place.database, REHEARSAL, lane=COMMON_LANE, room=64, at=NIGHT
    )


def closed(place: Place) -> list[UUID]:
    with town(place.database, place.tenant_id) as db:
        shut = db.rows(Fence).where(Fence.closed_at.is_not(None))
        return [each.id for each in db.session.scalars(shut)]


def codes_in(carrier: RecordingCarrier) -> set[str]:
    """Every code that was printed, alone or in a list."""
    alone = re.compile(r"Reply (\d+) to take it, \1 no")
    bodies = [each.body for each in carrier.sent]
    return {code for body in bodies for code in CODE.findall(body)} | {
        code for body in bodies for code in alone.findall(body)
    }


def receipt(place: Place, attempt_id: UUID, status: str) -> None:
    report = Report(
        source="text_status",
        key=f"{attempt_id}:{status}",
        attempt_id=attempt_id,
        payload={"MessageStatus": status, "MessageSid": "SM1"},
    )
    with town(place.database, place.tenant_id) as db:
        notify.receive(db, report, at=after(5))
