"""The rules that hold for a town, and which town a name or a number belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session  # noqa: TID251 - no town is known here yet

from tenants import files
from tenants.models import Line, Tenant, TownVersion
from tenants.shelf import Addresses, Rules, Shelf
from tenants.town import Town
from townline.db import Database
from townline.errors import NotFound
from townline.prepared import Prepared
from townline.tenancy import TenantSession

_SHELF = Shelf()
_ADDRESSES = Addresses()
# In a session's own notes: the transaction, and the version that holds in it.
HOLDS_NOW = "the version that holds"
LATEST = Prepared(
    select(TownVersion.id)
    .where(TownVersion.tenant_id == bindparam("town"))
    .order_by(TownVersion.number.desc())
    .limit(1)
)


class NotPublished(NotFound):
    """This town has no rules yet; publish its first version."""


def current(db: TenantSession) -> Rules:
    """The version that holds for whatever begins now, asked for once a transaction."""
    kept = db.session.info.get((HOLDS_NOW, db.tenant_id))
    if kept is not None and kept[0] is db.session.get_transaction():
        return rules_of(db, kept[1])
    version_id = _latest_id(db)
    whole = (db.session.get_transaction(), version_id)
    db.session.info[HOLDS_NOW, db.tenant_id] = whole
    return rules_of(db, version_id)


def look_again(db: TenantSession) -> None:
    """Forget which version holds: this very transaction has published another."""
    db.session.info.pop((HOLDS_NOW, db.tenant_id), None)


def _latest_id(db: TenantSession) -> UUID:
    found = LATEST(db)
    if not found:
        raise NotPublished
    version_id: UUID = found[0][0]
    return version_id


def rules_of(db: TenantSession, version_id: UUID) -> Rules:
    """A version of the town's rules: the one a ticket or a run is handled under."""
    kept = _SHELF.find(db.tenant_id, version_id)
    if kept is not None:
        return kept
    version = db.get(TownVersion, version_id)
    town = files.recall(version.body)
    return _SHELF.keep(db.tenant_id, Rules(version.id, version.number, town))


def current_of(session: Session) -> Mapping[UUID, Town]:
    """What holds now in every town of a board, asked for all at once."""
    newest = (
        select(TownVersion.tenant_id, TownVersion.id)
        .ext(distinct_on(TownVersion.tenant_id))
        .order_by(TownVersion.tenant_id, TownVersion.number.desc())
    )
    return {
        tenant_id: _shelved(session, tenant_id, version_id)
        for tenant_id, version_id in session.execute(newest)
    }


def _shelved(session: Session, tenant_id: UUID, version_id: UUID) -> Town:
    """From memory; a process reads each version once."""
    kept = _SHELF.find(tenant_id, version_id)
    if kept is None:
        version = session.scalars(
            select(TownVersion).where(
                TownVersion.tenant_id == tenant_id, TownVersion.id == version_id
            )
        ).one()
        rules = Rules(version.id, version.number, files.recall(version.body))
        kept = _SHELF.keep(tenant_id, rules)
    return kept.town


def latest(db: TenantSession) -> TownVersion | None:
    """The last published version as it was written, comments and all."""
    return db.session.scalar(versions(db).limit(1))


def versions(db: TenantSession) -> Select[TownVersion]:
    """Every published version, the latest first."""
    return db.rows(TownVersion).order_by(TownVersion.number.desc())


def export_town(db: TenantSession) -> str:
    """The file of the town to the letter: importing it again changes nothing."""
    version = latest(db)
    if version is None:
        raise NotPublished
    return version.body


def find_line(session: Session, number: str) -> UUID | None:
    """The town whose number this is."""
    return session.scalar(select(Line.tenant_id).where(Line.number == number))


def all_towns(session: Session) -> Sequence[Tenant]:
    return session.scalars(select(Tenant).order_by(Tenant.slug)).all()


def look_up(session: Session, slug: str) -> Tenant | None:
    return session.scalar(select(Tenant).where(Tenant.slug == slug))


def id_of(database: Database, slug: str) -> UUID | None:
    """The town an address names, asked of the database once a process."""
    if known := _ADDRESSES.find(database, slug):
        return known
    with database.everybody() as session:
        tenant = look_up(session, slug)
    if tenant is None:
        return None
    _ADDRESSES.keep(database, slug, tenant.id)
    return tenant.id


def by_slug(session: Session, slug: str) -> Tenant:
    return _one(look_up(session, slug))


def by_id(session: Session, tenant_id: UUID) -> Tenant:
    return _one(session.get(Tenant, tenant_id))


def by_prefix(session: Session, prefix: str) -> Tenant:
    """The town whose tracking numbers start with ``prefix``."""
    return _one(session.scalar(select(Tenant).where(Tenant.prefix == prefix.upper())))


def _one(tenant: Tenant | None) -> Tenant:
    if tenant is None:
        raise NotFound
    return tenant
