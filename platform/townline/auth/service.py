"""Open and end sessions. The cookie is a random token; its digest is the key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import InstrumentedAttribute, Session

from townline import proof
from townline.auth.models import Account, LoginAttempt, LoginSession, TownAccess
from townline.auth.rules import SESSION_LASTS, WINDOW, Person, too_many
from townline.db import new_id
from townline.errors import NotFound, TooMany
from townline.tenancy import TenantSession

_hasher = PasswordHasher()  # argon2id with the library's current (RFC 9106) costs
# Verified when no account has the address, so that both answers take as long.
_nobody = _hasher.hash(token_urlsafe())


class NoSuchAccount(NotFound):
    """Nobody signs in with this address."""


def open_account(
    session: Session,
    email: str,
    *,
    name: str,
    password: str,
    language: str | None = None,
    extension: str | None = None,
) -> Account:
    account = Account(
        email=email.strip().lower(),
        name=name,
        password=_hasher.hash(password),
        language=language,
        extension=extension,
    )
    session.add(account)
    session.flush()
    return account


def grant(db: TenantSession, account_id: UUID, *, role: str, at: datetime) -> None:
    """Give an account its role in this town; giving it again changes the role."""
    statement = insert(TownAccess).values(
        tenant_id=db.tenant_id,
        id=new_id(),
        account_id=account_id,
        role=role,
        granted_at=at,
    )
    statement = statement.on_conflict_do_update(
        index_elements=["tenant_id", "account_id"],
        set_={"role": statement.excluded.role},
    )
    db.session.execute(statement)
    proof.record(db, "access.granted", subject=account_id, at=at, role=role)


def revoke(db: TenantSession, account_id: UUID, *, at: datetime) -> None:
    """Take an account's role in this town away."""
    theirs = delete(TownAccess).where(
        TownAccess.tenant_id == db.tenant_id, TownAccess.account_id == account_id
    )
    db.session.execute(theirs)
    proof.record(db, "access.revoked", subject=account_id, at=at)


def managers(db: TenantSession) -> Sequence[Account]:
    """Whoever looks after the town, in the order in which they were let in."""
    statement = (
        select(Account)
        .join(TownAccess, TownAccess.account_id == Account.id)
        .where(TownAccess.tenant_id == db.tenant_id, TownAccess.role == "manager")
        .order_by(TownAccess.granted_at, Account.email)
    )
    return db.session.scalars(statement).all()


def account_of(session: Session, email: str) -> Account:
    known = select(Account).where(Account.email == email.strip().lower())
    account = session.scalar(known)
    if account is None:
        raise NoSuchAccount
    return account


def change_password(session: Session, email: str, *, password: str) -> None:
    """Whoever was signed in with the old one has to sign in again."""
    account = account_of(session, email)
    account.password = _hasher.hash(password)
    theirs = LoginSession.account_id == account.id
    session.execute(delete(LoginSession).where(theirs))


def log_in(
    session: Session,
    email: str,
    *,
    password: str,
    address: str,
    browser: str,
    at: datetime,
) -> str | None:
    """The new session's token; None for a failed try, which is kept and must commit."""
    email = email.strip().lower()
    _check_tries(session, email, address=address, at=at)
    account = session.scalar(select(Account).where(Account.email == email))
    if not _matches(account.password if account else _nobody, password) or not account:
        session.add(LoginAttempt(email=email, address=address, at=at))
        return None
    session.execute(delete(LoginAttempt).where(LoginAttempt.email == email))
    token = token_urlsafe(32)
    session.add(
        LoginSession(
            digest=_digest(token),
            account_id=account.id,
            opened_at=at,
            expires_at=at + SESSION_LASTS,
            browser=browser[:200],
            address=address,
            stage="open",
        )
    )
    return token


def log_out(session: Session, token: str) -> None:
    session.execute(delete(LoginSession).where(LoginSession.digest == _digest(token)))


def whoever_holds(session: Session, token: str, *, at: datetime) -> Person | None:
    statement = (
        select(Account)
        .join(LoginSession, LoginSession.account_id == Account.id)
        .where(LoginSession.digest == _digest(token), LoginSession.expires_at > at)
    )
    account = session.scalar(statement)
    if account is None:
        return None
    towns = session.execute(
        text("select tenant_id, role from towns_of(:account)"), {"account": account.id}
    )
    return Person(
        account_id=account.id,
        name=account.name,
        email=account.email,
        language=account.language,
        extension=account.extension,
        roles={tenant_id: role for tenant_id, role in towns},
    )


def _check_tries(session: Session, email: str, *, address: str, at: datetime) -> None:
    """Raise TooMany while this address or this account has failed too often."""

    def failures(column: InstrumentedAttribute[str], value: str) -> int:
        recent = LoginAttempt.at > at - WINDOW
        statement = select(func.count()).where(recent, column == value)
        return session.scalar(statement) or 0

    tries = failures(LoginAttempt.email, email)
    if too_many(by_email=tries, by_address=failures(LoginAttempt.address, address)):
        raise TooMany


def _matches(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
