"""How the town's own words read in each of its languages, and what they cost."""

from __future__ import annotations

from dataclasses import dataclass, replace

from notify.rules import texts, throttles
from portal.town.messages import About, Worded, said
from portal.town.own_words import Sheet
from tenants.town import Town

A_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Reading:
    """``worded`` is None of words that cannot be sent yet, and ``remedies`` say why.

    For each of the ``strange`` signs a segment holds 70 signs instead of 160.
    """

    language: str
    worded: Worded | None
    remedies: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()


def readings(sheet: Sheet, about: About) -> list[Reading]:
    """How it reads in each language of the town, where it could be sent."""
    about = replace(about, town=sheet.town)
    it = sheet.wording
    found = []
    for tongue in sheet.town.languages:
        faults = sheet.faults.items()
        remedies = tuple(why for name, why in faults if name.endswith(f".{tongue}"))
        if remedies:
            found.append(Reading(tongue, None, remedies))
        else:
            worded = said(about, it.key, it.channel, tongue)
            strange = texts.strange(worded.body) if worded.segments else ()
            found.append(Reading(tongue, worded, strange=strange))
    return found


def reach(town: Town, segments: int) -> int:
    """How many people a minute one of the town's senders texts this to, in a storm."""
    sending = town.sending
    ours = sending.messaging_service or sending.sender or town.lines[0].number
    rates = throttles.Rates(sender=sending.texts_per_second)
    return int(throttles.sender(ours, rates).rate * A_MINUTE / segments)
