"""Calls that agents of the desk make by hand: taken, told of, given back.

An agent's dial is fenced like a pump's send. Taking it writes the intent, with the
number and the exact words, in the transaction that looks at the fence: nothing is
dialled after somebody has accepted. Every verb locks the promise first, so that a
double click, or two agents, wait for each other.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from notify.dials import Dial
from notify.message import DESK_LANE, Answer
from notify.models import Attempt, Fence, Notification
from notify.rules import dialling, receipts
from notify.rules.dialling import Reported
from notify.service import diallog
from notify.service.answers import answer
from notify.service.learning import give_up
from notify.service.scripts import intend
from townline import live
from townline.auth import Person
from townline.errors import Conflict, NotFound
from townline.tenancy import TenantSession


class DialTaken(Conflict):
    """Somebody else is dialling this already."""


def take_dial(
    db: TenantSession, notification_id: UUID, *, by: Person, at: datetime
) -> Dial | None:
    """The agent's own from now on; None when nobody need be rung about it now.

    Whoever has it takes nothing more. Somebody else's hold that has lapsed ends here.
    """
    it = _promise(db, notification_id, by=by)
    held = _open(db, it)
    if held and held.agent_id == by.account_id:
        return held
    if held and held.is_held(at=at):
        raise DialTaken
    if not _is_wanted(db, it, shared=True) or it.due_at > at:
        return None
    if held:
        _lapse(db, it, held, at=at)
    dial, attempt = intend(db, it, by=by, at=at)
    diallog.taken(db, it, dial, text=attempt.body, at=at)
    live.announce(db, "tasks")
    return dial


def record_dial(
    db: TenantSession,
    notification_id: UUID,
    dial_id: UUID,
    reported: Reported,
    *,
    by: Person,
    at: datetime,
) -> Dial:
    """What came of it; said again, it stays what it was.

    For a person who rang us, ``dial_id`` is new: made with the page that asks.
    """
    it = _promise(db, notification_id, by=by)
    dial = db.find(Dial, dial_id) or _rang_us(db, it, dial_id, reported, by=by, at=at)
    if dial.notification_id != it.id:
        raise NotFound
    if dial.agent_id != by.account_id:
        raise DialTaken
    if dial.result and dial.result not in dialling.WORDLESS:
        return dial
    _follow(db, it, dial, reported, at=at)
    live.announce(db, "tasks")
    return dial


def release_dial(
    db: TenantSession, notification_id: UUID, *, by: Person, at: datetime
) -> None:
    """Back on the board, undialled; nothing happens if the agent does not have it."""
    it = _promise(db, notification_id, by=by)
    dial = _open(db, it)
    if dial is None or dial.agent_id != by.account_id:
        return
    _end(db, dial, receipts.NOT_SENT, at=at)
    dial.result = "released"
    diallog.released(db, it, dial, at=at)
    _is_wanted(db, it, shared=True)
    live.announce(db, "tasks")


def _follow(
    db: TenantSession, it: Notification, dial: Dial, word: Reported, *, at: datetime
) -> None:
    goes_on = word.result == "will_call_back"
    holds = dial.ended_at is None and _is_wanted(db, it, shared=goes_on)
    _end(db, dial, dialling.receipt(word.result), at=at)
    dial.result = word.result
    follows = dialling.consequence(word, holds=holds)
    if follows == "comes_back":
        it.due_at = dial.again_at = at + timedelta(minutes=word.minutes)
    diallog.reported(db, it, dial, word, at=at)
    if word.said is not None:
        said = Answer(kind=word.said, via="agent", name=it.recipient_name)
        dial.said = answer(db, it, said, at=at)
    elif follows == "failed":
        give_up(db, it, "undelivered", word.result, at=at)


def _promise(db: TenantSession, notification_id: UUID, *, by: Person) -> Notification:
    if not by.serves(db.tenant_id):
        raise NotFound
    it = db.get(Notification, notification_id, lock=True)
    if it.lane != DESK_LANE:
        raise NotFound
    return it


def _open(db: TenantSession, it: Notification) -> Dial | None:
    held = db.rows(Dial).where(Dial.notification_id == it.id, Dial.ended_at.is_(None))
    return db.session.scalar(held)


def _is_wanted(db: TenantSession, it: Notification, *, shared: bool) -> bool:
    """Whether an answer to it is still waited for; else it is withdrawn.

    ``shared`` waits for an acceptance that is just being committed, which passes over
    the promise that we hold. Whoever goes on to lock the run must not: an acceptance
    holds that, and would wait for the fence.
    """
    if it.state != "pending" or it.fence_id is None:
        return it.state == "pending"
    found = db.rows(Fence).where(Fence.id == it.fence_id)
    found = found.with_for_update(read=True) if shared else found
    again = found.execution_options(populate_existing=True)
    fence = db.session.scalars(again).one()
    if fence.closed_at is None and fence.epoch == it.epoch:
        return True
    it.state = "cancelled"
    return False


def _lapse(db: TenantSession, it: Notification, held: Dial, *, at: datetime) -> None:
    _end(db, held, receipts.AMBIGUOUS, at=at)
    held.result = "lapsed"
    db.session.flush()
    diallog.lapsed(db, it, held, at=at)


def _end(db: TenantSession, dial: Dial, status: str, *, at: datetime) -> None:
    dial.ended_at = at
    if dial.attempt_id:
        attempt = db.get(Attempt, dial.attempt_id)
        attempt.status, attempt.status_at = status, at


def _rang_us(
    db: TenantSession,
    it: Notification,
    dial_id: UUID,
    word: Reported,
    *,
    by: Person,
    at: datetime,
) -> Dial:
    """Nobody dialled: the person rang back, and spoke to this agent."""
    if word.result != "returned_call":
        raise NotFound
    rang = Dial(
        id=dial_id,
        notification_id=it.id,
        attempt_id=None,
        agent_id=by.account_id,
        agent=by.name,
        voicemail="",
        taken_at=at,
        ended_at=at,
        said="",
    )
    return db.add(rang)
