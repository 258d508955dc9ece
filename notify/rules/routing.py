"""By which way a message goes: the town's sender, its second one, the other provider.

A way that has failed this very message is left for the next one; a way that fails
everybody is left alone by its circuit. When no way remains, the other channel must do.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from notify.message import Channel
from notify.rules.circuits import CLOSED, Circuit
from notify.rules.outcomes import FailureKind
from tenants.town import Town

Provider = Literal["twilio", "sendgrid", "smtp"]
# The way could not take it, though nothing is wrong with the message.
STUMBLES: Collection[FailureKind] = frozenset({"other_sender", "ambiguous"})


@dataclass(frozen=True, slots=True, order=True)
class Way:
    """One provider, and whom it says the message is from.

    ``ours`` is a number, the name of a Messaging Service, or a mailbox.
    """

    provider: Provider
    ours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The operator's mailbox, and who carries its letters, the preferred one first."""

    sender: str
    providers: tuple[Provider, ...] = ("sendgrid",)


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of an earlier attempt at the same promise."""

    way: Way
    kind: FailureKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Where it goes; without a way, when one may be free again, or why none is.

    ``probe`` says that the way is out of order, and that this message finds out
    whether it still is.
    """

    way: Way | None = None
    probe: bool = False
    wait_until: datetime | None = None
    why: str = ""


def ways(town: Town, channel: Channel, mail: Mail) -> tuple[Way, ...]:
    """Every way the town has for a channel, in the order in which they are used."""
    if channel == "email":
        return _letters(town, mail)
    sending, main = town.sending, town.lines[0].number
    senders = [sending.sender or main, sending.second_sender]
    if channel == "sms" and sending.messaging_service:
        # The service chooses among its own numbers; the sender is its stand-in.
        senders = [sending.messaging_service, sending.sender, sending.second_sender]
    return tuple(Way("twilio", each) for each in dict.fromkeys(senders) if each)


def telephone_ways(town: Town, mail: Mail) -> list[tuple[Channel, Way]]:
    """All that hang on the town's telephone account, for texts and for calls."""
    channels: tuple[Channel, ...] = ("sms", "voice")
    return [(each, way) for each in channels for way in ways(town, each, mail)]


def _letters(town: Town, mail: Mail) -> tuple[Way, ...]:
    """The town's favourite comes first, if the operator has it at all."""
    preferred = town.sending.mail_first
    order = sorted(mail.providers, key=lambda each: each != preferred)
    sender = town.sending.mail_from or mail.sender
    return tuple(Way(provider, sender) for provider in order)


def choose(
    ways: Sequence[Way],
    circuits: Mapping[Way, Circuit],
    tried: Collection[Tried] = (),
    *,
    at: datetime,
) -> Choice:
    """The first way in the town's order that has neither refused this nor is down."""
    left = remaining(ways, tried)
    if not left:
        return Choice(why=_last_word(tried))
    for way in left:
        circuit = circuits.get(way, CLOSED)
        if circuit.lets_through(at=at):
            return Choice(way=way, probe=circuit.is_open)
    opens = [circuits[way].open_until for way in left]
    return Choice(wait_until=min(each for each in opens if each), why="no_way")


def remaining(ways: Sequence[Way], tried: Collection[Tried]) -> list[Way]:
    """What may still be used for this promise, the freshest first.

    A sender that was stopped is not asked again, nor is anything of an account that
    was. One that could not take it just now comes after those that might.
    """
    closed = {each.way for each in tried if each.kind == "stop"}
    accounts = {each.way.provider for each in tried if each.kind == "operations"}
    usable = [way for way in ways if way not in closed and way.provider not in accounts]
    stumbles = [each.way for each in tried if each.kind in STUMBLES]
    return sorted(usable, key=stumbles.count)


def _last_word(tried: Collection[Tried]) -> str:
    """Operations are called for an account before they are for a sender of it."""
    kinds = {each.kind for each in tried}
    return "operations" if "operations" in kinds else "stop"
