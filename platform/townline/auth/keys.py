"""Keys of a town's programs: made with scopes and an end, shown once, revoked at once.

A key names its town, so that the row is looked for there and nowhere else:
``townline_<town>_<secret>``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from msgspec import Struct
from sqlalchemy import or_, update

from townline import proof
from townline.auth.models import ApiKey
from townline.auth.rules import KEY, KEY_DAYS, SCOPES, Person
from townline.db import Database
from townline.errors import Conflict, Invalid
from townline.proof import Actor
from townline.tenancy import TenantSession, town

MARK = "townline"
SECRET_BYTES = 32
LONGEST_NAME = 60
# "Last used" is for people who tidy up; a program that asks twice a second would
# otherwise write as often.
USED_AGAIN = timedelta(minutes=1)


class NoName(Invalid):
    """Write what this key is for, in at most sixty letters."""


class NoScope(Invalid):
    """Choose at least one thing that this key may open."""


class NoEnd(Invalid):
    """Choose how long this key is to work."""


class AlreadyRevoked(Conflict):
    """This key was revoked already."""


class KeyWish(Struct, frozen=True, kw_only=True):
    """What a key is for, what it may open, and for how many days."""

    name: str
    scopes: tuple[str, ...]
    days: int
    departments: tuple[str, ...] = ()


class MadeKey(Struct, frozen=True):
    """The key's row, and the key itself, which is kept nowhere."""

    row: ApiKey
    token: str


def make_key(db: TenantSession, wish: KeyWish, *, by: Actor, at: datetime) -> MadeKey:
    _check(wish)
    token = f"{MARK}_{db.tenant_id.hex}_{token_urlsafe(SECRET_BYTES)}"
    row = db.add(
        ApiKey(
            name=wish.name.strip(),
            digest=_digest(token),
            ending=token[-4:],
            scopes=[scope for scope in SCOPES if scope in wish.scopes],
            departments=sorted(wish.departments) or None,
            made_by=by.name,
            made_at=at,
            expires_at=at + timedelta(days=wish.days),
        )
    )
    db.session.flush()
    facts = {"name": row.name, "scopes": row.scopes, "until": row.expires_at}
    proof.record(db, "access.key_made", subject=row.id, at=at, actor=by, **facts)
    return MadeKey(row, token)


def revoke_key(db: TenantSession, key_id: UUID, *, by: Actor, at: datetime) -> None:
    """It opens nothing from this transaction's end on."""
    row = db.get(ApiKey, key_id, lock=True)
    if row.revoked_at:
        raise AlreadyRevoked
    row.revoked_at, row.revoked_by = at, by.name
    facts = {"name": row.name}
    proof.record(db, "access.key_revoked", subject=row.id, at=at, actor=by, **facts)


def keys(db: TenantSession) -> Sequence[ApiKey]:
    """All there ever were, the newest first: whoever tidies up sees what was."""
    return db.session.scalars(db.rows(ApiKey).order_by(ApiKey.made_at.desc())).all()


def whoever_shows(database: Database, token: str, *, at: datetime) -> Person | None:
    """The program that holds this key, if it opens anything now."""
    tenant_id = _town_of(token)
    if tenant_id is None:
        return None
    with town(database, tenant_id) as db:
        mine = db.rows(ApiKey).where(
            ApiKey.digest == _digest(token),
            ApiKey.revoked_at.is_(None),
            ApiKey.expires_at > at,
        )
        found = db.session.scalar(mine)
        if found is None:
            return None
        _note_use(db, found, at=at)
        return _person(found)


def _check(wish: KeyWish) -> None:
    if not 0 < len(wish.name.strip()) <= LONGEST_NAME:
        raise NoName(field="name")
    if not wish.scopes or not set(wish.scopes) <= set(SCOPES):
        raise NoScope(field="scopes")
    if wish.days not in KEY_DAYS:
        raise NoEnd(field="days")


def _town_of(token: str) -> UUID | None:
    mark, _, rest = token.partition("_")
    town_part, _, secret = rest.partition("_")
    try:
        return UUID(town_part) if mark == MARK and secret else None
    except ValueError:
        return None


def _note_use(db: TenantSession, row: ApiKey, *, at: datetime) -> None:
    mine = update(ApiKey).where(
        ApiKey.tenant_id == db.tenant_id,
        ApiKey.id == row.id,
        or_(ApiKey.last_used_at.is_(None), ApiKey.last_used_at < at - USED_AGAIN),
    )
    db.session.execute(mine.values(last_used_at=at))


def _person(row: ApiKey) -> Person:
    departments = {row.tenant_id: frozenset(row.departments or ())}
    return Person(
        account_id=row.id,
        name=row.name,
        email="",
        language=None,
        extension=None,
        roles={row.tenant_id: KEY},
        departments=departments if row.departments else {},
        scopes=frozenset(row.scopes),
    )


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
