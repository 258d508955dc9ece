"""A code from the telephone after the password (TOTP, RFC 6238), or a recovery code.

A code opens the door once: the half minute it belongs to is kept, and an earlier one,
or the same, is refused even within its time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from secrets import choice
from uuid import UUID

from msgspec import Struct
from pyotp import random_base32
from pyotp.totp import TOTP
from pyotp.utils import strings_equal
from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from townline.auth.models import Account, LoginAttempt, RecoveryCode
from townline.auth.seals import seal, unseal
from townline.auth.sessions import Pending, check_tries, forgive, open_up
from townline.db import new_id
from townline.errors import Conflict

# RFC 6238's own: half a minute, and one on either side for slow fingers and clocks.
STEP_SECONDS, DRIFT = 30, 1
RECOVERY_CODES = 10
# Ten of 32 letters are 50 bits; none of these is taken for another when read aloud.
LETTERS, LENGTH, HALF = "abcdefghjkmnpqrstuvwxyz23456789", 10, 5
ISSUER = "Townline"


class HasOne(Conflict):
    """This account has a second factor; turn that off before setting up another."""


class Enrolment(Struct, frozen=True):
    """What an authenticator is shown: ``uri`` as a picture, ``secret`` to type."""

    secret: str
    uri: str


def enrol(session: Session, account_id: UUID, *, key: str) -> Enrolment:
    """The secret to set up; the same one until a code of it has been confirmed.

    Whoever knows no more than a password must never put theirs in another's place.
    """
    account = _locked(session, account_id)
    if account.second_factor_at is not None:
        raise HasOne
    if account.second_factor is None:
        account.second_factor = seal(random_base32(), key=key)
        session.flush()
    secret = unseal(account.second_factor, key=key)
    uri = TOTP(secret).provisioning_uri(name=account.email, issuer_name=ISSUER)
    return Enrolment(secret, uri)


def confirm(
    session: Session, account_id: UUID, code: str, *, key: str, at: datetime
) -> tuple[str, ...]:
    """Trust the authenticator from now on; recovery codes to keep, shown this once.

    Empty if the code is not of the secret that was shown.
    """
    account = _locked(session, account_id)
    if account.second_factor_at is not None:
        raise HasOne
    if not _is_right(session, account, code, key=key, at=at):
        return ()
    account.second_factor_at = at
    return _new_codes(session, account_id)


def pass_with(
    session: Session, pending: Pending, token: str, *, code: str, key: str, at: datetime
) -> bool:
    """Open the browser's session with a code; a wrong one is kept and must commit."""
    check_tries(session, pending.email, address="", at=at)
    account = _locked(session, pending.account_id)
    if not _is_right(session, account, code, key=key, at=at) and not _use(
        session, account.id, code, at=at
    ):
        session.add(LoginAttempt(email=pending.email, address="", at=at))
        return False
    forgive(session, pending.email)
    open_up(session, token, at=at)
    return True


def forget(session: Session, account_id: UUID) -> None:
    """Without a second factor again: the telephone is lost, or was replaced."""
    account = _locked(session, account_id)
    account.second_factor = account.second_factor_at = account.last_step = None
    _drop_codes(session, account_id)


def codes_left(session: Session, account_id: UUID) -> int:
    unused = select(RecoveryCode.id).where(
        RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None)
    )
    return len(session.scalars(unused).all())


def _is_right(
    session: Session, account: Account, code: str, *, key: str, at: datetime
) -> bool:
    """Whether it is one of now; then it is used up, whoever else is sending it."""
    if account.second_factor is None:
        return False
    totp = TOTP(unseal(account.second_factor, key=key), interval=STEP_SECONDS)
    typed = "".join(code.split())
    now = int(at.timestamp()) // STEP_SECONDS
    for step in range(now - DRIFT, now + DRIFT + 1):
        if strings_equal(typed, totp.generate_otp(step)):
            return _use_step(session, account.id, step)
    return False


def _use_step(session: Session, account_id: UUID, step: int) -> bool:
    fresh = update(Account).where(
        Account.id == account_id,
        or_(Account.last_step.is_(None), Account.last_step < step),
    )
    used = session.scalar(fresh.values(last_step=step).returning(Account.id))
    return used is not None


def _use(session: Session, account_id: UUID, code: str, *, at: datetime) -> bool:
    """One of the recovery codes that has not been used."""
    unused = update(RecoveryCode).where(
        RecoveryCode.account_id == account_id,
        RecoveryCode.digest == _digest(account_id, code),
        RecoveryCode.used_at.is_(None),
    )
    used = session.scalar(unused.values(used_at=at).returning(RecoveryCode.id))
    return used is not None


def _new_codes(session: Session, account_id: UUID) -> tuple[str, ...]:
    _drop_codes(session, account_id)
    codes = tuple(_codes())
    session.add_all(
        RecoveryCode(
            id=new_id(), account_id=account_id, digest=_digest(account_id, code)
        )
        for code in codes
    )
    return codes


def _drop_codes(session: Session, account_id: UUID) -> None:
    theirs = RecoveryCode.account_id == account_id
    session.execute(delete(RecoveryCode).where(theirs))


def _codes() -> Iterator[str]:
    for _ in range(RECOVERY_CODES):
        letters = "".join(choice(LETTERS) for _ in range(LENGTH))
        yield f"{letters[:HALF]}-{letters[HALF:]}"


def _digest(account_id: UUID, code: str) -> bytes:
    letters = "".join(char for char in code.lower() if char.isalnum())
    return sha256(account_id.bytes + letters.encode()).digest()


def _locked(session: Session, account_id: UUID) -> Account:
    mine = select(Account).where(Account.id == account_id).with_for_update()
    return session.scalars(mine).one()
