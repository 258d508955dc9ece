"""What a manager does to the ladders: each into the open draft, and nothing at once."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from portal.town import changes
from portal.town.entry_keys import key_for
from portal.town.hall import Hall
from portal.town.policies.choices import whom_else
from portal.town.policies.reading import Read, read
from portal.town.policies.showing import find
from portal.town.policies.typed import Typed
from tenants import drafting
from tenants.drafting import Drop, EditedMeanwhile, Move, Put
from tenants.town import Policy, Text, Town
from townline.errors import Invalid
from townline.i18n import gettext

TABLE = "policies"


class NoName(Invalid):
    """Give the ladder a name: it is how people speak of it."""


def wished(town: Town, policy: Policy, typed: Typed, wish: str) -> Typed:
    """The form after the button that was pressed; a plain "save" changes nothing."""
    if wish in {"", "save"}:
        return typed
    return typed.act(wish, target=whom_else(town, policy))


def keep(hall: Hall, town: Town, key: str, typed: Typed, *, was: str) -> Read:
    """Into the draft, if it is whole; else what it lacks, and nothing is changed."""
    found = read(key, typed, country=town.holidays[:2])
    if not found.faults:
        _put(hall, key, found.policy, was=was)
    return found


def _put(hall: Hall, key: str, policy: Policy, *, was: str) -> None:
    """A form that is sent twice, by its script and by hand, is kept once."""
    try:
        changes.edit(hall, Put(table=TABLE, entry=policy, key=key, was=was))
    except EditedMeanwhile:
        with hall.town() as db:
            kept = find(drafting.editing(db).town, key)
        if kept != policy:
            raise


def add(hall: Hall, town: Town, form: Mapping[str, str]) -> str:
    """A ladder like another, under a name of its own; its key is what is returned."""
    name = form.get("name", "").strip()
    if not name:
        raise NoName(gettext("Give the ladder a name: it is how people speak of it."))
    model = find(town, form.get("like", ""))
    taken = {each.key for each in town.policies}
    key = key_for(name, taken, otherwise="ladder")
    words = {language: name for language in town.languages}
    entry = replace(model, key=key, name=Text(**words))
    changes.edit(hall, Put(table=TABLE, entry=entry))
    return key


def move(hall: Hall, town: Town, key: str, *, up: bool) -> None:
    """One place up or down: of two equally telling ladders the first one holds."""
    keys = [each.key for each in town.policies]
    place = keys.index(find(town, key).key)
    if up and place:
        changes.edit(hall, Move(table=TABLE, key=key, before=keys[place - 1]))
    elif not up and place + 1 < len(keys):
        after = keys[place + 2] if place + 2 < len(keys) else ""
        changes.edit(hall, Move(table=TABLE, key=key, before=after))


def remove(hall: Hall, town: Town, key: str, *, was: str) -> None:
    find(town, key)
    changes.edit(hall, Drop(table=TABLE, key=key, was=was))
