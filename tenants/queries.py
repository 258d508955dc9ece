"""Which towns there are, whose a number is, and what rules a town has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session  # noqa: TID251 - the towns and lines are everybody's

from tenants.files import read
from tenants.models import Line, Tenant, TownVersion
from tenants.town import Town
from townline.errors import NotFound
from townline.tenancy import TenantSession

# A parsed town takes about a megabyte; the thousand busiest stay in a process.
KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Rules:
    """A town under one version of its rules; immutable, so it is parsed only once."""

    version_id: UUID
    number: int
    town: Town


def current(db: TenantSession) -> Rules:
    newest = (
        select(TownVersion.id)
        .where(TownVersion.tenant_id == db.tenant_id)
        .order_by(TownVersion.number.desc())
        .limit(1)
    )
    version_id = db.session.scalar(newest)
    if version_id is None:
        raise NotFound
    return rules_of(db, version_id)


def rules_of(db: TenantSession, version_id: UUID) -> Rules:
    """The rules something was handled under. Another town's version is not found."""
    known = _kept.get((db.tenant_id, version_id))
    return known or _load(db, version_id)


def by_slug(session: Session, slug: str) -> Tenant:
    return _found(look_up(session, slug))


def look_up(session: Session, slug: str) -> Tenant | None:
    return session.scalar(select(Tenant).where(Tenant.slug == slug))


def by_id(session: Session, tenant_id: UUID) -> Tenant:
    return _found(session.get(Tenant, tenant_id))


def by_prefix(session: Session, prefix: str) -> Tenant:
    wanted = select(Tenant).where(Tenant.prefix == prefix.upper())
    return _found(session.scalar(wanted))


def all_towns(session: Session) -> Sequence[Tenant]:
    return session.scalars(select(Tenant).order_by(Tenant.slug)).all()


def find_line(session: Session, number: str) -> UUID | None:
    """The town a number belongs to; asked before any town is known."""
    return session.scalar(select(Line.tenant_id).where(Line.number == number))


def _found(tenant: Tenant | None) -> Tenant:
    if tenant is None:
        raise NotFound
    return tenant


def _load(db: TenantSession, version_id: UUID) -> Rules:
    version = db.get(TownVersion, version_id)
    rules = Rules(
        version.id, version.number, read(version.body, source="a published version")
    )
    if len(_kept) >= KEPT:
        _kept.pop(next(iter(_kept)))
    _kept[db.tenant_id, version_id] = rules
    return rules


_kept: dict[tuple[UUID, UUID], Rules] = {}
