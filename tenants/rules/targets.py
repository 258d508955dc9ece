"""Which people a step of a policy means at an instant.

A target is ``contact:KEY``, ``roster:KEY``, ``crew:KEY``, ``role:KEY``,
``number:+E164``, ``department`` (the ticket's) or ``duty-desk`` (the town's).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from tenants.rules.rosters import on_call, staffed
from tenants.rules.rotations import takes_away
from tenants.town import Contact, Key, NoSuchEntry, Policy, Text, Town

DUTY_DESK = "duty-desk"


def resolve(
    town: Town, target: str, *, department: Key, at: datetime
) -> tuple[Contact, ...]:
    """The contacts behind a target who are not on vacation.

    ``department`` is the ticket's category's. Nobody is a possible answer: a step
    that resolves to nobody takes no time.
    """
    kind, _, key = target.partition(":")
    match kind:
        case "roster":
            roster = staffed(town, town.roster(key))
            keys = on_call(roster, town.time_zone, at=at)
            return tuple(town.contact(each) for each in keys)
        case "role":
            present = _present(town, town.contacts, at)
            return _with_role(present, key, department=department)
        case _:
            return _present(town, meant(town, target, department=department), at)


def meant(town: Town, target: str, *, department: Key) -> tuple[Contact, ...]:
    """Everybody a target can ever mean, whoever is on call or away."""
    kind, _, key = target.partition(":")
    match kind:
        case "roster":
            return tuple(town.contact(each) for each in _ever_on(town, key))
        case "role":
            return _with_role(town.contacts, key, department=department)
        case "crew":
            return tuple(town.contact(each) for each in town.crew(key).members)
        case "department":
            return tuple(e for e in town.contacts if e.department == department)
        case _:
            return (person(town, key or kind),)


def everybody(
    town: Town, policy: Policy, targets: Iterable[str]
) -> tuple[Contact, ...]:
    """All whom a policy's targets may ever mean, whoever is on call."""
    found = {
        contact.key: contact
        for target in targets
        if is_known(town, target)
        for department in _concerned(town, policy)
        for contact in meant(town, target, department=department)
    }
    return tuple(found.values())


def person(town: Town, key: str) -> Contact:
    """Who is told under ``key``: a contact, an outside number, or the duty desk."""
    if key.startswith("+"):
        language = town.languages[0]
        return Contact(key=key, name=key, department="", language=language, mobile=key)
    if key == DUTY_DESK and (desk := town.duty_desk):
        return Contact(
            key=DUTY_DESK,
            name=desk.name,
            department="",
            language=desk.language,
            mobile=desk.mobile,
            landline=desk.phone,
            email=desk.email,
        )
    return town.contact(key)


def called(town: Town, target: str) -> Text:
    """How a target is spoken of: the roster's name, a person's, a department's."""
    kind, _, key = target.partition(":")
    match kind:
        case "roster":
            return town.roster(key).name
        case "crew":
            return town.crew(key).name
        case "role":
            return Text(en=f"role “{key}”", fr=f"rôle «\u00a0{key}\u00a0»")
        case "department":
            return Text(en="the category’s department", fr="le service de la catégorie")
        case _:
            name = person(town, key or kind).name
            return Text(en=name, fr=name)


def is_known(town: Town, target: str) -> bool:
    """A newer town file may have dropped what an older policy still names."""
    try:
        meant(town, target, department="")
    except NoSuchEntry:
        return False
    return True


def _concerned(town: Town, policy: Policy) -> list[Key]:
    """The departments whose tickets may come under a policy, in the town's order."""
    among = {
        *policy.departments,
        *(e.department for e in town.categories if e.key in policy.categories),
    }
    if not policy.categories and not policy.departments:
        among = {each.department for each in town.categories}
    return [each.key for each in town.departments if each.key in among]


def _with_role(
    people: Iterable[Contact], role: Key, *, department: Key
) -> tuple[Contact, ...]:
    """Those of the ticket's department who have it, or else all who have it."""
    having = tuple(each for each in people if role in each.roles)
    own = tuple(each for each in having if each.department == department)
    return own or having


def _present(
    town: Town, people: Iterable[Contact], at: datetime
) -> tuple[Contact, ...]:
    return tuple(
        each
        for each in people
        if not any(takes_away(away, town.time_zone, at) for away in each.vacations)
    )


def _ever_on(town: Town, key: Key) -> Iterator[Key]:
    roster = town.roster(key)
    everybody = dict.fromkeys(roster.members)
    for schedule in roster.temporary:
        everybody |= dict.fromkeys(schedule.members)
    yield from everybody | dict.fromkeys(each.contact for each in roster.overrides)
