"""By what a step tells people, and each of them where that is left to them."""

from __future__ import annotations

from collections.abc import Sequence

from tenants.rules.preferences import PREFERRED, channels
from tenants.rules.targets import everybody
from tenants.town import Channel, Contact, Policy, Rung, RungChannel, Step, Town
from townline.i18n import gettext, ngettext

# Whoever listens to a sentence loses count of more names than these.
NAMED = 5


def listed(names: Sequence[str]) -> str:
    """``a, b and c``"""
    if len(names) == 1:
        return names[0]
    both = gettext("{some} and {last}")
    return both.format(some=", ".join(names[:-1]), last=names[-1])


def channel_word(channel: Channel) -> str:
    words = {
        "sms": gettext("a text"),
        "voice": gettext("a call"),
        "email": gettext("an email"),
        "agent": gettext("a call by an agent"),
    }
    return words[channel]


def rung_word(channel: RungChannel, *, before: Sequence[Rung]) -> str:
    """``before`` are the rungs that are said before it."""
    if channel != "preferred":
        return channel_word(channel)
    if any(rung.channel == PREFERRED for rung in before):
        return gettext("a message by the next way that each prefers")
    return gettext("a message by the way that each prefers")


def in_turn(told: Sequence[Channel]) -> str:
    """``a call, then a text``"""
    words = [channel_word(each) for each in told]
    then = gettext("{first}, then {next}")
    said = words[0]
    for each in words[1:]:
        said = then.format(first=said, next=each)
    return said


def each_way(town: Town, policy: Policy, step: Step) -> str:
    """``That is a call for Ana Ruiz; a text for Dan Ortiz.``

    Of all whom the step may mean, on call or not; "" where the rule says by what.
    """
    if not any(rung.channel == PREFERRED for rung in step.rungs):
        return ""
    ways: dict[tuple[Channel, ...], list[str]] = {}
    for contact in everybody(town, policy, step.to):
        if told := _preferred(contact, step.rungs):
            ways.setdefault(told, []).append(contact.name)
    if not ways:
        return ""
    words = gettext("{channels} for {people}")
    said = [
        words.format(channels=in_turn(told), people=_few(names))
        for told, names in ways.items()
    ]
    return gettext("That is {ways}.").format(ways="; ".join(said))


def _preferred(contact: Contact, rungs: Sequence[Rung]) -> tuple[Channel, ...]:
    """What the rungs that leave it to them come to, in the order in which they do."""
    found = sorted(
        zip(rungs, channels(contact, rungs), strict=True), key=lambda e: e[0].after
    )
    return tuple(by for rung, by in found if rung.channel == PREFERRED and by)


def _few(names: Sequence[str]) -> str:
    more = len(names) - NAMED
    if more <= 0:
        return listed(names)
    others = ngettext("{number} other", "{number} others", more).format(number=more)
    return listed([*names[:NAMED], others])
