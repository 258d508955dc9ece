"""Who takes an emergency over: 911 first, and whom else the town names.

The record is made by whoever was there: when, which number, the sentence that was
said, whether the other side took the caller, and whether the agent stayed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

import tenants
from calls import Call
from portal.desk import rules
from portal.desk.draft import Draft
from tenants.town import Town
from townline import proof
from townline.auth import Person
from townline.errors import NotFound
from townline.i18n import language
from townline.proof import Actor, LogEntry
from townline.tenancy import TenantSession

NINE = "911"
# The first is 911 with the caller on it; the second is everything else.
HANDED_TO_911 = "call.handed_to_911"
HANDED_OVER = "call.handed_over"
Outcome = Literal["transferred", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """The form. ``stays``: the agent remains on the line with both."""

    service: str = NINE
    outcome: Outcome = "transferred"
    stays: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Somebody a caller can be handed to."""

    key: str
    name: str
    number: str
    say: tuple[str, ...]
    stay: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What is on record of one hand-over."""

    at: datetime
    name: str
    number: str
    outcome: str
    stays: bool

    @property
    def is_911(self) -> bool:
        return self.name == NINE


def services(town: Town, draft: Draft) -> tuple[Service, ...]:
    """911 and then the town's own, with the exact sentences in the caller's tongue."""
    alarmed = rules.alarmed(town.life_safety, draft.safety) or town.life_safety[:1]
    nine = Service(
        key=NINE,
        name=NINE,
        number=town.desk.emergency_number or NINE,
        say=tuple(each.say.in_(draft.language) for each in alarmed),
        stay=True,
    )
    others = (
        Service(
            key=each.key,
            name=each.name.in_(language()),
            number=each.number,
            say=(each.say.in_(draft.language),),
            stay=each.stay,
        )
        for each in town.hand_offs
    )
    return (nine, *others)


def hand_over(
    db: TenantSession,
    call_id: UUID,
    draft: Draft,
    over: HandOver,
    *,
    by: Person,
    at: datetime,
) -> Sequence[Handed]:
    """Put it on record; said twice, it is logged once."""
    call = db.get(Call, call_id, lock=True)
    service = _service(tenants.current(db).town, draft, over.service)
    before = handed(db, call.id)
    if any(e.number == service.number and e.outcome == over.outcome for e in before):
        return before
    now = Handed(
        at=at,
        name=service.name,
        number=service.number,
        outcome=over.outcome,
        stays=over.stays,
    )
    _log(db, call.id, now, service, by=by)
    return (*before, now)


def _log(
    db: TenantSession, call_id: UUID, now: Handed, service: Service, *, by: Person
) -> None:
    is_911 = service.key == NINE and now.outcome == "transferred"
    proof.record(
        db,
        HANDED_TO_911 if is_911 else HANDED_OVER,
        subject=call_id,
        at=now.at,
        actor=Actor("agent", by.name),
        name=now.name,
        number=now.number,
        outcome=now.outcome,
        stays=now.stays,
        sentence=" ".join(service.say),
    )


def handed(db: TenantSession, call_id: UUID) -> tuple[Handed, ...]:
    return handed_in(proof.timeline(db, call_id))


def handed_in(entries: Sequence[LogEntry]) -> tuple[Handed, ...]:
    """The hand-overs among the entries of a call."""
    events = {HANDED_TO_911, HANDED_OVER}
    return tuple(_read(each) for each in entries if each.event in events)


def _read(entry: LogEntry) -> Handed:
    """Entries of the first releases say only that it was 911."""
    told = entry.told()
    return Handed(
        at=entry.at,
        name=str(told.get("name", NINE)),
        number=str(told.get("number", NINE)),
        outcome=str(told.get("outcome", "transferred")),
        stays=bool(told.get("stays", False)),
    )


class NoSuchService(NotFound):
    """The town has nobody of that name any more; load the page again."""


def _service(town: Town, draft: Draft, key: str) -> Service:
    for each in services(town, draft):
        if each.key == key:
            return each
    raise NoSuchService
