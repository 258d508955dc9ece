"""One act on many tickets: what is asked, what would come of it, and how far it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import cast
from uuid import UUID

import escalation
import tickets
from portal.levels import LEVELS
from portal.town.hall import Hall
from portal.town.tickets.acts import Closing, audience_in, reason_of
from portal.town.tickets.filters import Asked, filters_of
from portal.town.tickets.listing import WORKERS
from tenants.town import Town
from tickets import AlreadyClosed, LevelReasonNeeded, NotALevel, NotTheirTicket, Ticket
from tickets import bulk as acts
from tickets.bulk import MOST_AT_ONCE, Act, BulkAct
from townline import auth
from townline.auth import Colleague
from townline.errors import Forbidden, Invalid, NotFound, Problem
from townline.tenancy import TenantSession

NOBODY = "nobody"
# What of the form belongs to which act; the rest was typed for another and is dropped.
FIELDS: Mapping[Act, tuple[str, ...]] = {
    "assign": ("assignee",),
    "note": ("body", "audience"),
    "level": ("level", "why"),
    "close": ("reason", "note"),
}
# Where one does the same to a single ticket: whoever may there may here.
ALONE: Mapping[Act, str] = {
    "assign": "/tickets/{tracking}/assignment",
    "note": "/tickets/{tracking}/notes",
    "level": "/tickets/{tracking}/level",
    "close": "/tickets/{tracking}/closure",
}


class NothingChosen(Invalid):
    """Tick at least one ticket of the list first."""


class NoSuchAct(Invalid):
    """Choose what is to be done to these tickets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """The form; ``tickets`` are their numbers with blanks between, and ``confirmed``
    is empty until what would come of it has been shown."""

    tickets: str = ""
    act: str = ""
    assignee: str = ""
    body: str = ""
    audience: str = "town"
    level: str = ""
    why: str = ""
    reason: str = ""
    note: str = ""
    confirmed: str = ""

    @property
    def asked(self) -> dict[str, str]:
        """What the act itself needs to know."""
        every = asdict(self)
        return {name: every[name] for name in FIELDS[cast("Act", self.act)]}


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One of the tickets, and why it would be refused, if it would be."""

    ticket: Ticket
    refused: Problem | None

    @property
    def why(self) -> str:
        return str(self.refused) if self.refused else ""


def ticked(form: Mapping[str, str]) -> list[str]:
    """The numbers whose boxes are ticked."""
    return [key.removeprefix("ticket.") for key in form if key.startswith("ticket.")]


def of_list(db: TenantSession, asked: Asked, town: Town, hall: Hall) -> list[str]:
    """The newest of a whole list, as many as one act may be about."""
    filters = filters_of(asked, town, hall)
    found = tickets.listing(db, filters, limit=MOST_AT_ONCE)
    return [row.tracking for row in found]


def chosen(db: TenantSession, hall: Hall, numbers: Iterable[str]) -> Sequence[Ticket]:
    """Those of them that are the asker's to see, the newest first."""
    wanted = [*dict.fromkeys(numbers)][:MOST_AT_ONCE]
    found = db.rows(Ticket).where(Ticket.tracking.in_(wanted))
    newest = found.order_by(Ticket.opened_at.desc(), Ticket.id.desc())
    seen = [
        each
        for each in db.session.scalars(newest)
        if hall.person.sees(hall.tenant_id, each.department)
    ]
    if not seen:
        raise NothingChosen
    return seen


def acts_of(hall: Hall) -> list[Act]:
    """What they may do to a single ticket they may do to many."""
    return [act for act, below in ALONE.items() if hall.may("POST", below)]


def check(db: TenantSession, hall: Hall, wish: Wish) -> Act:
    """The act, if all that it needs is there; what single tickets lack comes later."""
    if wish.act not in FIELDS:
        raise NoSuchAct(field="act")
    act = cast("Act", wish.act)
    if act not in acts_of(hall):
        raise Forbidden
    match act:
        case "assign":
            _colleague(db, wish)
        case "note":
            audience_in(wish.audience)
            tickets.check_words(wish.body, field="body")
        case "level":
            _check_level(wish)
        case "close":
            reason_of(Closing(reason=wish.reason))
            if wish.note:
                tickets.check_words(wish.note, field="note")
    return act


def foresee(
    db: TenantSession, hall: Hall, wish: Wish, several: Sequence[Ticket]
) -> list[Foreseen]:
    """What each would be refused for, as things are now."""
    refused: Mapping[UUID, Problem | None]
    match cast("Act", wish.act):
        case "note":
            refused = {}
        case "close":
            reason = reason_of(Closing(reason=wish.reason))
            refused = tickets.refused_closing(
                db, several, reason=reason, note=wish.note
            )
        case "assign":
            able = _colleague(db, wish)
            refused = {each.id: _unassignable(each, able) for each in several}
        case "level":
            refused = {each.id: _unmovable(each, hall, wish) for each in several}
    return [Foreseen(each, refused.get(each.id)) for each in several]


def begin(hall: Hall, wish: Wish) -> UUID:
    with hall.town() as db:
        act = check(db, hall, wish)
        several = chosen(db, hall, wish.tickets.split())
        begun = acts.begin(
            db,
            act,
            wish.asked,
            ticket_ids=[each.id for each in several],
            by=(hall.person.account_id, hall.actor),
            at=hall.at,
        )
        return begun.id


def begun(db: TenantSession, hall: Hall, bulk_id: UUID) -> BulkAct:
    """One's own; whoever looks after the town sees everybody's."""
    found = db.get(BulkAct, bulk_id)
    is_own = found.account_id == hall.person.account_id
    if not is_own and (hall.role != "manager" or hall.departments is not None):
        raise NotFound
    return found


def stop(hall: Hall, bulk_id: UUID) -> None:
    """Whoever may look at it may stop it: one's own, or a manager everybody's."""
    with hall.town() as db:
        acts.stop(db, begun(db, hall, bulk_id), by=hall.actor, at=hall.at)


def _colleague(db: TenantSession, wish: Wish) -> Colleague | None:
    if wish.assignee == NOBODY:
        return None
    for each in auth.people(db, roles=WORKERS):
        if str(each.account_id) == wish.assignee:
            return each
    raise NotTheirTicket(field="assignee")


def _check_level(wish: Wish) -> None:
    if wish.level not in LEVELS:
        raise NotALevel(field="level")
    if not wish.why.strip():
        raise LevelReasonNeeded(field="why")
    tickets.check_words(wish.why, field="why")


def _unassignable(ticket: Ticket, able: Colleague | None) -> Problem | None:
    if ticket.closed_at:
        return AlreadyClosed()
    theirs = able is None or not able.departments
    if theirs or (able and ticket.department in able.departments):
        return None
    return NotTheirTicket()


def _unmovable(ticket: Ticket, hall: Hall, wish: Wish) -> Problem | None:
    if ticket.closed_at:
        return AlreadyClosed()
    level = LEVELS[wish.level]
    if escalation.may_change_level(hall.role, was=ticket.level, level=level):
        return None
    return escalation.MayNotChangeLevel()
