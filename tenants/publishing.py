"""A file becomes a town's next version; the file that it already is changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session  # noqa: TID251 - a first import precedes its town

from tenants import queries
from tenants.files import Difference, differences, read
from tenants.models import Line, Tenant, TownVersion
from tenants.town import Town
from townline import proof
from townline.db import new_id
from townline.errors import Conflict
from townline.proof import Actor
from townline.tenancy import TenantSession


class LineTaken(Conflict):
    """A number in this file belongs to another town."""


@dataclass(frozen=True, slots=True)
class Published:
    """``changed`` is false when the town already had exactly this file."""

    tenant_id: UUID
    slug: str
    number: int
    changed: bool


def preview(
    session: Session, body: str, *, source: str = "the file"
) -> tuple[Difference, ...]:
    """What importing this would change; publishes nothing."""
    town = read(body, source=source)
    tenant = queries.look_up(session, town.slug)
    if tenant is None:
        return (Difference(f"town {town.slug}", None, town.name.in_("en")),)
    db = _in_town(session, tenant.id)
    changes = differences(queries.current(db).town, town)
    if not changes and export_town(db) != body:
        return (Difference("layout and comments", "as they are", "as in the file"),)
    return changes


def import_town(
    session: Session, body: str, *, author: str, reason: str, at: datetime
) -> Published:
    """Publish a file as the town's next version, or find that it already is."""
    town = read(body, source="the file")
    tenant_id = _tenant(session, town, at=at)
    db = _in_town(session, tenant_id)
    latest = _latest(db)
    digest = sha256(body.encode()).digest()
    if latest and latest.digest == digest:
        return Published(tenant_id, town.slug, latest.number, changed=False)
    version = TownVersion(
        id=new_id(),
        number=latest.number + 1 if latest else 1,
        body=body,
        digest=digest,
        author=author,
        reason=reason,
        published_at=at,
    )
    db.add(version)
    _claim_lines(db, town)
    _log(db, version, at=at)
    return Published(tenant_id, town.slug, version.number, changed=True)


def export_town(db: TenantSession) -> str:
    """The file to the letter, so that importing it again changes nothing."""
    version = db.get(TownVersion, queries.current(db).version_id)
    return version.body


def _tenant(session: Session, town: Town, *, at: datetime) -> UUID:
    """The town's row, made by its first import; imports of one town take turns."""
    statement = insert(Tenant).values(
        id=new_id(),
        slug=town.slug,
        prefix=town.prefix,
        name=town.name.in_(town.languages[0]),
        created_at=at,
    )
    session.execute(statement.on_conflict_do_nothing(index_elements=["slug"]))
    locked = select(Tenant.id).where(Tenant.slug == town.slug).with_for_update()
    return session.scalars(locked).one()


def _in_town(session: Session, tenant_id: UUID) -> TenantSession:
    session.info["tenant_id"] = tenant_id
    session.execute(text("select set_tenant(:id)"), {"id": tenant_id})
    return TenantSession(tenant_id, session)


def _latest(db: TenantSession) -> TownVersion | None:
    newest = db.rows(TownVersion).order_by(TownVersion.number.desc()).limit(1)
    return db.session.scalar(newest)


def _claim_lines(db: TenantSession, town: Town) -> None:
    """The town's numbers ring here; one that is another town's stays there."""
    numbers = [line.number for line in town.lines]
    gone = delete(Line).where(
        Line.tenant_id == db.tenant_id, Line.number.not_in(numbers)
    )
    db.session.execute(gone)
    rows = [{"number": each, "tenant_id": db.tenant_id} for each in numbers]
    db.session.execute(insert(Line).values(rows).on_conflict_do_nothing())
    ours = select(func.count()).where(
        Line.tenant_id == db.tenant_id, Line.number.in_(numbers)
    )
    if db.session.scalar(ours) != len(numbers):
        raise LineTaken


def _log(db: TenantSession, version: TownVersion, *, at: datetime) -> None:
    proof.record(
        db,
        "town.published",
        subject=db.tenant_id,
        at=at,
        actor=Actor("town", version.author),
        version=version.number,
        digest=version.digest.hex(),
        reason=version.reason,
    )
