"""A town is opened: its rules hold, its manager is invited, and the desk serves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import escalation
import tenants
from escalation import Drill
from portal import invitations
from portal.desk.seat import Seat
from portal.desk.starting import answers
from portal.desk.starting.answers import Typed
from portal.evening import Evening, evening_of
from tenants import files, starting
from townline import auth
from townline.auth import Invitation, Role, Wish
from townline.errors import NotFound
from townline.i18n import gettext
from townline.proof import Actor
from townline.tenancy import TenantSession, board


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A town that has just been brought on, and what is still to be seen to."""

    slug: str
    evening: Evening
    waiting: Sequence[Invitation]
    managers: Sequence[auth.Account]
    drill: Drill | None


def open_town(seat: Seat, typed: Typed) -> str:
    """All of it or nothing, in one transaction; return where the town lives."""
    serving = _serving(seat, typed)
    beginning = answers.beginning(typed)
    document = files.write(starting.made(beginning, at=seat.at))
    by = Actor("agent", seat.person.name)
    with seat.database.everybody() as session:
        published = tenants.import_town(
            session,
            document,
            author=seat.person.name,
            reason=gettext("The town is brought on."),
            at=seat.at,
        )
        db = TenantSession(published.tenant_id, session)
        for account_id, role in serving.items():
            auth.grant(db, account_id, role=role, at=seat.at, by=by)
        wish = Wish(
            email=typed["manager_email"],
            name=typed["manager_name"],
            role="manager",
            language=beginning.languages[0],
        )
        invitations.invite(db, wish, by=by, at=seat.at)
    return published.slug


def _serving(seat: Seat, typed: Typed) -> dict[UUID, Role]:
    """Whoever opens it looks after it; the others as they serve the other towns."""
    found: dict[UUID, Role] = {}
    if "everybody" in typed:
        with board(seat.database, seat.person.desk_towns) as session:
            found = {each.account_id: each.role for each in auth.staff(session)}
    found[seat.person.account_id] = "administrator"
    return found


def opened(seat: Seat, slug: str, *, drill_id: UUID | None) -> Opened:
    """For an administrator of this very town; for others there is no such page."""
    with seat.town(slug) as db:
        administers(seat, db)
        known = escalation.knowledge(db, at=seat.at)
        town = tenants.current(db).town
        return Opened(
            slug=slug,
            evening=evening_of(town, at=seat.at, known=known),
            waiting=[e for e in auth.invitations(db) if e.role == "manager"],
            managers=auth.managers(db),
            drill=escalation.how_it_came(db, drill_id) if drill_id else None,
        )


def administers(seat: Seat, db: TenantSession) -> None:
    """Raise NotFound for whoever only answers for the town."""
    if seat.person.roles.get(db.tenant_id) != "administrator":
        raise NotFound
