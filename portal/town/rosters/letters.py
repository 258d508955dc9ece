"""What is written about a shift that somebody is asked to take, and when it is."""

from __future__ import annotations

from datetime import datetime

import notify
from notify import Message, Recipient
from notify.message import Channel
from portal.town.rosters import dates
from portal.town.rosters.people import find, name_of, title
from tenants.duty import Asked, RosterSwap
from tenants.town import Contact, Roster, Town
from townline.i18n import gettext, speaking
from townline.tenancy import TenantSession

# Nobody is in danger, but a shift may begin tonight: before letters and surveys.
LEVEL = 3


def ask_taker(
    db: TenantSession, town: Town, roster: Roster, asked: Asked, *, at: datetime
) -> bool:
    """Whether they can be written to at all."""
    taker = town.contact(asked.swap.taker)
    with speaking(taker.language):
        context = {
            "giver": name_of(town, asked.swap.giver),
            "roster": title(roster),
            "when": when(asked.swap),
            "token": asked.token,
        }
    letter = _letter(asked.swap, taker, "swap", context, at=at)
    notify.promise_all(db, [letter] if letter else [], at=at)
    return letter is not None


def tell_giver(
    db: TenantSession, town: Town, swap: RosterSwap, *, at: datetime, holds: bool
) -> None:
    """``holds``: it is published; a yes that does not waits for a second person."""
    giver = find(town, swap.giver)
    if giver is None:
        return
    with speaking(giver.language):
        if holds:
            words = gettext("{name} takes your shift: {when}.")
        elif swap.answer == "accepted":
            words = gettext(
                "{name} takes your shift once your town has approved it: {when}."
            )
        else:
            words = gettext("{name} cannot take your shift, it is still yours: {when}.")
        said = words.format(name=name_of(town, swap.taker), when=when(swap))
    letter = _letter(swap, giver, "swap_answered", {"words": said}, at=at)
    notify.promise_all(db, [letter] if letter else [], at=at)


def _letter(
    swap: RosterSwap,
    to: Contact,
    template: str,
    context: dict[str, str],
    *,
    at: datetime,
) -> Message | None:
    """By text or by letter, whatever of theirs has been confirmed first."""
    ways: tuple[tuple[Channel, str | None], ...] = (
        ("sms", to.mobile),
        ("email", to.email),
    )
    for channel, destination in ways:
        if destination and destination not in to.unverified:
            return Message(
                key=f"{template}/{swap.id}",
                to=Recipient("contact", to.key, to.name, to.language),
                channel=channel,
                destination=destination,
                purpose="notice",
                template=template,
                context=context,
                subject_id=swap.id,
                level=LEVEL,
                due_at=at,
                expires_at=swap.expires_at,
            )
    return None


def when(swap: RosterSwap) -> str:
    """Thu 12 Feb, 18:00 to Fri 13 Feb, 07:00."""
    return _between(swap.starts, swap.ends)


def in_return(swap: RosterSwap) -> str:
    if swap.back_starts is None or swap.back_ends is None:
        return ""
    return _between(swap.back_starts, swap.back_ends)


def _between(starts: str, ends: str) -> str:
    since, until = (dates.wall(datetime.fromisoformat(each)) for each in (starts, ends))
    return gettext("{since} to {until}").format(since=since, until=until)
