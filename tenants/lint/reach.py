"""Whether a step can reach the people it names, over the channels it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tenants.lint.findings import Weakness, policy_path, step_path
from tenants.lint.knowledge import Knowledge
from tenants.lint.wishes import wishes
from tenants.rules.preferences import channels
from tenants.rules.targets import DUTY_DESK, everybody
from tenants.town import Channel, Contact, Policy, Rung, Step, Text, Town

# As long as a call is let ring (``notify.channels.twilio_voice``).
RINGS_FOR = 30
ALOUD: tuple[Channel, ...] = ("voice", "agent")


def reach(town: Town, policy: Policy, known: Knowledge) -> Iterator[Weakness]:
    for number, step in enumerate(policy.steps, 1):
        path = step_path(policy.key, number)
        people = everybody(town, policy, step.to)
        for contact in people:
            for channel in channels(contact, step.rungs):
                if channel is not None:
                    yield from _rung(contact, channel, path, known)
        yield from wishes(step, people, path)
        yield from _in_time(step, people, path)
    yield from _last_resort(town, policy, known)


def reached_at(contact: Contact, channel: Channel) -> str | None:
    """The destination of a channel; a landline rings and takes no texts."""
    match channel:
        case "sms":
            return contact.mobile
        case "email":
            return contact.email
        case _:
            return contact.mobile or contact.landline


def is_open(contact: Contact, channel: Channel, known: Knowledge) -> bool:
    """Whether anything may be sent there: it exists, is verified, and is not STOPped.

    STOP ends texts; a call is another matter.
    """
    where = reached_at(contact, channel)
    closed = channel == "sms" and where in known.opted_out
    return where is not None and not closed and where not in contact.unverified


def _in_time(step: Step, people: Iterable[Contact], path: str) -> Iterator[Weakness]:
    by = [channels(contact, step.rungs) for contact in people]
    for number, rung in enumerate(step.rungs):
        rings = rung.channel == "voice" or any(each[number] == "voice" for each in by)
        if rung.after and rung.after >= step.wait:
            says = _too_late(rung)
            yield Weakness("error", path, says, "never-fires", rung.channel)
        elif rings and rung.after + RINGS_FOR > step.wait > 0:
            yield Weakness("error", path, _still_rings(rung), "outlives-its-step")


def _rung(
    contact: Contact, channel: Channel, path: str, known: Knowledge
) -> Iterator[Weakness]:
    if is_open(contact, channel, known):
        return
    where = reached_at(contact, channel)
    if where is not None:
        yield _shut(contact, where, path)
    elif channel == "sms" and contact.landline is not None:
        says = Text(
            en=f"{contact.landline} is a landline: {contact.name} cannot be texted. "
            "Add a mobile, or call only.",
            fr=f"{contact.landline} est une ligne fixe\u00a0: "
            f"{contact.name} n’y reçoit pas de textos. "
            "Ajoutez un cellulaire, ou appelez seulement.",
        )
        yield Weakness("error", path, says, "landline", contact.key)
    else:
        english, french = _DESTINATIONS[channel]
        says = Text(
            en=f"{contact.name} has no {english}: this rung never arrives.",
            fr=f"{contact.name} n’a pas {french}\u00a0: cet échelon n’arrive jamais.",
        )
        about = f"{contact.key} {english}"
        yield Weakness("error", path, says, "no-destination", about)


def _shut(contact: Contact, where: str, path: str) -> Weakness:
    about = f"{contact.key} {where}"
    if where in contact.unverified:
        says = Text(
            en=f"{where} of {contact.name} is not confirmed: nothing is sent there. "
            "Have it confirmed by a code, or answer for it.",
            fr=f"{where} de {contact.name} n’est pas confirmé\u00a0: rien n’y est "
            "envoyé. Faites-le confirmer par un code, ou répondez-en.",
        )
        return Weakness("error", path, says, "unverified", about)
    says = Text(
        en=f"{contact.name} has answered STOP from {where}: texts do not go there. "
        "Have START sent from it, or call only.",
        fr=f"{contact.name} a répondu STOP de {where}\u00a0: les textos n’y vont plus. "
        "Faites-en envoyer START, ou appelez seulement.",
    )
    return Weakness("error", path, says, "opted-out", about)


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


def _still_rings(rung: Rung) -> Text:
    return Text(
        en=f"The call at {rung.after} seconds still rings when the next step begins: "
        f"let the step wait {RINGS_FOR} seconds longer than its last call.",
        fr=f"L’appel à {rung.after} secondes sonne encore quand l’étape suivante "
        f"commence\u00a0: laissez {RINGS_FOR} secondes après le dernier appel.",
    )


def _last_resort(town: Town, policy: Policy, known: Knowledge) -> Iterator[Weakness]:
    """A last resort rings: it needs a telephone, and a person who always has it."""
    path = policy_path(policy.key, ".last_resort")
    desk = (DUTY_DESK,) if town.duty_desk else ()
    people = everybody(town, policy, (*policy.last_resort, *desk))
    if not people:
        says = Text(
            en="The last resort is nobody: name the duty desk.",
            fr="Le dernier recours n’est personne\u00a0: nommez la permanence.",
        )
        yield Weakness("error", path, says, "no-last-resort")
    elif not any(is_open(contact, "voice", known) for contact in people):
        says = Text(
            en="Nobody in the last resort has a telephone: it could not be rung.",
            fr="Personne en dernier recours n’a de téléphone\u00a0: rien ne sonnerait.",
        )
        yield Weakness("error", path, says, "no-last-resort")
