"""The evidence sheet of one ticket: every entry, how it was sealed, whose clock.

It carries the exact words that were sent to crews, because that is what it proves;
it is for whoever has to decide a dispute, and not for publication.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct
from sqlalchemy import select

import tenants
import tickets
from notify import Attempt
from tenants.town import Town
from tickets import Ticket
from townline import proof
from townline.proof import LogEntry
from townline.tenancy import TenantSession

CLOCK = (
    "Every time is an instant in UTC with microseconds, read from the system clock of"
    " the server that wrote the entry; local_time is the same instant in time_zone."
)
RECIPE = (
    "digest = SHA-256 of the bytes of previous, then of these in UTF-8 with a line"
    " feed between: tenant, id, number, microseconds since 1970-01-01T00:00:00Z, actor,"
    " event, subject, facts. facts is the text as logged, to the letter."
)


class Entry(Struct, frozen=True, kw_only=True):
    number: int
    id: UUID
    at: datetime
    local_time: str
    actor: str
    event: str
    subject: UUID
    facts: str
    previous: str
    digest: str
    intact: bool


class Sent(Struct, frozen=True, kw_only=True):
    """``carrier_number`` is what the carrier calls the message, to ask it about."""

    attempt: UUID
    channel: str
    sender: str
    destination: str
    carrier_number: str | None
    last_known: str
    error: str


class Chain(Struct, frozen=True, kw_only=True):
    """Every entry of the town from the ticket's first to its last, the ones between
    them too: walked and computed anew when this sheet was made. ``broken_at`` is the
    number of the first that does not fit; ``head`` names the newest entry of the town.
    """

    first: int
    last: int
    checked: int
    intact: bool
    broken_at: int | None
    last_digest: str
    head: int
    head_digest: str


class Sheet(Struct, frozen=True, kw_only=True):
    town: str
    tenant: UUID
    tracking: str
    made_at: datetime
    made_by: str
    clock: str
    time_zone: str
    rules_version: UUID
    rules_number: int
    digest_recipe: str
    chain: Chain
    entries: Sequence[Entry]
    sent: Sequence[Sent]


def intact(entries: Sequence[LogEntry]) -> bool:
    """Whether each entry is still what it was when it was sealed."""
    return all(entry.digest == proof.digest(entry) for entry in entries)


def sheet_of(
    db: TenantSession, ticket: Ticket, town: Town, *, by: str, at: datetime
) -> Sheet:
    history = tickets.history(db, ticket.id)
    return Sheet(
        town=town.name.in_(town.languages[0]),
        tenant=db.tenant_id,
        tracking=ticket.tracking,
        made_at=at,
        made_by=by,
        clock=CLOCK,
        time_zone=town.time_zone,
        rules_version=ticket.version_id,
        rules_number=tenants.rules_of(db, ticket.version_id).number,
        digest_recipe=RECIPE,
        chain=_chain(db, history),
        entries=[_entry(each, town) for each in history],
        sent=_sent(db, history),
    )


def _chain(db: TenantSession, history: Sequence[LogEntry]) -> Chain:
    first, last = history[0].seq, history[-1].seq
    verdict = proof.verify_stretch(db, first=first, last=last)
    newest, its_digest = proof.head(db)
    return Chain(
        first=first,
        last=last,
        checked=verdict.entries,
        intact=verdict.broken_at is None,
        broken_at=verdict.broken_at,
        last_digest=verdict.head.hex(),
        head=newest,
        head_digest=its_digest.hex(),
    )


def _entry(entry: LogEntry, town: Town) -> Entry:
    return Entry(
        number=entry.seq,
        id=entry.id,
        at=entry.at,
        local_time=entry.at.astimezone(ZoneInfo(town.time_zone)).isoformat(),
        actor=entry.actor,
        event=entry.event,
        subject=entry.subject_id,
        facts=entry.facts,
        previous=entry.previous.hex(),
        digest=entry.digest.hex(),
        intact=entry.digest == proof.digest(entry),
    )


def _sent(db: TenantSession, history: Sequence[LogEntry]) -> list[Sent]:
    tried = [each for each in history if each.event == "relay.attempted"]
    ids = [UUID(str(each.told()["attempt"])) for each in tried]
    statement = select(Attempt).where(
        Attempt.tenant_id == db.tenant_id, Attempt.id.in_(ids)
    )
    return [
        Sent(
            attempt=each.id,
            channel=each.channel,
            sender=each.ours,
            destination=each.theirs,
            carrier_number=each.sid,
            last_known=each.status,
            error=each.error,
        )
        for each in db.session.scalars(statement.order_by(Attempt.intended_at))
    ]
