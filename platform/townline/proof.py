"""The town's log: append-only, hash-chained, and the one place where history lives.

An entry is written by the database function ``append_log`` when the transaction
commits, so that the chain's head is the last lock anybody takes. The timeline of a
ticket, the relay log and the audit of a town are views of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal
from uuid import UUID

import msgspec
from sqlalchemy import BigInteger, Index, LargeBinary, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, Session, SessionTransaction, mapped_column

from townline.db import Base, new_id
from townline.prepared import Prepared
from townline.tenancy import TenantOwned, TenantSession

GENESIS = bytes(32)
APPEND = Prepared(text("select append_log(:town, cast(:entries as jsonb))"))


class LogEntry(TenantOwned, Base):
    """One thing that happened. ``subject_id`` is what it happened to (a ticket)."""

    __tablename__ = "log_entry"
    __table_args__ = (
        UniqueConstraint("tenant_id", "seq"),
        Index("ix_log_entry_subject", "tenant_id", "subject_id", "seq"),
    )

    seq: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    actor: Mapped[str]
    event: Mapped[str]
    subject_id: Mapped[UUID]
    facts: Mapped[str]  # JSON as text: hashed to the letter
    previous: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[bytes] = mapped_column(LargeBinary)

    def told(self) -> dict[str, object]:
        """The facts, as a template reads them."""
        return msgspec.json.decode(self.facts, type=dict[str, object])


class LogHead(TenantOwned, Base):
    """The last link of a town's chain; its id is the town's own."""

    __tablename__ = "log_head"

    seq: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[bytes] = mapped_column(LargeBinary)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it: ``agent Maya Okafor``, ``crew Ana Ruiz``, ``townline engine``."""

    kind: Literal["agent", "town", "key", "crew", "resident", "townline"]
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class SavepointLeftOpen(Exception):
    """A savepoint is open at the commit: what this transaction logs would be lost."""


ENGINE = Actor("townline", "engine")


def record(
    db: TenantSession,
    happened: str,
    *,
    subject: UUID,
    at: datetime,
    actor: Actor = ENGINE,
    **facts: object,
) -> None:
    """Log it when, and only if, this transaction commits."""
    entry = {
        "id": new_id(),
        "at": at,
        "actor": str(actor),
        "event": happened,
        "subject": subject,
        "facts": msgspec.json.encode(facts, order="sorted").decode(),
    }
    if not db.session.in_transaction():
        db.session.begin()  # so that a rollback knows of it
    db.session.info.setdefault("log", []).append(entry)


def timeline(db: TenantSession, subject: UUID) -> Sequence[LogEntry]:
    statement = db.rows(LogEntry).where(LogEntry.subject_id == subject)
    return db.session.scalars(statement.order_by(LogEntry.seq)).all()


@dataclass(frozen=True, slots=True)
class Verdict:
    """``broken_at`` is the number of the first entry that does not fit, if any."""

    entries: int
    head: bytes
    broken_at: int | None


def verify(db: TenantSession) -> Verdict:
    """Walk the whole chain and compute every digest anew, outside the database."""
    previous, count = GENESIS, 0
    statement = db.rows(LogEntry).order_by(LogEntry.seq)
    stream = statement.execution_options(yield_per=1000)
    with closing(db.session.scalars(stream)) as entries:
        for entry in entries:
            count += 1
            intact = entry.previous == previous and entry.digest == digest(entry)
            if entry.seq != count or not intact:
                return Verdict(count, previous, entry.seq)
            previous = entry.digest
    head = db.session.scalar(db.rows(LogHead))
    missing = head is not None and (head.seq, head.digest) != (count, previous)
    return Verdict(count, previous, count + 1 if missing else None)


def verify_stretch(db: TenantSession, *, first: int, last: int) -> Verdict:
    """As ``verify``, from one number to another: what a ticket's sheet vouches for.

    The link to the entry before is checked too; ``head`` is the digest of the last.
    """
    statement = db.rows(LogEntry).where(LogEntry.seq.between(first - 1, last))
    stream = statement.order_by(LogEntry.seq).execution_options(yield_per=1000)
    previous, number = GENESIS, max(first - 2, 0)
    with closing(db.session.scalars(stream)) as entries:
        for entry in entries:
            number += 1
            linked = entry.previous == previous or number == first - 1
            if entry.seq != number or not linked or entry.digest != digest(entry):
                return Verdict(number - first + 1, previous, entry.seq)
            previous = entry.digest
    broken_at = number + 1 if number < last else None
    return Verdict(number - first + 1, previous, broken_at)


def head(db: TenantSession) -> tuple[int, bytes]:
    """The number and the digest of the newest entry; none is written twice."""
    newest = db.session.scalar(db.rows(LogHead))
    return (newest.seq, newest.digest) if newest else (0, GENESIS)


def digest(entry: LogEntry) -> bytes:
    """The same bytes as ``append_log`` hashes: fields joined by line feeds."""
    at = (entry.at - _EPOCH) // _MICROSECOND
    fields = (entry.tenant_id, entry.id, entry.seq, at, entry.actor, entry.event)
    words = "\n".join(map(str, (*fields, entry.subject_id, entry.facts)))
    return sha256(entry.previous + words.encode()).digest()


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_MICROSECOND = datetime.resolution


@event.listens_for(Session, "before_commit")
def _append(session: Session) -> None:
    entries = session.info.get("log")
    if not entries:
        return
    if session.in_nested_transaction():
        _refuse_the_whole(session)
        return
    session.info["log"] = []
    db = TenantSession(session.info["tenant_id"], session)
    APPEND(db, entries=msgspec.json.encode(entries).decode())


def _refuse_the_whole(session: Session) -> None:
    """A savepoint's own end comes here once; twice, if the whole is ended over it."""
    savepoint = session.get_nested_transaction()
    if session.info.get("log_ending") is savepoint:
        raise SavepointLeftOpen
    session.info["log_ending"] = savepoint


@event.listens_for(Session, "after_transaction_create")
def _mark(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        marks = session.info.setdefault("log_marks", {})
        marks[transaction] = len(session.info.get("log", ()))


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, previous: SessionTransaction) -> None:
    """What a rolled back savepoint, or the whole transaction, told did not happen."""
    mark = session.info["log_marks"].pop(previous) if previous.nested else 0
    del session.info.get("log", [])[mark:]


@event.listens_for(Session, "after_transaction_end")
def _unmark(session: Session, transaction: SessionTransaction) -> None:
    session.info.pop("log_ending", None)
    if transaction.parent is None:
        session.info.pop("log_marks", None)
