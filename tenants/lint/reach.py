"""Whether a step can reach the people it names, over the channels it names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from tenants.lint.findings import Weakness
from tenants.rules.targets import meant
from tenants.town import Channel, Contact, Policy, Rung, Text, Town


def reach(town: Town, policy: Policy) -> Iterator[Weakness]:
    for number, step in enumerate(policy.steps, 1):
        path = f'policies "{policy.key}".steps[{number}]'
        people = everybody(town, policy, step.to)
        for contact in people:
            for rung in step.rungs:
                yield from _rung(contact, rung, path)
        for rung in step.rungs:
            if rung.after and rung.after >= step.wait:
                yield Weakness("error", path, _too_late(rung))
    yield from _last_resort(town, policy)


def everybody(
    town: Town, policy: Policy, targets: tuple[str, ...]
) -> tuple[Contact, ...]:
    """All whom the targets may ever mean, whoever is on call."""
    found: dict[str, Contact] = {}
    departments = sorted(concerned(town, policy))
    for target, department in product(targets, departments):
        people = meant(town, target, department=department)
        found |= {each.key: each for each in people}
    return tuple(found.values())


def concerned(town: Town, policy: Policy) -> frozenset[str]:
    """The departments whose tickets may come under a policy."""
    if not policy.categories and not policy.departments:
        return frozenset(each.department for each in town.categories)
    named = (town.category(key).department for key in policy.categories)
    return frozenset({*policy.departments, *named})


def can_receive(contact: Contact, channel: Channel) -> bool:
    match channel:
        case "sms":
            return contact.mobile is not None
        case "voice" | "agent":
            return contact.mobile is not None or contact.landline is not None
        case "email":
            return contact.email is not None


def _rung(contact: Contact, rung: Rung, path: str) -> Iterator[Weakness]:
    if can_receive(contact, rung.channel):
        return
    if rung.channel == "sms" and contact.landline is not None:
        says = Text(
            en=f"{contact.landline} is a landline: {contact.name} cannot be texted. "
            "Add a mobile, or call only.",
            fr=f"{contact.landline} est une ligne fixe\u00a0: "
            f"{contact.name} n’y reçoit pas de textos. "
            "Ajoutez un cellulaire, ou appelez seulement.",
        )
    else:
        english, french = _DESTINATIONS[rung.channel]
        says = Text(
            en=f"{contact.name} has no {english}: this rung never arrives.",
            fr=f"{contact.name} n’a pas {french}\u00a0: cet échelon n’arrive jamais.",
        )
    yield Weakness("error", path, says)


_DESTINATIONS: dict[Channel, tuple[str, str]] = {
    "sms": ("mobile number", "de cellulaire"),
    "voice": ("telephone number", "de téléphone"),
    "agent": ("telephone number", "de téléphone"),
    "email": ("email address", "d’adresse courriel"),
}


def _too_late(rung: Rung) -> Text:
    return Text(
        en=f"The rung at {rung.after} seconds never fires: the step is over by then.",
        fr=f"L’échelon à {rung.after} secondes ne part jamais\u00a0: "
        "l’étape est finie.",
    )


def _last_resort(town: Town, policy: Policy) -> Iterator[Weakness]:
    """A last resort rings: it needs a telephone, and a person who always has it."""
    people = everybody(town, policy, policy.last_resort)
    if not any(can_receive(contact, "voice") for contact in people):
        says = Text(
            en="Nobody in the last resort has a telephone: it could not be rung.",
            fr="Personne en dernier recours n’a de téléphone\u00a0: rien ne sonnerait.",
        )
        yield Weakness("error", f'policies "{policy.key}".last_resort', says)
