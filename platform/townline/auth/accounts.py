"""Accounts: opened, found by address, and given passwords that take long to guess."""

from __future__ import annotations

# zxcvbn ships no type marks.
# mypy: disable-error-code="no-untyped-call"
from collections.abc import Iterable
from secrets import token_urlsafe

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from zxcvbn import zxcvbn

from townline.auth.models import Account, LoginSession
from townline.auth.rules import LONGEST_PASSWORD, STRONG
from townline.errors import Invalid, NotFound

_hasher = PasswordHasher()  # argon2id with the library's current (RFC 9106) costs
# Verified when no account has the address, so that both answers take as long.
_nobody = _hasher.hash(token_urlsafe())


class NoSuchAccount(NotFound):
    """Nobody signs in with this address."""


class WeakPassword(Invalid):
    """This password is quickly guessed; join three or four unrelated words."""

    def __init__(self) -> None:
        super().__init__(field="password")


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


def account_of(session: Session, email: str) -> Account:
    account = find_account(session, email)
    if account is None:
        raise NoSuchAccount
    return account


def find_account(session: Session, email: str) -> Account | None:
    known = select(Account).where(Account.email == email.strip().lower())
    return session.scalar(known)


def change_password(session: Session, email: str, *, password: str) -> None:
    """Whoever was signed in with the old one has to sign in again."""
    account = account_of(session, email)
    replace_password(account, password=password)
    theirs = LoginSession.account_id == account.id
    session.execute(delete(LoginSession).where(theirs))


def replace_password(account: Account, *, password: str) -> None:
    account.password = _hasher.hash(password)


def check_strength(password: str, *, about: Iterable[str] = ()) -> None:
    """Raise WeakPassword for one that a guesser would find; ``about`` names the person,
    the town and whatever else such a guesser would try first."""
    if len(password) > LONGEST_PASSWORD or (
        zxcvbn(password, user_inputs=list(about))["score"] < STRONG
    ):
        raise WeakPassword


def opens(account: Account | None, password: str) -> bool:
    """Whether it is their password; as slow for nobody's account as for anybody's."""
    try:
        return _hasher.verify(account.password if account else _nobody, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
