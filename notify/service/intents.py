"""Writing the intents of a claim: one statement each for attempts and promises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct
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
from townline.prepared import Prepared
from townline.sets import packed, to_be_among, to_be_given
from townline.tenancy import TenantSession


class Intent(Struct, frozen=True):
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


class _Sending(Struct, frozen=True):
    id: UUID
    code: str | None


COLUMNS = [getattr(Attempt, name) for name in Intent.__struct_fields__]
MARKED = to_be_given(Notification.id, Notification.code)
MARK = Prepared(
    update(Notification)
    .where(
        Notification.tenant_id == bindparam("town"),
        # So that they are found by their key, whatever is known of the table's size.
        to_be_among(Notification.id),
        Notification.id == MARKED.c.id,
    )
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
INSERT = Prepared(
    insert(Attempt).from_select(
        [each.key for each in COLUMNS] + [each.name for each in FIXED],
        select(*to_be_given(*COLUMNS).c, *FIXED),
    )
)
LEAVE = Prepared(
    update(Notification)
    .where(Notification.tenant_id == bindparam("town"), to_be_among(Notification.id))
    .values(why="unrenderable")
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
        LEAVE(db, among=speechless)
    spoken = [(each, each.words) for each in worded if each.words]
    if not spoken:
        return []
    _mark_sending(db, [each for each, _ in spoken], desk, at=at)
    intents = [_intent(each, words) for each, words in spoken]
    INSERT(db, given=packed(intents), at=at)
    for (each, words), intent in zip(spoken, intents, strict=True):
        known: dict[str, object] = {"text": words.body}
        if each.draft.carried:
            known["together"] = len(each.draft.carried) + 1
        told(db, each.draft.due, "relay.attempted", at=at, attempt=intent, **known)
    return [_parcel(db, each, words, town, at=at) for each, words in spoken]


def _mark_sending(
    db: TenantSession, spoken: Sequence[Worded], desk: Desk, *, at: datetime
) -> None:
    rows = [_Sending(each.draft.due.id, each.draft.code) for each in spoken]
    MARK(
        db,
        given=packed(rows),
        among=[each.id for each in rows],
        holder_is=desk.holder,
        lease_ends=at + outcomes.LEASE,
    )


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
