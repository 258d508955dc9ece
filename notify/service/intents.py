"""Writing the intents of a claim: one statement each for attempts and promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, insert, literal, select, update

from notify.channels import Parcel
from notify.message import Channel
from notify.models import Attempt, Notification
from notify.rendering import Words
from notify.rules import outcomes, receipts, texts
from notify.rules.routing import Provider
from notify.service.relaylog import told
from notify.service.wording import Desk, Worded
from tenants.town import Town
from townline.sets import among, packed, to_be_given
from townline.tenancy import TenantSession


@dataclass(frozen=True, slots=True)
class Intent:
    """An attempt as it is first written; its fields are the columns' names."""

    id: UUID
    notification_id: UUID
    number: int
    channel: Channel
    provider: Provider
    ours: str
    theirs: str
    token: str
    subject: str
    body: str
    segments: int
    carries: int


@dataclass(frozen=True, slots=True)
class _Sending:
    id: UUID
    code: str | None


# Put together once: to do so takes longer than PostgreSQL does to carry them out.
COLUMNS = [getattr(Attempt, name) for name in Intent.__dataclass_fields__]
MARKED = to_be_given(Notification.id, Notification.code)
MARK = (
    update(Notification)
    .where(Notification.tenant_id == bindparam("town"), Notification.id == MARKED.c.id)
    .values(
        state="sending",
        code=MARKED.c.code,
        tries=Notification.tries + 1,
        lease=Notification.lease + 1,
        holder=bindparam("holder_is"),
        look_at=bindparam("lease_ends"),
    )
)
FIXED = [
    bindparam("town", type_=Attempt.tenant_id.type).label("tenant_id"),
    bindparam("at", type_=Attempt.intended_at.type).label("intended_at"),
    literal(receipts.INTENDED, Attempt.status.type).label("status"),
    literal("", Attempt.error.type).label("error"),
    bindparam("at", type_=Attempt.status_at.type).label("status_at"),
]
INSERT = insert(Attempt).from_select(
    [each.key for each in COLUMNS] + [each.name for each in FIXED],
    select(*to_be_given(*COLUMNS).c, *FIXED),
)


def intend(
    db: TenantSession,
    worded: Sequence[Worded],
    desk: Desk,
    town: Town,
    *,
    at: datetime,
) -> list[Parcel]:
    """Write them all down; what found no words is left to the sweep, which tells its
    listener: a bug in one template must not stop the others in the lane."""
    if speechless := [each.draft.due.id for each in worded if not each.words]:
        _leave(db, speechless)
    spoken = [(each, each.words) for each in worded if each.words]
    if not spoken:
        return []
    _mark_sending(db, [each for each, _ in spoken], desk, at=at)
    intents = [_intent(each, words) for each, words in spoken]
    _insert(db, intents, at=at)
    for (each, words), intent in zip(spoken, intents, strict=True):
        known: dict[str, object] = {"text": words.body}
        if each.draft.carried:
            known["together"] = len(each.draft.carried) + 1
        told(db, each.draft.due, "relay.attempted", at=at, attempt=intent, **known)
    return [_parcel(db, each, words, town, at=at) for each, words in spoken]


def _leave(db: TenantSession, ids: Sequence[UUID]) -> None:
    db.session.execute(
        update(Notification)
        .where(Notification.tenant_id == db.tenant_id, among(Notification.id, ids))
        .values(why="unrenderable")
        .execution_options(synchronize_session=False)
    )


def _mark_sending(
    db: TenantSession, spoken: Sequence[Worded], desk: Desk, *, at: datetime
) -> None:
    rows = [_Sending(each.draft.due.id, each.draft.code) for each in spoken]
    known = {"holder_is": desk.holder, "lease_ends": at + outcomes.LEASE}
    mark = {"given": packed(rows), "town": db.tenant_id, **known}
    db.session.connection().execute(MARK, mark)


def _intent(it: Worded, words: Words) -> Intent:
    due = it.draft.due
    return Intent(
        id=it.attempt_id,
        notification_id=due.id,
        number=due.tries + 1,
        channel=due.channel,
        provider=it.draft.provider,
        ours=it.draft.ours,
        theirs=due.destination,
        token=it.token,
        subject=words.subject,
        body=words.body,
        segments=texts.segments(words.body) if due.channel == "sms" else 0,
        carries=len(it.draft.carried),
    )


def _insert(db: TenantSession, intents: Sequence[Intent], *, at: datetime) -> None:
    known = {"given": packed(intents), "town": db.tenant_id, "at": at}
    db.session.connection().execute(INSERT, known)


def _parcel(
    db: TenantSession, it: Worded, words: Words, town: Town, *, at: datetime
) -> Parcel:
    due = it.draft.due
    return Parcel(
        tenant_id=db.tenant_id,
        prefix=town.prefix,
        notification_id=due.id,
        attempt_id=it.attempt_id,
        lease=due.lease + 1,
        channel=due.channel,
        provider=it.draft.provider,
        watched=it.draft.watched,
        ours=it.draft.ours,
        theirs=due.destination,
        body=words.body,
        token=it.token,
        intended_at=at,
        subject=words.subject,
        html=words.html,
        sender_name=town.name.in_(due.language),
        answer_to=it.draft.answer_to,
    )
