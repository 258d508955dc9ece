"""A roster is set up, changed as a whole, or taken away: always in the draft."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from unicodedata import normalize

from msgspec import structs

from portal.town.hall import Hall
from portal.town.rosters import dates
from portal.town.rosters.changing import save
from portal.town.rosters.forms import Form, Refused, instant, number, part_of
from tenants import drafting
from tenants.drafting import Drop, Put, mark
from tenants.town import Key, Policy, Roster, Town
from townline.i18n import gettext

NO_KEY_SIGN = re.compile(r"[^a-z0-9]+")
# As long as a key may be.
LONGEST_KEY = 40


def add(hall: Hall, form: Form) -> Key:
    """A new roster at the end of the others; its key is made of its name."""
    with hall.town() as db:
        town = drafting.editing(db).town
        roster = roster_of(form, town, key=_key(form, town))
        save(hall, db, Put(table="rosters", entry=roster), form=later(form), reason="")
        return roster.key


def change(hall: Hall, key: Key, form: Form) -> None:
    """Its name and its turns; whatever differs from them for a while stays."""
    with hall.town() as db:
        town = drafting.editing(db).town
        now = town.roster(key)
        new = roster_of(form, town, key=key)
        entry = structs.replace(
            now, name=new.name, anchor=new.anchor, days=new.days, members=new.members
        )
        put = Put(table="rosters", key=key, entry=entry, was=form.value("was"))
        save(hall, db, put, form=later(form), reason="")


def remove(hall: Hall, key: Key, form: Form) -> None:
    with hall.town() as db:
        gone = Drop(table="rosters", key=key, was=form.value("was"))
        save(hall, db, gone, form=later(form), reason="")


def form_of(roster: Roster) -> Form:
    members = {f"member.{n}": key for n, key in enumerate(roster.members, start=1)}
    return Form(
        {
            "name.en": roster.name.en,
            "name.fr": roster.name.fr,
            "anchor": dates.field(roster.anchor),
            "days": str(roster.days),
            "was": mark(roster),
            **members,
        }
    )


def roster_of(form: Form, town: Town, *, key: Key) -> Roster:
    """What the form says, or Refused; a name in one of the town's languages."""
    faults = {}
    if not any(form.value(f"name.{code}").strip() for code in town.languages):
        faults["name"] = gettext("Write a name.")
    if not form.members:
        faults["members"] = gettext("Choose at least one person.")
    form = form.with_faults(faults)
    roster = part_of(Roster, form, dict(_document(form, key)))
    if faults:
        raise Refused(form)
    return roster


def used_by(town: Town, key: Key) -> tuple[Policy, ...]:
    """The policies that tell whoever is on call by this roster."""
    target = f"roster:{key}"
    return tuple(
        policy
        for policy in town.policies
        if target in policy.last_resort
        or any(target in step.to for step in policy.steps)
    )


def later(form: Form) -> Form:
    return Form({**form.typed, "holds": "later"}, form.faults)


def _document(form: Form, key: Key) -> Iterator[tuple[str, object]]:
    yield "key", key
    yield "name", _name(form)
    yield "anchor", instant(form.value("anchor"))
    yield "days", number(form.value("days"))
    yield "members", list(form.members)


def _name(form: Form) -> Mapping[str, str]:
    written = {code: form.value(f"name.{code}").strip() for code in ("en", "fr")}
    return {code: words for code, words in written.items() if words}


def _key(form: Form, town: Town) -> Key:
    """``garde-de-leau``, and a number where another roster is called the same."""
    name = next(iter(_name(form).values()), "") or "roster"
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = NO_KEY_SIGN.sub("-", plain).strip("-")[: LONGEST_KEY - 3] or "roster"
    taken = {each.key for each in town.rosters}
    others = (f"{stem}-{count}" for count in range(2, len(taken) + 3))
    return next(key for key in (stem, *others) if key not in taken)
