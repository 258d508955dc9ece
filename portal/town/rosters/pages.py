"""What every page of rosters knows: names, days, and what its reader may do."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from litestar.response import Redirect, Template
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_422_UNPROCESSABLE_ENTITY,
)

import tenants
from portal.submission import go_on
from portal.town.hall import Hall
from portal.town.rosters import dates, exceptions, letters, people
from portal.town.rosters.changing import SET_UP
from portal.town.rosters.forms import Form
from tenants import drafting
from tenants.files import Finding
from tenants.town import Key, Town
from townline.tenancy import TenantSession

HOLDS = "holds"
EXCEPTIONS = "/rules/rosters/{key}/exceptions"


@dataclass(frozen=True, slots=True)
class Seen:
    """The rules that a page shows; ``is_draft`` where they do not hold yet."""

    town: Town
    is_draft: bool = False
    faults: tuple[Finding, ...] = ()

    def faults_of(self, key: Key) -> tuple[str, ...]:
        """What keeps a roster from being published: its remedies."""
        keys = [each.key for each in self.town.rosters]
        return tuple(
            each.remedy
            for each in self.faults
            if key in keys and each.place[:2] == ("rosters", keys.index(key))
        )


def seen(hall: Hall, db: TenantSession, *, of: str = "") -> Seen:
    """Whoever edits the draft sees it; everybody else, and ``of=holds``, what holds."""
    holding = tenants.current(db).town
    if of == HOLDS or not hall.may("POST", SET_UP):
        return Seen(holding)
    it = drafting.editing(db)
    same = (it.town.rosters, it.town.contacts) == (holding.rosters, holding.contacts)
    return Seen(holding) if same else Seen(it.town, is_draft=True, faults=it.faults)


def roster_page(
    hall: Hall,
    name: str,
    here: Seen,
    *,
    form: Form | None = None,
    **context: object,
) -> Template:
    """``may_set`` is a manager's right, ``may_change`` that of whoever works.

    A form that was refused comes back as it was typed.
    """
    is_refused = form is not None and bool(form.faults)
    return hall.page(
        name,
        here.town,
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if is_refused else HTTP_200_OK,
        form=form or Form(),
        is_draft=here.is_draft,
        faults_of=here.faults_of,
        may_set=hall.may("POST", SET_UP),
        may_change=hall.may("POST", EXCEPTIONS),
        **_words(hall, here.town),
        **context,
    )


def _words(hall: Hall, town: Town) -> dict[str, object]:
    """What templates of rosters say things with."""

    def is_me(key: Key) -> bool:
        """Whether a contact is whoever looks: their account has the same address."""
        contact = people.find(town, key)
        return contact is not None and people.has_account(contact, hall.person.email)

    return {
        "people": people,
        "dates": dates,
        "exceptions": exceptions,
        "letters": letters,
        "local": lambda at: dates.local(at, town.time_zone),
        "is_me": is_me,
    }


def to_calendar(hall: Hall, key: str, form: Form) -> Redirect:
    """The week and the month in which something has changed."""
    asked = {"roster": key, "said": form.value("holds") or "now"}
    if day := dates.read(form.value("starts")):
        asked |= {"week": f"{day:%Y-%m-%d}", "month": f"{day:%Y-%m}"}
    address = f"{hall.address}/rules/rosters?{urlencode(asked)}"
    return go_on(address)
