"""Somebody is asked to take a shift, answers on the page behind a link, or is set."""

from __future__ import annotations

from datetime import datetime

import escalation
import tenants
from portal.town.hall import Hall
from portal.town.rosters.changing import change_roster, refuse_strangers, why_not
from portal.town.rosters.forms import Form, Refused, override_of
from portal.town.rosters.letters import ask_taker, tell_giver
from portal.town.rosters.pages import EXCEPTIONS
from portal.town.rosters.people import find, has_account, name_of
from portal.town.rosters.plans import exchanged
from tenants import drafting, duty
from tenants.drafting import NeedsSecondPerson, Put, mark
from tenants.duty import Request, RosterSwap
from tenants.duty.swaps import Answer
from tenants.town import Key, Override, Roster, Town
from townline import localtime
from townline.errors import Conflict, Forbidden, Invalid, NotFound
from townline.i18n import gettext
from townline.proof import Actor
from townline.tenancy import TenantSession


def request_of(form: Form, town: Town, roster: Roster) -> Request:
    """Who takes what of whom; a time in return only if one was given."""
    giver, taker = form.value("giver"), form.value("taker")
    if giver == taker or find(town, giver) is None:
        other = gettext("Choose whose shift it is, and somebody else to take it.")
        raise Refused(form.with_faults({"giver": other}))
    given = override_of(form, town, contact="taker", starts="starts", ends="ends")
    returned = None
    if form.value("back_starts") or form.value("back_ends"):
        returned = override_of(
            form, town, contact="giver", starts="back_starts", ends="back_ends"
        )
    return Request(
        roster=roster.key,
        giver=giver,
        given=given,
        returned=returned,
        words=form.value("words"),
    )


def refuse_asking(hall: Hall, town: Town, roster: Roster, giver: Key) -> None:
    """Whoever works, for the rosters of theirs; anybody else for their own shifts."""
    if hall.may("POST", EXCEPTIONS):
        refuse_strangers(hall, town, roster)
        return
    contact = find(town, giver)
    if contact is None or not has_account(contact, hall.person.email):
        raise Forbidden


def ask(hall: Hall, key: Key, form: Form) -> None:
    """Nothing changes before the other one says yes."""
    with hall.town() as db:
        town = tenants.current(db).town
        roster = town.roster(key)
        refuse_asking(hall, town, roster, form.value("giver"))
        request = request_of(form, town, roster)
        begins = localtime.starts(request.given.starts, town.time_zone)
        if begins <= hall.at:
            late = gettext("This has begun already: put somebody else on it instead.")
            raise Refused(form.with_faults({"starts": late}))
        asked = duty.ask(db, request, expires_at=begins, by=hall.actor, at=hall.at)
        if not ask_taker(db, town, roster, asked, at=hall.at):
            deaf = gettext("No confirmed number or address is known of them: ask them.")
            raise Refused(form.with_faults({"taker": deaf}))


def set_now(hall: Hall, key: Key, form: Form) -> None:
    """Without asking: by whoever may change the roster, who has asked otherwise."""

    def plan(town: Town, roster: Roster) -> Roster:
        request = request_of(form, town, roster)
        return exchanged(roster, request.given, request.returned)

    if not hall.may("POST", EXCEPTIONS):
        raise Forbidden
    change_roster(hall, key, plan, form=form, reason=lambda town: _reason(form, town))


def withdraw(hall: Hall, swap: RosterSwap) -> None:
    with hall.town() as db:
        town = tenants.current(db).town
        refuse_asking(hall, town, town.roster(swap.roster), swap.giver)
        duty.withdraw(db, swap.id, by=hall.actor, at=hall.at)


def answer(db: TenantSession, swap: RosterSwap, said: Answer, *, at: datetime) -> None:
    """The taker's own word; yes is published in the same moment, or not at all.

    Raise SwapOver when it is too late, and Invalid when it cannot be. Where a second
    person looks at every change, yes goes into the draft.
    """
    town = tenants.current(db).town
    by = Actor("crew", name_of(town, swap.taker))
    settled = duty.settle(db, swap, said, by=by, at=at)
    holds = said == "accepted" and _publish(db, settled, by=by, at=at)
    tell_giver(db, town, settled, at=at, holds=holds)


def waits(db: TenantSession, swap: RosterSwap) -> bool:
    """Whether what they agreed on is in the draft and does not hold yet."""
    given = _override(swap.taker, swap.starts, swap.ends)
    drafted, holding = drafting.editing(db).town, tenants.current(db).town
    return _has(drafted, swap, given) and not _has(holding, swap, given)


def _has(town: Town, swap: RosterSwap, given: Override) -> bool:
    found = (each for each in town.rosters if each.key == swap.roster)
    return any(given in each.overrides for each in found)


def _publish(db: TenantSession, swap: RosterSwap, *, by: Actor, at: datetime) -> bool:
    """Whether it holds now; False where it waits for a second person."""
    reason = gettext("{taker} takes a shift of {giver}")
    town = tenants.current(db).town
    words = reason.format(
        taker=name_of(town, swap.taker), giver=name_of(town, swap.giver)
    )
    try:
        try:
            change = _change(tenants.current(db).town, swap)
            known = escalation.knowledge(db, at=at)
            drafting.change_now(db, change, reason=words, by=by, at=at, known=known)
        except NeedsSecondPerson:
            drafting.edit(db, _change(drafting.editing(db).town, swap), by=by, at=at)
            return False
    except (Conflict, Invalid, NotFound) as refused:
        raise Invalid(why_not(refused)) from refused
    return True


def _change(town: Town, swap: RosterSwap) -> Put:
    roster = town.roster(swap.roster)
    returned = None
    if swap.back_starts and swap.back_ends:
        returned = _override(swap.giver, swap.back_starts, swap.back_ends)
    given = _override(swap.taker, swap.starts, swap.ends)
    after = exchanged(roster, given, returned)
    return Put(table="rosters", key=roster.key, entry=after, was=mark(roster))


def _override(contact: Key, starts: str, ends: str) -> Override:
    since, until = (datetime.fromisoformat(each) for each in (starts, ends))
    return Override(contact=contact, starts=since, ends=until)


def _reason(form: Form, town: Town) -> str:
    words = gettext("{taker} takes a shift of {giver}")
    return words.format(
        taker=name_of(town, form.value("taker")),
        giver=name_of(town, form.value("giver")),
    )
