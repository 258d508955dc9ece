"""Invitations: a role in a town that waits for whoever opens the link in a letter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from msgspec import Struct
from sqlalchemy import update

from townline import proof
from townline.auth.access import grant
from townline.auth.accounts import (
    check_strength,
    find_account,
    open_account,
    opens,
)
from townline.auth.models import Account, Invitation, Role
from townline.auth.rules import DESK, INVITATION_LASTS, SCOPED
from townline.errors import Conflict, Invalid, NotFound
from townline.proof import Actor
from townline.tenancy import TenantSession


class LinkOver(NotFound):
    """This invitation was used, withdrawn, or is too old; ask for another."""


class AlreadyIn(Conflict):
    """This invitation was accepted already; change the role in the list instead."""


class WrongPassword(Invalid):
    """There is an account with this address, and this is not its password."""


class Wish(Struct, frozen=True, kw_only=True):
    """Who is to come in, and as what; ``name`` is how colleagues will read them.

    ``also`` are further towns, for the operator's people.
    """

    email: str
    name: str
    role: Role
    departments: tuple[str, ...] = ()
    also: tuple[UUID, ...] = ()
    language: str = "en"


class Sent(Struct, frozen=True):
    """The invitation, and the token of its link, which is kept nowhere."""

    invitation: Invitation
    token: str


def invite(db: TenantSession, wish: Wish, *, by: Actor, at: datetime) -> Sent:
    token = token_urlsafe(24)
    invitation = db.add(
        Invitation(
            email=wish.email.strip().lower(),
            name=wish.name.strip(),
            role=wish.role,
            departments=sorted(wish.departments) if wish.role in SCOPED else None,
            also=sorted(str(each) for each in wish.also) or None,
            language=wish.language,
            digest=_digest(token),
            invited_by=by.name,
            invited_at=at,
            expires_at=at + INVITATION_LASTS,
            times_sent=1,
        )
    )
    db.session.flush()
    facts = {"role": wish.role, "email": invitation.email}
    proof.record(db, "access.invited", subject=invitation.id, at=at, actor=by, **facts)
    return Sent(invitation, token)


def invite_again(
    db: TenantSession, invitation_id: UUID, *, by: Actor, at: datetime
) -> Sent:
    """Another link; the one in the earlier letter opens nothing any more."""
    invitation = _open(db, invitation_id)
    token = token_urlsafe(24)
    invitation.digest = _digest(token)
    invitation.expires_at = at + INVITATION_LASTS
    invitation.times_sent += 1
    proof.record(db, "access.invited_again", subject=invitation.id, at=at, actor=by)
    return Sent(invitation, token)


def withdraw(
    db: TenantSession, invitation_id: UUID, *, by: Actor, at: datetime
) -> None:
    """Withdrawn twice it is withdrawn once."""
    invitation = db.get(Invitation, invitation_id, lock=True)
    if invitation.accepted_at:
        raise AlreadyIn
    if invitation.withdrawn_at is None:
        invitation.withdrawn_at = at
        proof.record(
            db, "access.invitation_withdrawn", subject=invitation.id, at=at, actor=by
        )


def invitations(db: TenantSession) -> Sequence[Invitation]:
    """Those that wait, the newest first; whoever is too late may be invited again."""
    waiting = db.rows(Invitation).where(
        Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None)
    )
    return db.session.scalars(waiting.order_by(Invitation.invited_at.desc())).all()


def invitation_of(db: TenantSession, token: str, *, at: datetime) -> Invitation:
    """The invitation that a link opens, or LinkOver."""
    mine = db.rows(Invitation).where(Invitation.digest == _digest(token))
    found = db.session.scalar(mine)
    if found is None or not _waits(found, at=at):
        raise LinkOver
    return found


def join(
    db: TenantSession, token: str, *, password: str, name: str, at: datetime
) -> Account:
    """Take the role: with a new account, or with the one that has this address.

    Raise LinkOver, WeakPassword or WrongPassword; then nothing has changed.
    """
    invitation = invitation_of(db, token, at=at)
    account = find_account(db.session, invitation.email)
    if account is None:
        check_strength(password, about=(name, invitation.email))
        account = open_account(
            db.session,
            invitation.email,
            name=name.strip() or invitation.name,
            password=password,
            language=invitation.language,
        )
    elif not opens(account, password):
        raise WrongPassword(field="password")
    _use(db, invitation, at=at)
    grant(
        db,
        account.id,
        role=invitation.role,
        departments=invitation.departments or (),
        at=at,
        by=Actor("agent" if invitation.role in DESK else "town", invitation.invited_by),
    )
    return account


def _use(db: TenantSession, invitation: Invitation, *, at: datetime) -> None:
    """Once: of two who open the same link at once, the second is too late."""
    unused = update(Invitation).where(
        Invitation.tenant_id == db.tenant_id,
        Invitation.id == invitation.id,
        Invitation.accepted_at.is_(None),
        Invitation.withdrawn_at.is_(None),
    )
    used = db.session.scalar(unused.values(accepted_at=at).returning(Invitation.id))
    if used is None:
        raise LinkOver


def _open(db: TenantSession, invitation_id: UUID) -> Invitation:
    invitation = db.get(Invitation, invitation_id, lock=True)
    if invitation.accepted_at:
        raise AlreadyIn
    if invitation.withdrawn_at:
        raise NotFound
    return invitation


def _waits(invitation: Invitation, *, at: datetime) -> bool:
    settled = invitation.accepted_at or invitation.withdrawn_at
    return settled is None and invitation.expires_at > at


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
