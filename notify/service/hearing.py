"""What people write back: by code, by a bare word, or to be left alone.

An answer to a code that is retired is answered for what it was, and touches nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import tenants
from notify import phrases
from notify.listeners import STRANGERS
from notify.message import Answer
from notify.models import Fence, Notification, ReplyCode
from notify.rules import replies
from notify.rules.replies import Reply
from notify.service.answers import answer
from notify.service.codes import find_code, live_codes
from notify.service.learning import give_up
from notify.service.optouts import opt_in, opt_out
from townline import proof
from townline.i18n import speaking
from townline.proof import Actor
from townline.tenancy import TenantSession

# What a rung is in while somebody may still answer it.
OPEN = (
    "pending", "held", "merged", "sending", "ambiguous", "accepted", "sent",
    "delivered",
)  # fmt: skip
PROGRESS = frozenset({"on_the_way", "on_site", "done"})


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingText:
    """``opt_out_type`` is the carrier's own reading of STOP, START and HELP."""

    ours: str
    theirs: str
    body: str
    opt_out_type: str = ""

    @classmethod
    def in_form(cls, form: Mapping[str, str]) -> IncomingText:
        """As Twilio tells of it."""
        return cls(
            ours=form.get("To", ""),
            theirs=form.get("From", ""),
            body=form.get("Body", ""),
            opt_out_type=form.get("OptOutType", ""),
        )


def hear(db: TenantSession, incoming: IncomingText, *, at: datetime) -> str:
    """Act on a text; return what to write back, or nothing where carriers answer."""
    match replies.standing(incoming.body, incoming.opt_out_type):
        case "out":
            if opt_out(db, incoming.theirs, at=at):
                _end_open_rungs(db, incoming.theirs, at=at)
            return ""
        case "in":
            opt_in(db, incoming.theirs)
            return ""
        case "help":
            return ""
        case None:
            if replies.lifts(incoming.body):
                # The carrier lets us write there again, and so must we.
                opt_in(db, incoming.theirs)
            return _reply(db, incoming, replies.parse(incoming.body), at=at)


def _reply(
    db: TenantSession, incoming: IncomingText, reply: Reply, *, at: datetime
) -> str:
    if reply.code:
        found = find_code(db, incoming.theirs, reply.code)
        if found:
            return _to_code(db, found, reply, at=at)
        with speaking(_language_of(db, incoming.ours)):
            return phrases.unknown_code(reply.code)
    live = live_codes(db, incoming.theirs)
    meant = _meant(live, reply)
    if not meant:
        return _from_stranger(db, incoming, at=at)
    if len(meant) == 1:
        return _to_code(db, meant[0], reply, at=at)
    with speaking(db.get(Notification, meant[0].notification_id).language):
        return phrases.which_one([each.code for each in meant])


def _meant(
    live: Sequence[tuple[ReplyCode, Fence]], reply: Reply
) -> Sequence[ReplyCode]:
    """A bare word is about what is open; about what is taken only if nothing is."""
    everything = [code for code, _ in live]
    if reply.kind in PROGRESS:
        return everything
    return [code for code, fence in live if fence.closed_at is None] or everything


def _to_code(db: TenantSession, found: ReplyCode, reply: Reply, *, at: datetime) -> str:
    notification = db.get(Notification, found.notification_id)
    with speaking(notification.language):
        if found.retired_at is not None:
            return _too_late(db, found, notification, reply, at=at)
        if reply.kind is None:
            return phrases.not_understood(found.code)
    said = Answer(
        kind=reply.kind,
        via="sms",
        name=notification.recipient_name,
        note=reply.note,
    )
    return answer(db, notification, said, at=at)


def _too_late(
    db: TenantSession,
    found: ReplyCode,
    notification: Notification,
    reply: Reply,
    *,
    at: datetime,
) -> str:
    """Told in the ticket's story, answered, and without any other effect."""
    proof.record(
        db,
        "relay.stale_answer",
        subject=notification.subject_id,
        at=at,
        actor=Actor("crew", notification.recipient_name),
        run=found.fence_id,
        answer=reply.kind or "",
        because="ended",
    )
    fence = db.get(Fence, found.fence_id)
    ended = fence.closed_at or found.retired_at or found.given_at
    zone = tenants.current(db).town.time_zone
    return phrases.already_taken(found.code, by=fence.closed_by, at=ended, zone=zone)


def _end_open_rungs(db: TenantSession, destination: str, *, at: datetime) -> None:
    statement = (
        db.rows(Notification)
        .where(
            Notification.destination == destination,
            Notification.purpose == "relay",
            # Whom an agent dials by hand nobody has asked to be left alone by.
            Notification.channel != "agent",
            Notification.state.in_(OPEN),
        )
        .order_by(Notification.fence_id, Notification.id)
        .with_for_update()
    )
    for each in db.session.scalars(statement).all():
        give_up(db, each, "suppressed", "opted_out", at=at)


def _from_stranger(db: TenantSession, incoming: IncomingText, *, at: datetime) -> str:
    for stranger in STRANGERS:
        said = stranger.wrote(
            db, ours=incoming.ours, theirs=incoming.theirs, body=incoming.body, at=at
        )
        if said is not None:
            return said
    language = _language_of(db, incoming.ours)
    town = tenants.current(db).town
    with speaking(language):
        number = town.lines[0].number
        return phrases.nothing_asked(town.name.in_(language), number=number)


def _language_of(db: TenantSession, ours: str) -> str:
    lines = tenants.current(db).town.lines
    return next((line.language for line in lines if line.number == ours), "en")
