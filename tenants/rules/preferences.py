"""How each person of a step is told, where its rungs leave that to them.

What a person asks for is a wish. It orders their channels and refuses none: a rung
that names a channel keeps it, whatever anybody's wish.
"""

from __future__ import annotations

from collections.abc import Sequence

from tenants.town import Channel, Contact, OwnChannel, Rung

PREFERRED = "preferred"
# Of who has asked for nothing: what wakes nobody first. A landline can only ring.
USUAL: tuple[OwnChannel, ...] = ("sms", "voice", "email")


def destination(contact: Contact, channel: Channel) -> str | None:
    """Where ``channel`` reaches them; a landline can ring but not be texted.

    An agent of the desk dials the same number as the machine would. Nothing is sent
    to what nobody has verified.
    """
    rings = contact.mobile or contact.landline
    found = {
        "sms": contact.mobile,
        "voice": rings,
        "agent": rings,
        "email": contact.email,
    }[channel]
    return None if found in contact.unverified else found


def preferred(contact: Contact) -> tuple[OwnChannel, ...]:
    """The channels they asked for that can reach them now, best first.

    If none of those can, any that does: being told by another channel is better than
    not being told. A number that was sent STOP counts as reached; the message fails at
    once, as it does by a rung that names its channel.
    """
    return _reaching(contact, contact.channels) or _reaching(contact, USUAL)


def channels(contact: Contact, rungs: Sequence[Rung]) -> tuple[Channel | None, ...]:
    """The channel of each rung of a step to one person; None where there is none left.

    A preferred rung takes the first of their channels by which the step has not told
    them by then: the second goes on to their second channel. Whoever has no other is
    passed over rather than told again the same way, for a repetition is something
    that a town decides, by ``repeat`` or by a rung that names its channel.
    """
    mine, used = preferred(contact), set[Channel]()
    found: dict[int, Channel | None] = {}
    for number, rung in _in_time(rungs):
        channel: Channel | None
        if rung.channel == "preferred":
            channel = next((each for each in mine if each not in used), None)
        else:
            channel = rung.channel
        found[number] = channel
        used |= {channel} if channel else set()
    return tuple(found[number] for number in range(len(rungs)))


def _in_time(rungs: Sequence[Rung]) -> list[tuple[int, Rung]]:
    """Of those of the same second the ones that name their channel come first."""
    return sorted(
        enumerate(rungs), key=lambda each: (each[1].after, each[1].channel == PREFERRED)
    )


def _reaching(contact: Contact, wished: Sequence[OwnChannel]) -> tuple[OwnChannel, ...]:
    return tuple(each for each in wished if destination(contact, each))
