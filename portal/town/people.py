"""Who of the town may come in, as what, and who has been asked to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

import tenants
from portal import invitations
from portal.addresses import ADDRESS
from portal.town.hall import Hall
from tenants.town import Town
from townline import auth
from townline.auth import SCOPED, TOWN, Colleague, Invitation, Role, Wish
from townline.errors import Invalid
from townline.i18n import gettext
from townline.tenancy import TenantSession

# As they are offered: who may do most comes first.
ROLES: tuple[Role, ...] = ("manager", "dispatcher", "lead", "viewer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The form for somebody new; ``departments`` is empty for all of them."""

    email: str = ""
    name: str = ""
    role: str = "dispatcher"
    language: str = "en"
    departments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The page; ``refused`` is why ``asked`` was not taken."""

    colleagues: Sequence[Colleague]
    waiting: Sequence[Invitation]
    asked: Asked
    at: datetime
    refused: Invalid | None = None

    def fault(self, field: str) -> str:
        here = self.refused is not None and self.refused.field == field
        return gettext(str(self.refused)) if here else ""


def people_of(
    db: TenantSession, *, at: datetime, asked: Asked, refused: Invalid | None = None
) -> People:
    return People(
        colleagues=auth.people(db, roles=TOWN),
        waiting=[each for each in auth.invitations(db) if each.role in TOWN],
        asked=asked,
        at=at,
        refused=refused,
    )


def invite(hall: Hall, asked: Asked) -> None:
    with hall.town() as db:
        wish = _wish(hall, asked, tenants.current(db).town)
        if any(each.email == wish.email for each in auth.people(db, roles=TOWN)):
            raise Invalid(gettext("They can come in already."), field="email")
        sent = auth.invite(db, wish, by=hall.actor, at=hall.at)
        invitations.post(db, sent, at=hall.at)


def invite_again(hall: Hall, invitation_id: UUID) -> None:
    with hall.town() as db:
        sent = auth.invite_again(db, invitation_id, by=hall.actor, at=hall.at)
        invitations.post(db, sent, at=hall.at)


def withdraw(hall: Hall, invitation_id: UUID) -> None:
    with hall.town() as db:
        auth.withdraw(db, invitation_id, by=hall.actor, at=hall.at)


def change_role(hall: Hall, account_id: UUID, asked: Asked) -> None:
    with hall.town() as db:
        auth.change_role(
            db,
            account_id,
            role=_role(hall, asked.role),
            departments=_departments(asked, tenants.current(db).town),
            by=hall.actor,
            at=hall.at,
        )


def end_access(hall: Hall, account_id: UUID) -> None:
    with hall.town() as db:
        auth.end_access(db, account_id, by=hall.actor, at=hall.at)


def _wish(hall: Hall, asked: Asked, town: Town) -> Wish:
    if not ADDRESS.fullmatch(asked.email.strip()):
        remedy = gettext("Write an email address, as in name@town.example.")
        raise Invalid(remedy, field="email")
    if not asked.name.strip():
        raise Invalid(gettext("Write their name."), field="name")
    return Wish(
        email=asked.email,
        name=asked.name,
        role=_role(hall, asked.role),
        departments=_departments(asked, town),
        language="fr" if asked.language == "fr" else "en",
    )


def _role(hall: Hall, asked: str) -> Role:
    if asked not in TOWN or not auth.may_grant(hall.role, asked):
        raise Invalid(gettext("Choose one of the roles."), field="role")
    return cast("Role", asked)


def _departments(asked: Asked, town: Town) -> tuple[str, ...]:
    """Of the town's, and at least one for whoever leads one."""
    known = {each.key for each in town.departments}
    chosen = tuple(each for each in asked.departments if each in known)
    if asked.role == "lead" and not chosen:
        remedy = gettext("Choose the departments that they lead.")
        raise Invalid(remedy, field="departments")
    return chosen if asked.role in SCOPED else ()
