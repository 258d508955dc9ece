"""The operator's own people: who answers for which towns, and who has been asked to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from msgspec.structs import replace

import tenants
from portal import invitations
from portal.admission import Admission, Asked, role_of, wish_of
from portal.desk.seat import Seat
from tenants.town import Town
from townline import auth
from townline.auth import DESK, Invitation, Member, Person, Role
from townline.errors import Invalid, NotFound
from townline.i18n import gettext
from townline.proof import Actor
from townline.tenancy import board, town

# As they are offered: what most are comes first.
ROLES: tuple[Role, ...] = ("agent", "supervisor", "administrator")


@dataclass(frozen=True, slots=True)
class Waiting:
    """An invitation, and the slug of the town that keeps it."""

    invitation: Invitation
    slug: str

    @property
    def towns(self) -> int:
        return 1 + len(self.invitation.also or ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff(Admission):
    towns: dict[UUID, Town]
    members: Sequence[Member]
    waiting: Sequence[Waiting]


def administered(person: Person) -> tuple[UUID, ...]:
    return tuple(each for each, role in person.roles.items() if role == "administrator")


def staff_of(seat: Seat, asked: Asked, *, refused: Invalid | None = None) -> Staff:
    mine = administered(seat.person)
    with board(seat.database, mine) as session:
        members = auth.staff(session)
        towns = dict(tenants.current_of(session))
    return Staff(
        towns=towns,
        members=members,
        waiting=list(_waiting(seat, towns)),
        asked=asked,
        at=seat.at,
        refused=refused,
    )


def invite(seat: Seat, asked: Asked) -> None:
    """One letter for all the towns; the first of them keeps the invitation."""
    home, *others = _chosen(seat, asked)
    wish = replace(wish_of(asked, DESK), also=tuple(others))
    with town(seat.database, home) as db:
        invitations.invite(db, wish, by=_actor(seat), at=seat.at)


def invite_again(seat: Seat, slug: str, invitation_id: UUID) -> None:
    with town(seat.database, _mine(seat, slug)) as db:
        invitations.invite_again(db, invitation_id, by=_actor(seat), at=seat.at)


def withdraw(seat: Seat, slug: str, invitation_id: UUID) -> None:
    with town(seat.database, _mine(seat, slug)) as db:
        auth.withdraw(db, invitation_id, by=_actor(seat), at=seat.at)


def change(seat: Seat, account_id: UUID, asked: Asked) -> None:
    """One role in the towns that are ticked, and none in the others of the asker's."""
    _known(seat, account_id)
    chosen, role = _chosen(seat, asked), role_of(asked, DESK)
    wanted: dict[UUID, Role | None] = {
        each: role if each in chosen else None for each in administered(seat.person)
    }
    auth.place(seat.database, account_id, wanted, by=_actor(seat), at=seat.at)


def end_access(seat: Seat, account_id: UUID) -> None:
    _known(seat, account_id)
    nowhere: dict[UUID, Role | None] = dict.fromkeys(administered(seat.person))
    auth.place(seat.database, account_id, nowhere, by=_actor(seat), at=seat.at)


def _waiting(seat: Seat, towns: dict[UUID, Town]) -> Iterator[Waiting]:
    for tenant_id, each in towns.items():
        with town(seat.database, tenant_id) as db:
            for invitation in auth.invitations(db):
                if invitation.role in DESK:
                    yield Waiting(invitation, each.slug)


def _chosen(seat: Seat, asked: Asked) -> tuple[UUID, ...]:
    found = tuple(_mine(seat, slug) for slug in asked.within)
    if not found:
        raise Invalid(gettext("Choose the towns they answer for."), field="towns")
    return found


def _mine(seat: Seat, slug: str) -> UUID:
    tenant_id = tenants.id_of(seat.database, slug)
    if tenant_id is None or tenant_id not in administered(seat.person):
        raise NotFound
    return tenant_id


def _known(seat: Seat, account_id: UUID) -> None:
    """Whoever answers for none of the asker's towns is not there."""
    with board(seat.database, administered(seat.person)) as session:
        if all(each.account_id != account_id for each in auth.staff(session)):
            raise NotFound


def _actor(seat: Seat) -> Actor:
    return Actor("agent", seat.person.name)
