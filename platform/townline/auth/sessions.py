"""Open and end sessions. The cookie is a random token; its digest is the key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from msgspec import Struct
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from townline.auth.accounts import find_account, opens
from townline.auth.models import Account, LoginAttempt, LoginSession, Stage
from townline.auth.rules import (
    HALF_WAY_LASTS,
    SESSION_LASTS,
    WINDOW,
    Person,
    too_many,
)
from townline.errors import TooMany

# A browser names itself at length; its first words tell it from another.
BROWSER_NAME = 200


_HOLDER = text(
    """
    select account.id, account.name, account.email, account.language,
        account.extension,
        (
            select jsonb_agg(to_jsonb(town)) from towns_of(account.id) as town
            where only_town is null or town.tenant_id = only_town
        ) as towns
    from login_session join account on account.id = login_session.account_id
    where login_session.digest = :digest and login_session.stage = 'open'
        and login_session.expires_at > :at
    """
)


class Pending(Struct, frozen=True):
    """Somebody who gave the right password, and what they still have to do."""

    account_id: UUID
    email: str
    stage: Stage


class Browser(Struct, frozen=True, kw_only=True):
    """One of a person's open sessions; ``is_this`` is the one that asks."""

    id: UUID
    opened_at: datetime
    name: str
    address: str
    is_this: bool


def log_in(
    session: Session,
    email: str,
    *,
    password: str,
    address: str,
    browser: str,
    at: datetime,
) -> str | None:
    """The new session's token; None for a failed try, which is kept and must commit.

    For whoever has a second factor the session shows nothing until it was shown.
    """
    email = email.strip().lower()
    check_tries(session, email, address=address, at=at)
    account = find_account(session, email)
    if not opens(account, password) or not account:
        session.add(LoginAttempt(email=email, address=address, at=at))
        return None
    stage: Stage = "code" if account.second_factor_at else "open"
    if stage == "open":
        forgive(session, email)
    return _begin(session, account, stage, address=address, browser=browser, at=at)


def come_in_by_town(
    session: Session,
    email: str,
    *,
    town: UUID,
    address: str,
    browser: str,
    at: datetime,
) -> str | None:
    """The token of a session that sees ``town`` alone; None if it has no such person.

    The second factor is the provider's affair. The operator's people always come in
    by the front door: no town's provider speaks for them.
    """
    account = find_account(session, email)
    if account is None:
        return None
    token = _begin(session, account, "open", address=address, browser=browser, at=at)
    theirs = update(LoginSession).where(LoginSession.digest == digest(token))
    session.execute(theirs.values(only_town=town))
    person = whoever_holds(session, token, at=at)
    if person is None or not person.own_towns:
        log_out(session, token)
        return None
    return token


def knows_password(
    session: Session, email: str, password: str, *, at: datetime
) -> Account | None:
    """The account, if it is really its owner who sits at an open browser.

    A wrong word counts as a try to sign in, and must commit.
    """
    check_tries(session, email, address="", at=at)
    account = find_account(session, email)
    if opens(account, password):
        return account
    session.add(LoginAttempt(email=email, address="", at=at))
    return None


def ask_staff_to_enrol(session: Session, token: str, *, at: datetime) -> None:
    """Whoever is the operator's sets a second factor up before anything else."""
    person = whoever_holds(session, token, at=at)
    if person is None or not person.desk_towns:
        return
    theirs = update(LoginSession).where(LoginSession.digest == digest(token))
    session.execute(theirs.values(stage="enrol", expires_at=at + HALF_WAY_LASTS))


def open_up(session: Session, token: str, *, at: datetime) -> None:
    """What was still to prove has been proved: the browser is signed in."""
    theirs = update(LoginSession).where(LoginSession.digest == digest(token))
    session.execute(theirs.values(stage="open", expires_at=at + SESSION_LASTS))


def log_out(session: Session, token: str) -> None:
    session.execute(delete(LoginSession).where(LoginSession.digest == digest(token)))


def whoever_holds(session: Session, token: str, *, at: datetime) -> Person | None:
    """One statement: it is asked before every page."""
    asked = {"digest": digest(token), "at": at}
    found = session.execute(_HOLDER, asked).one_or_none()
    if found is None:
        return None
    towns = found.towns or []
    return Person(
        account_id=found.id,
        name=found.name,
        email=found.email,
        language=found.language,
        extension=found.extension,
        roles={UUID(each["tenant_id"]): each["role"] for each in towns},
        departments={
            UUID(each["tenant_id"]): frozenset(each["departments"])
            for each in towns
            if each["departments"]
        },
    )


def pending(session: Session, token: str, *, at: datetime) -> Pending | None:
    """Who is half-way through the door with this cookie, if anybody."""
    statement = (
        select(Account.id, Account.email, LoginSession.stage)
        .join(LoginSession, LoginSession.account_id == Account.id)
        .where(
            LoginSession.digest == digest(token),
            LoginSession.expires_at > at,
            LoginSession.stage != "open",
        )
    )
    found = session.execute(statement).one_or_none()
    return Pending(*found) if found else None


def browsers(
    session: Session, account_id: UUID, *, token: str, at: datetime
) -> Sequence[Browser]:
    """Where somebody is signed in now, the newest first."""
    theirs = select(LoginSession).where(
        LoginSession.account_id == account_id,
        LoginSession.expires_at > at,
        LoginSession.stage == "open",
    )
    found = session.scalars(theirs.order_by(LoginSession.opened_at.desc()))
    return [
        Browser(
            id=each.id,
            opened_at=each.opened_at,
            name=each.browser,
            address=each.address,
            is_this=each.digest == digest(token),
        )
        for each in found
    ]


def sign_out_browser(session: Session, account_id: UUID, session_id: UUID) -> None:
    """End one of one's own; another's is not there, and an ended one stays ended."""
    theirs = delete(LoginSession).where(
        LoginSession.account_id == account_id, LoginSession.id == session_id
    )
    session.execute(theirs)


def sign_out_others(session: Session, account_id: UUID, *, token: str) -> None:
    """End every session of an account's but the one that asks."""
    others = delete(LoginSession).where(
        LoginSession.account_id == account_id, LoginSession.digest != digest(token)
    )
    session.execute(others)


def check_tries(session: Session, email: str, *, address: str, at: datetime) -> None:
    """Raise TooMany while this address or this account has failed too often."""

    def failures(column: InstrumentedAttribute[str], value: str) -> int:
        recent = LoginAttempt.at > at - WINDOW
        statement = select(func.count()).where(recent, column == value)
        return session.scalar(statement) or 0

    tries = failures(LoginAttempt.email, email)
    if too_many(by_email=tries, by_address=failures(LoginAttempt.address, address)):
        raise TooMany


def forgive(session: Session, email: str) -> None:
    """They are who they say: earlier tries were their own."""
    session.execute(delete(LoginAttempt).where(LoginAttempt.email == email))


def digest(token: str) -> bytes:
    return sha256(token.encode()).digest()


def _begin(
    session: Session,
    account: Account,
    stage: Stage,
    *,
    address: str,
    browser: str,
    at: datetime,
) -> str:
    token = token_urlsafe(32)
    session.add(
        LoginSession(
            digest=digest(token),
            account_id=account.id,
            opened_at=at,
            expires_at=at + (SESSION_LASTS if stage == "open" else HALF_WAY_LASTS),
            browser=browser[:BROWSER_NAME],
            address=address,
            stage=stage,
        )
    )
    return token
