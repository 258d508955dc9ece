"""A roster or a vacation is changed: at once, or with what is being prepared.

What cannot wait (tonight's replacement, somebody's vacation) is published by itself;
a manager may also put it to the draft. Either way the change is made to the roster
as it stands there, so that nothing else is published along with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import escalation
import tenants
from portal.town.hall import Hall
from portal.town.rosters.forms import Form, Refused
from portal.town.rosters.people import find, is_theirs
from tenants import TownUnsafe, drafting
from tenants.drafting import Edit, EditedMeanwhile, Put, mark
from tenants.files import TownFileInvalid
from tenants.town import Contact, Key, Roster, Town
from townline.errors import Conflict, Forbidden, Invalid, NotFound, Problem
from townline.i18n import gettext, language
from townline.tenancy import TenantSession

# Setting up a roster is a manager's; whoever works may say who stands in.
SET_UP = "/rules/rosters"
Item = TypeVar("Item")


class NotTheirRoster(Forbidden):
    """Nobody of your departments is on this roster; ask a manager to change it."""


def change_roster(
    hall: Hall,
    key: Key,
    plan: Callable[[Town, Roster], Roster],
    *,
    form: Form,
    reason: Callable[[Town], str],
) -> None:
    """``plan`` says what becomes of the roster of the town it is changed in."""
    with hall.town() as db:
        town = base(hall, db, form)
        roster = town.roster(key)
        refuse_strangers(hall, town, roster)
        after = plan(town, roster)
        change = Put(table="rosters", key=key, entry=after, was=mark(roster))
        save(hall, db, change, form=form, reason=reason(town))


def change_contact(
    hall: Hall,
    key: Key,
    plan: Callable[[Contact], Contact],
    *,
    form: Form,
    reason: Callable[[Town], str],
) -> None:
    with hall.town() as db:
        town = base(hall, db, form)
        contact = find(town, key)
        if contact is None:
            raise NotFound
        hall.see(contact.department)
        entry = plan(contact)
        change = Put(table="contacts", key=key, entry=entry, was=mark(contact))
        save(hall, db, change, form=form, reason=reason(town))


def base(hall: Hall, db: TenantSession, form: Form) -> Town:
    """The town in which the change is made."""
    if form.is_now:
        return tenants.current(db).town
    if not hall.may("POST", SET_UP):
        raise Forbidden
    return drafting.editing(db).town


def save(
    hall: Hall, db: TenantSession, change: Edit, *, form: Form, reason: str
) -> None:
    """Raise Refused with why it cannot be published, or not be put to the draft."""
    try:
        if form.is_now:
            known = escalation.knowledge(db, at=hall.at)
            reason = form.value("reason").strip() or reason
            drafting.change_now(
                db, change, reason=reason, by=hall.actor, at=hall.at, known=known
            )
        else:
            drafting.edit(db, change, by=hall.actor, at=hall.at)
    except (Conflict, Invalid) as refused:
        raise Refused(form.with_faults({"": why_not(refused)})) from refused


def refuse_strangers(hall: Hall, town: Town, roster: Roster) -> None:
    if not is_theirs(town, roster, hall.departments):
        raise NotTheirRoster


def marked(items: tuple[Item, ...], name: str) -> Item:
    """The entry of a list that a page has named by its mark."""
    for each in items:
        if mark(each) == name:
            return each
    raise EditedMeanwhile


def why_not(refused: Problem) -> str:
    """In the reader's language; what stops publishing is said one by one."""
    match refused:
        case TownUnsafe():
            head = gettext("Somebody would not be reached:")
            said = [each.says.in_(language()) for each in refused.weaknesses]
        case TownFileInvalid():
            head = gettext("This does not fit the rest of the rules:")
            said = [each.remedy for each in refused.findings]
        case _:
            return gettext(str(refused))
    return " ".join([head, *dict.fromkeys(said)])
