"""A file becomes a town's next version; the file that it already is changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session  # noqa: TID251 - the town may be a new one

from tenants import files
from tenants.lint import NOTHING, Knowledge, Weakness, lint
from tenants.models import Line, Tenant, TownVersion
from tenants.news import tell_agents
from tenants.queries import latest, look_again, look_up, rules_of
from tenants.town import Town
from townline import proof
from townline.db import new_id
from townline.errors import Conflict, Invalid
from townline.proof import Actor
from townline.tenancy import TenantSession

IMPORTED = "the file"


_LAYOUT = files.Difference("layout and comments", "as they are", "as in the file")


class LineTaken(Conflict):
    """One of these telephone numbers belongs to another town."""


class PrefixTaken(Conflict):
    """Another town's tracking numbers already start like this."""


class PrefixFixed(Conflict):
    """A town keeps the letters its tracking numbers start with."""


class TownUnsafe(Invalid):
    """Somebody would not be reached under these rules; nothing was published."""

    def __init__(self, weaknesses: Iterable[Weakness] = ()) -> None:
        self.weaknesses = tuple(weaknesses)
        first = (self.__doc__ or "").split("\n")[0]
        super().__init__("\n".join([first, *(f"  {each}" for each in self.weaknesses)]))


class OneTownATransaction(Conflict):
    """Each town's file is imported in a transaction of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """``changed`` is false when the town already had exactly this document."""

    tenant_id: UUID
    slug: str
    version_id: UUID
    number: int
    changed: bool


@dataclass(frozen=True, slots=True)
class Signed:
    """Who lets a version hold, why, and from when on."""

    author: str
    reason: str
    at: datetime


def preview(
    session: Session, document: str, *, source: str = IMPORTED
) -> tuple[files.Difference, ...]:
    """What importing a document would change; all of it, for a town not yet known."""
    town = files.read(document, source=source)
    tenant = look_up(session, town.slug)
    version = None if tenant is None else latest(_enter(session, tenant.id))
    if version is None:
        words = f"{len(town.categories)} categories, {len(town.contacts)} contacts"
        return (files.Difference(f'town "{town.slug}"', None, words),)
    changes = files.differences(files.recall(version.body), town)
    if not changes and version.body != document:
        return (_LAYOUT,)
    return changes


def import_town(
    session: Session,
    document: str,
    *,
    author: str,
    reason: str,
    at: datetime,
    known: Knowledge = NOTHING,
) -> Published:
    """Publish a document as the next version of its town's rules.

    The town is made on its first import. Two imports of one town at once wait for
    each other, and the same document twice is one version. Rules under which
    somebody would not be reached are refused.
    """
    signed = Signed(author, reason, at)
    return _take_over(session, document, signed, known, tolerant=False)


def publish_change(
    session: Session, document: str, signed: Signed, *, known: Knowledge
) -> Published:
    """The same for one change that cannot wait, to rules that hold already.

    What goes wrong under those rules anyway does not stand in its way: somebody who
    answered STOP must not keep the town from changing tonight's shift.
    """
    return _take_over(session, document, signed, known, tolerant=True)


def _take_over(
    session: Session,
    document: str,
    signed: Signed,
    known: Knowledge,
    *,
    tolerant: bool,
) -> Published:
    town = files.read(document, source=IMPORTED)
    tenant = _tenant(session, town, signed.at)
    _claim_lines(session, town, tenant.id)
    db = _enter(session, tenant.id)
    before = latest(db)
    if before is not None and before.digest == sha256(document.encode()).digest():
        return _published(tenant, before, changed=False)
    old = None if before is None else rules_of(db, before.id).town
    _refuse_unsafe(town, old if tolerant else None, known, at=signed.at)
    version = _added(db, document, before, signed)
    if before is not None and old is not None:
        tell_agents(db, before, version, old=old, new=town)
    look_again(db)
    _log(db, version, at=signed.at)
    return _published(tenant, version, changed=True)


def _added(
    db: TenantSession, document: str, before: TownVersion | None, signed: Signed
) -> TownVersion:
    version = db.add(
        TownVersion(
            id=new_id(),
            number=1 if before is None else before.number + 1,
            body=document,
            digest=sha256(document.encode()).digest(),
            author=signed.author,
            reason=signed.reason,
            published_at=signed.at,
        )
    )
    db.session.flush()
    return version


def _refuse_unsafe(
    town: Town, old: Town | None, known: Knowledge, *, at: datetime
) -> None:
    errors = _errors(town, known, at=at)
    if errors and old is not None:
        already = _errors(old, known, at=at)
        errors = [each for each in errors if not each.was_there(already)]
    if errors:
        raise TownUnsafe(errors)


def _errors(town: Town, known: Knowledge, *, at: datetime) -> list[Weakness]:
    found = lint(town, at=at, known=known)
    return [each for each in found if each.severity == "error"]


def _tenant(session: Session, town: Town, at: datetime) -> Tenant:
    """The town's own row, locked: its versions are numbered one after the other."""
    rival = session.scalar(
        select(Tenant).where(Tenant.prefix == town.prefix, Tenant.slug != town.slug)
    )
    if rival is not None:
        raise PrefixTaken
    name = town.name.in_(town.languages[0])
    session.execute(
        insert(Tenant)
        .values(
            id=new_id(), slug=town.slug, prefix=town.prefix, name=name, created_at=at
        )
        .on_conflict_do_nothing(index_elements=["slug"])
    )
    tenant = session.scalars(
        select(Tenant).where(Tenant.slug == town.slug).with_for_update()
    ).one()
    if tenant.prefix != town.prefix:
        raise PrefixFixed
    tenant.name = name
    return tenant


def _claim_lines(session: Session, town: Town, tenant_id: UUID) -> None:
    """Give up the numbers the town no longer has, and take those that are free."""
    numbers = [line.number for line in town.lines]
    session.execute(
        delete(Line).where(Line.tenant_id == tenant_id, Line.number.not_in(numbers))
    )
    session.execute(
        insert(Line).on_conflict_do_nothing(),
        [{"number": number, "tenant_id": tenant_id} for number in numbers],
    )
    taken = session.scalars(
        select(Line.number).where(Line.number.in_(numbers), Line.tenant_id != tenant_id)
    ).all()
    if taken:
        raise LineTaken(f"Another town already has {', '.join(sorted(taken))}.")


def _enter(session: Session, tenant_id: UUID) -> TenantSession:
    """Go on in one town: the transaction began before it was known which."""
    if session.info.get("tenant_id", tenant_id) != tenant_id:
        raise OneTownATransaction
    session.info["tenant_id"] = tenant_id
    session.execute(text("select set_tenant(:id)"), {"id": tenant_id})
    return TenantSession(tenant_id, session)


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


def _published(tenant: Tenant, version: TownVersion, *, changed: bool) -> Published:
    return Published(
        tenant_id=tenant.id,
        slug=tenant.slug,
        version_id=version.id,
        number=version.number,
        changed=changed,
    )
