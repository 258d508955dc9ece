"""What the ticket's page tells of calls that agents made by hand."""

from __future__ import annotations

from datetime import datetime

from notify.dials import Dial
from notify.models import Notification
from notify.rules.dialling import Reported
from townline import proof
from townline.logs import logger
from townline.proof import Actor
from townline.tenancy import TenantSession

log = logger("notify")


def taken(
    db: TenantSession, it: Notification, dial: Dial, *, text: str, at: datetime
) -> None:
    """An attempt like any carrier's, but that a person makes it."""
    facts = {"number": it.tries, "text": text}
    _record(db, it, dial, "relay.attempted", by=_agent(dial), at=at, **facts)


def reported(
    db: TenantSession, it: Notification, dial: Dial, word: Reported, *, at: datetime
) -> None:
    """One entry for what came of it; a number that is none is for the town to mend."""
    facts: dict[str, object] = {"result": word.result}
    if word.result == "returned_call":
        facts["answer"] = word.answer
    if word.result == "voicemail_left":
        facts["text"] = dial.voicemail
    if dial.again_at:
        facts["again_at"] = dial.again_at
    _record(db, it, dial, "relay.dialled", by=_agent(dial), at=at, **facts)
    if word.result == "invalid_number":
        log.warning("notify.number_to_mend", contact=it.recipient_key)
        _record(db, it, dial, "relay.number_to_mend", by=_agent(dial), at=at)


def released(db: TenantSession, it: Notification, dial: Dial, *, at: datetime) -> None:
    _record(db, it, dial, "relay.dial_released", by=_agent(dial), at=at)


def lapsed(db: TenantSession, it: Notification, dial: Dial, *, at: datetime) -> None:
    """Nobody knows whether the agent who has left had dialled."""
    facts = {"agent": dial.agent}
    _record(db, it, dial, "relay.dial_lapsed", by=proof.ENGINE, at=at, **facts)


def _agent(dial: Dial) -> Actor:
    return Actor("agent", dial.agent)


def _record(
    db: TenantSession,
    it: Notification,
    dial: Dial,
    event: str,
    *,
    by: Actor,
    at: datetime,
    **facts: object,
) -> None:
    known: dict[str, object] = {
        "to": it.recipient_name,
        "contact": it.recipient_key,
        "channel": it.channel,
        "destination": it.destination,
    }
    if dial.attempt_id:
        known["attempt"] = dial.attempt_id
    proof.record(db, event, subject=it.subject_id, at=at, actor=by, **known, **facts)
