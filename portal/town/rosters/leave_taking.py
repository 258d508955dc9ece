"""Vacations: somebody is away from every roster and every policy for a while."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from portal.town.hall import Hall
from portal.town.rosters.changing import change_contact, marked
from portal.town.rosters.forms import Form, Refused, vacation_of
from portal.town.rosters.people import name_of
from portal.town.rosters.plans import away, back
from tenants.drafting import mark
from tenants.town import Contact, Key, Town, Vacation
from townline import localtime
from townline.i18n import gettext


@dataclass(frozen=True, slots=True)
class Leave:
    """``name`` is the word by which a page may mean it."""

    contact: Contact
    vacation: Vacation
    name: str


def vacations(town: Town, *, at: datetime) -> Iterator[Leave]:
    """Those that are not over, the first to begin first."""
    now = localtime.wall(at, town.time_zone)
    found = (
        Leave(contact, each, mark(each))
        for contact in town.contacts
        for each in contact.vacations
        if each.ends > now
    )
    yield from sorted(found, key=lambda leave: leave.vacation.starts)


def take(hall: Hall, form: Form) -> None:
    key = form.value("contact")
    if not key:
        raise Refused(form.with_faults({"contact": gettext("Choose somebody.")}))
    change_contact(
        hall,
        key,
        lambda contact: away(contact, vacation_of(form)),
        form=form,
        reason=lambda town: _said(gettext("{name} is on vacation"), town, key),
    )


def give_back(hall: Hall, key: Key, name: str, form: Form) -> None:
    change_contact(
        hall,
        key,
        lambda contact: back(contact, marked(contact.vacations, name)),
        form=form,
        reason=lambda town: _said(gettext("{name} is not on vacation"), town, key),
    )


def _said(words: str, town: Town, key: Key) -> str:
    return words.format(name=name_of(town, key))
