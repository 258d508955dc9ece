"""Asking the buckets of a claim, all in one statement, and holding what must wait.

An emergency asks for its destination alone: one statement, and no row that a common
message ever locks. Common ones also ask for their sender, their town and their part
of the provider's account.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace
from sqlalchemy import update

from notify.message import EMERGENCY_LANE, Channel, HeldFor
from notify.models import Notification
from notify.rules import merges, turns
from notify.rules.merges import Crowd, Waiting
from notify.rules.routing import Provider
from notify.rules.throttles import (
    Grant,
    Limit,
    Rates,
    appointments,
    common,
    sender,
)
from notify.rules.turns import Turn
from notify.service.buckets import ask_all
from notify.service.relaylog import told
from notify.service.wording import Desk, Draft
from tenants.town import Sending
from townline.sets import given
from townline.tenancy import TenantSession

# What the messages that share a sender and its account have in common.
Way = tuple[Channel, Provider, str]


@dataclass(frozen=True, slots=True)
class _Held:
    draft: Draft
    until: datetime
    why: HeldFor


def let_through(
    db: TenantSession,
    drafts: Sequence[Draft],
    town: Sending,
    desk: Desk,
    *,
    lane: int,
    at: datetime,
) -> list[Draft]:
    """Those that may go now, each with the party it goes in; the others are held."""
    if not drafts:
        return []
    here, held = _by_crowd(db, drafts, merge_after=town.merge_after, at=at)
    if lane != EMERGENCY_LANE and here:
        granted = desk.rates.sender or town.texts_per_second
        rates = dataclasses.replace(desk.rates, sender=granted)
        here, waiting = _by_turn(db, here, rates, towns=desk.towns, at=at)
        held += waiting
    if held:
        _hold(db, held, at=at)
    return here


def _by_crowd(
    db: TenantSession, drafts: Sequence[Draft], *, merge_after: int, at: datetime
) -> tuple[list[Draft], list[_Held]]:
    """One destination at a time: who goes alone, who together, who waits for more."""
    crowds: dict[Crowd, list[Draft]] = defaultdict(list)
    for each in drafts:
        crowds[_crowd(each)].append(each)
    gathered = [_gathered(it, crowds[it], merge_after=merge_after) for it in crowds]
    limits = {each.key: each.limit for each in gathered}
    asked = {each.key: merges.wanted(each.crowd, each.waiting) for each in gathered}
    grants = ask_all(db, limits, asked, at=at)
    here: list[Draft] = []
    held: list[_Held] = []
    for crowd in gathered:
        _part(crowd, grants[crowd.key], here, held)
    return here, held


@dataclass(frozen=True, slots=True)
class _Gathered:
    """A crowd, and which of its messages are due."""

    crowd: Crowd
    key: str
    limit: Limit
    drafts: Sequence[Draft]
    waiting: Sequence[Waiting]


def _gathered(crowd: Crowd, drafts: Sequence[Draft], *, merge_after: int) -> _Gathered:
    limit = merges.crowd_limit(crowd, merge_after=merge_after)
    return _Gathered(crowd, crowd.key, limit, drafts, [_waiting(it) for it in drafts])


def _part(it: _Gathered, grant: Grant, here: list[Draft], held: list[_Held]) -> None:
    """Put each of a crowd's messages to those that go, or to those that wait."""
    parting = merges.part(it.crowd, it.waiting, granted=grant.granted, limit=it.limit)
    known = {each.due.id: each for each in it.drafts}
    for party in parting.parties:
        if len(party) == 1:
            here.append(known[party[0].id])
        else:
            here += [replace(known[each.id], party=party[0].id) for each in party]
    back = appointments(it.limit, grant, missing=len(parting.held))
    why: HeldFor = "gather" if it.crowd.merges else "throttle"
    for waiting, until in zip(parting.held, back, strict=True):
        held.append(_Held(known[waiting.id], until, why))


def _by_turn(
    db: TenantSession,
    drafts: Sequence[Draft],
    rates: Rates,
    *,
    towns: int,
    at: datetime,
) -> tuple[list[Draft], list[_Held]]:
    """Who finds a token of the sender, the town and the account; a party asks once."""
    parties: dict[UUID, list[Draft]] = defaultdict(list)
    for each in drafts:
        parties[each.party or each.due.id].append(each)
    shared: dict[Way, dict[str, Limit]] = {}
    asking = []
    for id, party in parties.items():
        way = party[0].due.channel, party[0].provider, party[0].ours
        if way not in shared:
            shared[way] = _shared(party[0], rates, towns)
        asking.append(_turn(id, party, tuple(shared[way])))
    limits = {key: limit for each in shared.values() for key, limit in each.items()}
    asked = turns.wanted(asking, limits)
    grants = ask_all(db, limits, asked, at=at)
    if all(grants[bucket].granted >= number for bucket, number in asked.items()):
        # There is enough for all: nobody stands in line.
        return list(drafts), []
    here: list[Draft] = []
    held: list[_Held] = []
    for id, back in turns.in_turn(asking, limits, grants, at=at).items():
        if back is None:
            here += parties[id]
        else:
            held += [_Held(each, back, "throttle") for each in parties[id]]
    return here, held


def _crowd(draft: Draft) -> Crowd:
    due = draft.due
    return Crowd(
        channel=due.channel,
        ours=draft.ours,
        destination=due.destination,
        recipient=due.recipient_key,
        level=due.level,
        merges=merges.may_merge(due.channel, due.purpose, due.fence_id),
    )


def _waiting(draft: Draft) -> Waiting:
    """A second try was counted with the first, and a held one when it was held."""
    due = draft.due
    counted = due.tries > 0 or due.held_for in {"gather", "throttle", "digest"}
    return Waiting(due.id, due.fence_id or due.id, due.held_for, asks=not counted)


def _turn(id: UUID, party: Sequence[Draft], buckets: tuple[str, ...]) -> Turn:
    due = party[0].due
    return Turn(
        id=id,
        level=due.level,
        since=min(each.due.promised_at for each in party),
        cost=merges.segments(len(party)) if due.channel == "sms" else 1,
        buckets=buckets,
        again=due.held_for == "throttle",
    )


def _shared(draft: Draft, rates: Rates, towns: int) -> dict[str, Limit]:
    """What all of a town's common messages share, and what all towns do.

    An account is divided evenly among the towns that have something due.
    """
    channel = draft.due.channel
    shared = {
        "town": common(rates.town),
        f"account/{draft.provider}/{channel}": common(rates.account(channel) / towns),
    }
    if channel == "sms":
        shared[f"sender/{draft.ours}"] = sender(draft.ours, rates)
    return shared


@dataclass(frozen=True, slots=True)
class _Hold:
    id: UUID
    due_at: datetime
    held_for: HeldFor


def _hold(db: TenantSession, held: Iterable[_Held], *, at: datetime) -> None:
    """They come back at their time; the first time each page says so, and why."""
    rows = []
    for each in held:
        due = each.draft.due
        was: HeldFor = due.held_for
        if was in {"", "quiet"}:
            told(db, due, "relay.held", at=at, why=each.why, until=each.until)
        # Those who have gathered stay together however long their turn takes.
        kept: HeldFor = was if was in {"gather", "digest"} else each.why
        rows.append(_Hold(due.id, each.until, kept))
    these = given(rows, Notification.id, Notification.due_at, Notification.held_for)
    db.session.execute(
        update(Notification)
        .where(Notification.tenant_id == db.tenant_id, Notification.id == these.c.id)
        .values(state="held", due_at=these.c.due_at, held_for=these.c.held_for)
        .execution_options(synchronize_session=False)
    )
