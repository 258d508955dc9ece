"""The versions of a town's rules: who let them hold, why, and from when until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

import tenants
from portal.town.changes.comparing import Changed, compared
from tenants import TownVersion, drafting, news
from tenants.drafting import TownApproval, TownDraft
from tenants.news import VersionReceipt
from townline.errors import NotFound
from townline.tenancy import TenantSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """``until`` is when the next one began to hold; None for the one that holds."""

    number: int
    author: str
    approved_by: str
    reason: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One version beside another; ``other`` is None where it is the first."""

    version: Version
    other: Version | None
    versions: tuple[Version, ...]
    changes: tuple[Changed, ...]
    touches_agents: bool
    readers: Sequence[VersionReceipt]


def versions_of(db: TenantSession) -> tuple[Version, ...]:
    """All of them, the latest first."""
    approvals = _approvals(db)
    rows = db.session.execute(
        select(
            TownVersion.id,
            TownVersion.number,
            TownVersion.author,
            TownVersion.reason,
            TownVersion.published_at,
        )
        .where(TownVersion.tenant_id == db.tenant_id)
        .order_by(TownVersion.number.desc())
    ).all()
    ends = [None, *(row.published_at for row in rows)]
    return tuple(
        Version(
            number=row.number,
            author=row.author,
            approved_by=approvals.get(row.id, ""),
            reason=row.reason,
            since=row.published_at,
            until=end,
        )
        for row, end in zip(rows, ends, strict=False)
    )


def side_by_side(db: TenantSession, number: int, since: int | None) -> Compared:
    """A version and what it changes against an earlier one: the one before it."""
    versions = versions_of(db)
    book = {each.number: each for each in versions}
    if number not in book:
        raise NotFound
    before = number - 1 if since is None else since
    other = book.get(before)
    return Compared(
        version=book[number],
        other=other,
        versions=versions,
        changes=() if other is None else _changes(db, before, number),
        touches_agents=news.news_of(db, number) is not None,
        readers=news.readers_of(db, number),
    )


def _changes(db: TenantSession, old: int, new: int) -> tuple[Changed, ...]:
    before, after = (
        tenants.rules_of(db, drafting.version_of(db, number).id).town
        for number in (old, new)
    )
    return compared(before, after)


def _approvals(db: TenantSession) -> Mapping[UUID, str]:
    """Whose second look each version had, by the version."""
    given = (
        select(TownDraft.version_id, TownApproval.name)
        .join(
            TownApproval,
            (TownApproval.tenant_id == TownDraft.tenant_id)
            & (TownApproval.draft_id == TownDraft.id)
            & (TownApproval.revision == TownDraft.revision),
        )
        .where(TownDraft.tenant_id == db.tenant_id, TownDraft.version_id.is_not(None))
    )
    return {version: name for version, name in db.session.execute(given) if version}
