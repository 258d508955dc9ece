"""Who of the town may come in, as what, and who has been asked to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

import tenants
from portal import invitations
from portal.admission import Admission, Asked, role_of, wish_of
from portal.town.hall import Hall
from tenants.town import Town
from townline import auth
from townline.auth import SCOPED, TOWN, Colleague, Invitation, Role
from townline.errors import Invalid
from townline.i18n import gettext
from townline.tenancy import TenantSession

# As they are offered: who may do most comes first.
ROLES: tuple[Role, ...] = ("manager", "dispatcher", "lead", "viewer")


@dataclass(frozen=True, slots=True, kw_only=True)
class People(Admission):
    colleagues: Sequence[Colleague]
    waiting: Sequence[Invitation]


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
        wish = wish_of(asked, _grantable(hall))
        departments = _departments(asked, tenants.current(db).town)
        if any(each.email == wish.email for each in auth.people(db, roles=TOWN)):
            raise Invalid(gettext("They can come in already."), field="email")
        wish = replace(wish, departments=departments)
        invitations.invite(db, wish, by=hall.actor, at=hall.at)


def invite_again(hall: Hall, invitation_id: UUID) -> None:
    with hall.town() as db:
        invitations.invite_again(db, invitation_id, by=hall.actor, at=hall.at)


def withdraw(hall: Hall, invitation_id: UUID) -> None:
    with hall.town() as db:
        auth.withdraw(db, invitation_id, by=hall.actor, at=hall.at)


def change_role(hall: Hall, account_id: UUID, asked: Asked) -> None:
    with hall.town() as db:
        auth.change_role(
            db,
            account_id,
            role=role_of(asked, _grantable(hall)),
            departments=_departments(asked, tenants.current(db).town),
            by=hall.actor,
            at=hall.at,
        )


def end_access(hall: Hall, account_id: UUID) -> None:
    with hall.town() as db:
        auth.end_access(db, account_id, by=hall.actor, at=hall.at)


def _grantable(hall: Hall) -> list[Role]:
    return [each for each in ROLES if auth.may_grant(hall.role, each)]


def _departments(asked: Asked, town: Town) -> tuple[str, ...]:
    """Of the town's, and at least one for whoever leads one."""
    known = {each.key for each in town.departments}
    chosen = tuple(each for each in asked.within if each in known)
    if asked.role == "lead" and not chosen:
        remedy = gettext("Choose the departments that they lead.")
        raise Invalid(remedy, field="departments")
    return chosen if asked.role in SCOPED else ()
