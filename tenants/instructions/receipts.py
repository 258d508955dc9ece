"""Reading an instruction leaves a receipt, once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session  # noqa: TID251 - a board of many towns

from tenants.instructions.models import InstructionReceipt
from tenants.queries import current
from tenants.rules.instructing import digest, in_force
from tenants.town import Instruction, Town
from townline import localtime
from townline.errors import Conflict
from townline.proof import Actor
from townline.tenancy import TenantSession


class InstructionChanged(Conflict):
    """This instruction has changed or ended since; read what stands there now."""


@dataclass(frozen=True, slots=True)
class ToRead:
    """``digest`` is sent back with the receipt: only what was shown counts as read."""

    instruction: Instruction
    digest: str
    is_read: bool
    ends_at: datetime


def mark_read(
    db: TenantSession, key: str, read: str, *, account_id: UUID, by: Actor, at: datetime
) -> None:
    """Somebody has read the words with this digest; twice does no harm."""
    town = current(db).town
    shown = {each.key: digest(each) for each in in_force(town, at=at)}
    if shown.get(key) != read:
        raise InstructionChanged
    receipt = insert(InstructionReceipt).values(
        tenant_id=db.tenant_id,
        instruction=key,
        digest=read,
        account_id=account_id,
        reader=by.name,
        read_at=at,
    )
    db.session.execute(receipt.on_conflict_do_nothing())


def unread(
    db: TenantSession, town: Town, *, account_id: UUID, at: datetime
) -> tuple[ToRead, ...]:
    """Those in force in one town; unread ones first."""
    theirs = select(InstructionReceipt.digest).where(
        InstructionReceipt.tenant_id == db.tenant_id,
        InstructionReceipt.account_id == account_id,
    )
    return _to_read(town, set(db.session.scalars(theirs)), at=at)


def unread_on_board(
    session: Session, towns: Mapping[UUID, Town], *, account_id: UUID, at: datetime
) -> dict[str, tuple[ToRead, ...]]:
    """What one agent has still to read, by the slug of the town."""
    theirs = select(InstructionReceipt.tenant_id, InstructionReceipt.digest).where(
        InstructionReceipt.account_id == account_id
    )
    read = defaultdict[UUID, set[str]](set)
    for tenant_id, known in session.execute(theirs):
        read[tenant_id].add(known)
    waiting = {
        town.slug: tuple(
            each for each in _to_read(town, read[tenant_id], at=at) if not each.is_read
        )
        for tenant_id, town in towns.items()
    }
    return {slug: each for slug, each in waiting.items() if each}


def receipts_of(db: TenantSession) -> Sequence[InstructionReceipt]:
    mine = db.rows(InstructionReceipt).order_by(InstructionReceipt.read_at)
    return db.session.scalars(mine).all()


def _to_read(town: Town, read: Collection[str], *, at: datetime) -> tuple[ToRead, ...]:
    shown = (
        ToRead(
            each,
            digest(each),
            digest(each) in read,
            localtime.ends(each.ends, town.time_zone),
        )
        for each in in_force(town, at=at)
    )
    return tuple(sorted(shown, key=lambda each: each.is_read))
