"""Rungs that leave it to each person how to be told, and so may tell nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tenants.lint.findings import Weakness
from tenants.rules.preferences import PREFERRED, channels, preferred
from tenants.town import Contact, Rung, Step, Text


def wishes(step: Step, people: Sequence[Contact], path: str) -> Iterator[Weakness]:
    """``people`` are all whom the step may ever mean."""
    asked = [
        number for number, rung in enumerate(step.rungs) if rung.channel == PREFERRED
    ]
    reached = [contact for contact in people if preferred(contact)]
    by = [channels(contact, step.rungs) for contact in reached]
    if asked:
        for contact in people:
            if contact not in reached:
                says = _unreached(contact)
                yield Weakness("error", path, says, "no-destination", contact.key)
    for number in asked:
        if reached and not any(each[number] for each in by):
            says = _told_already(step.rungs[number])
            yield Weakness("warning", path, says, "never-fires", f"preferred {number}")


def _unreached(contact: Contact) -> Text:
    name = contact.name
    return Text(
        en=f"{name} has neither a number nor an address that is verified: nothing "
        "they prefer arrives. Add one, or have one verified.",
        fr=f"{name} n’a ni numéro ni adresse vérifiés\u00a0: rien de ce que cette "
        "personne préfère n’arrive. Ajoutez-en, ou faites-en vérifier.",
    )


def _told_already(rung: Rung) -> Text:
    return Text(
        en=f"The rung at {rung.after} seconds tells nobody: everybody has been told by "
        "then in each of their ways. Take it out, or name a channel.",
        fr=f"L’échelon à {rung.after} secondes ne prévient personne\u00a0: tout le "
        "monde l’a alors été par chacune de ses voies. Retirez-le, ou nommez une voie.",
    )
