"""Claiming what is due: the intent is committed before any carrier hears of it.

A claim holds its notifications, and the fences they stand behind ``FOR SHARE``, until
it commits. It never waits for a fence: somebody who is just accepting holds it, and
waits for our rows in turn. What cannot be locked at once is left for the next pass.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

import tenants
from notify import links, rendering
from notify.channels import Parcel
from notify.models import Attempt, Fence, Notification, OptOut
from notify.rendering import Letterhead, Unrenderable, Words, letterhead
from notify.rules import outcomes, receipts, texts
from notify.service.codes import code_for
from notify.service.relaylog import told
from tenants.town import Town
from townline.db import new_id
from townline.logs import logger
from townline.tenancy import TenantSession

log = logger("notify")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Who claims, and what goes into the words: the same for every town.

    ``holder`` is the worker's life: PostgreSQL knows when it is over.
    """

    secret: str
    public_url: str
    mail_sender: str
    holder: int | None = None


def claim(
    db: TenantSession, desk: Desk, *, lane: int, limit: int, at: datetime
) -> list[Parcel]:
    """Write the intents for what is due in one lane of one town."""
    due = _due(db, lane=lane, limit=limit, at=at)
    if not due:
        return []
    town = tenants.current(db).town
    # Codes are given phone by phone: two workers that have the same phones in
    # another order would each wait for the code that the other has just taken.
    may_go = sorted(
        _past_the_gate(db, due, at=at),
        key=lambda each: (each.destination, str(each.fence_id)),
    )
    parcels = [_intend(db, each, town, desk, at=at) for each in may_go]
    return [parcel for parcel in parcels if parcel]


def _due(
    db: TenantSession, *, lane: int, limit: int, at: datetime
) -> Sequence[Notification]:
    statement = (
        db.rows(Notification)
        .where(
            Notification.state == "pending",
            Notification.lane == lane,
            Notification.due_at <= at,
            Notification.why == "",
            # What has expired, or may not be written to, is told to its listener.
            (Notification.expires_at.is_(None)) | (Notification.expires_at > at),
            Notification.destination.not_in(
                select(OptOut.destination).where(OptOut.tenant_id == db.tenant_id)
            ),
        )
        .order_by(Notification.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(statement).all()


def _past_the_gate(
    db: TenantSession, due: Sequence[Notification], *, at: datetime
) -> list[Notification]:
    fences = _lock(db, {each.fence_id for each in due if each.fence_id})
    may_go = []
    for each in due:
        if each.fence_id is None:
            may_go.append(each)
        elif fence := fences.get(each.fence_id):
            if fence.closed_at is None and fence.epoch == each.epoch:
                may_go.append(each)
            else:
                each.state = "cancelled"
    return may_go


def _lock(db: TenantSession, ids: Collection[UUID]) -> dict[UUID, Fence]:
    if not ids:
        return {}
    statement = (
        db.rows(Fence)
        .where(Fence.id.in_(ids))
        .order_by(Fence.id)
        .with_for_update(read=True, skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return {fence.id: fence for fence in db.session.scalars(statement)}


def _intend(
    db: TenantSession, it: Notification, town: Town, desk: Desk, *, at: datetime
) -> Parcel | None:
    ours = desk.mail_sender if it.channel == "email" else town.lines[0].number
    attempt_id = new_id()
    token = links.sign(desk.secret, attempt_id, it.fence_id, it.epoch)
    if it.wants_code and it.channel != "email":
        it.code = code_for(db, it, ours=ours, at=at)
    head = _letterhead(it, town, desk, token)
    try:
        words = _words(it, head, token)
    except Unrenderable as misfit:
        # Left for the sweep, which tells the listener: a bug in one template must
        # not stop the others in the lane.
        it.why = "unrenderable"
        log.warning("notify.unrenderable", notification=str(it.id), why=str(misfit))
        return None
    it.state = "sending"
    it.tries += 1
    it.lease += 1
    it.holder = desk.holder
    it.look_at = at + outcomes.LEASE
    attempt = db.add(_attempt(it, words, attempt_id, ours=ours, token=token, at=at))
    told(db, it, "relay.attempted", at=at, attempt=attempt, text=words.body)
    return _parcel(attempt, it, words, town)


def _letterhead(it: Notification, town: Town, desk: Desk, token: str) -> Letterhead:
    head = letterhead(
        town,
        language=it.language,
        name=it.recipient_name,
        level=it.level,
        public_url=desk.public_url,
    )
    link = links.address(desk.public_url, town.prefix, token)
    return replace(head, code=it.code or "", link=link)


def _words(it: Notification, head: Letterhead, token: str) -> Words:
    words = rendering.compose(it.template, it.channel, it.context, head)
    if it.channel == "sms" and token not in words.body:
        # The carrier's list is searched for it when an answer was lost.
        words = replace(words, body=f"{words.body} #{token[: links.MARK]}")
    return words


def _attempt(
    it: Notification, words: Words, id: UUID, *, ours: str, token: str, at: datetime
) -> Attempt:
    return Attempt(
        id=id,
        notification_id=it.id,
        number=it.tries,
        channel=it.channel,
        ours=ours,
        theirs=it.destination,
        token=token,
        subject=words.subject,
        body=words.body,
        segments=texts.segments(words.body) if it.channel == "sms" else 0,
        intended_at=at,
        status=receipts.INTENDED,
        error="",
        status_at=at,
    )


def _parcel(attempt: Attempt, it: Notification, words: Words, town: Town) -> Parcel:
    return Parcel(
        tenant_id=it.tenant_id,
        prefix=town.prefix,
        notification_id=it.id,
        attempt_id=attempt.id,
        lease=it.lease,
        channel=it.channel,
        ours=attempt.ours,
        theirs=attempt.theirs,
        body=words.body,
        token=attempt.token,
        intended_at=attempt.intended_at,
        subject=words.subject,
        html=words.html,
        sender_name=town.name.in_(it.language),
    )
