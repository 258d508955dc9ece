"""A filled-in sheet becomes a ticket, once, however often it is typed.

Whoever relayed an emergency by hand while nothing worked says whom they reached:
nobody is woken twice. Otherwise the relay begins now, at the ticket's level.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import msgspec
from msgspec import Struct

import escalation
import tenants
import tickets
from portal.desk.draft import Draft, read
from tenants.town import Contact, Town
from tickets import CallSheet, Fault, Intake, Ticket
from townline import localtime, proof
from townline.errors import Invalid
from townline.i18n import gettext
from townline.proof import Actor
from townline.tenancy import TenantSession

# Levels whose relay nobody may leave to chance: was it told already, or not?
GRAVE = 2
# An outage of a month is no outage; it is a wrong date.
OLDEST = timedelta(days=31)


class Typed(Struct, frozen=True, kw_only=True):
    """The part of the form that only paper has; times are the town's own."""

    number: str = ""
    called: str = ""
    relayed: Literal["", "yes", "no"] = ""
    reached: str = ""
    reached_at: str = ""
    agreed: str = ""


class SheetUnfinished(Invalid):
    """Something on this sheet still needs your attention; nothing has been lost."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(field=faults[0].field)
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Entered:
    """``before`` is True for a sheet that had been entered already."""

    ticket: Ticket
    sheet: CallSheet
    before: bool


def typed(form: Mapping[str, str]) -> Typed:
    known = {name: form[name] for name in Typed.__struct_fields__ if name in form}
    try:
        return msgspec.convert(known, Typed)
    except msgspec.ValidationError as fault:
        raise Invalid(gettext("This page is out of date; load it again.")) from fault


def enter(
    db: TenantSession, form: Mapping[str, str], *, at: datetime, by: Actor
) -> Entered:
    """The ticket of this sheet, made now or made before."""
    paper = typed(form)
    sheet = tickets.sheets.sheet(db, paper.number, lock=True)
    if made := tickets.sheets.made_of(db, sheet):
        return Entered(made, sheet, before=True)
    town = tenants.current(db).town
    draft = read({"language": town.languages[0], **form})
    intake = _intake(town, sheet, paper, draft)
    if every := tuple(_faults(town, paper, intake, at=at)):
        raise SheetUnfinished(every)
    ticket = tickets.open(db, intake, at=at, by=by)
    if note := draft.note.strip():
        tickets.add_note(db, ticket.id, note, audience="dispatch", by=by, at=at)
    if paper.relayed == "yes":
        _relayed_by_hand(db, ticket, paper, at=at, by=by)
    called = intake.called_at or at
    tickets.sheets.entered(db, sheet, called_at=called, at=at, by=by)
    return Entered(ticket, sheet, before=False)


def reachable(town: Town) -> tuple[Contact, ...]:
    """Whom somebody may have told by hand."""
    return town.contacts


def _intake(town: Town, sheet: CallSheet, paper: Typed, draft: Draft) -> Intake:
    return msgspec.structs.replace(
        draft.intake("phone", sheet.id),
        client_key=sheet.id,
        call_id=None,
        called_at=_instant(town, paper.called),
        read_back=bool(paper.agreed),
    )


def _faults(
    town: Town, paper: Typed, intake: Intake, *, at: datetime
) -> Iterator[Fault]:
    called = intake.called_at
    if called is None or not at - OLDEST <= called <= at:
        remedy = gettext("Write when the call came: a day and a time that have been.")
        yield Fault("called", remedy)
    yield from tickets.faults(town, intake)
    if paper.relayed == "yes":
        yield from _faults_of_a_relay(town, paper, called or at, at=at)
    elif _is_grave(town, intake) and not paper.relayed:
        remedy = gettext("Say whether somebody has been told by hand already.")
        yield Fault("relayed", remedy)


def _faults_of_a_relay(
    town: Town, paper: Typed, called: datetime, *, at: datetime
) -> Iterator[Fault]:
    if paper.reached not in {each.key for each in town.contacts}:
        yield Fault("reached", gettext("Choose who was told by hand."))
    told = _instant(town, paper.reached_at)
    if told is None or not called <= told <= at:
        remedy = gettext("Write when they were told: after the call, and before now.")
        yield Fault("reached_at", remedy)


def _is_grave(town: Town, intake: Intake) -> bool:
    known = {each.key: each for each in town.categories}
    category = known.get(intake.category)
    return category is not None and tickets.level_of(category, intake) <= GRAVE


def _relayed_by_hand(
    db: TenantSession, ticket: Ticket, paper: Typed, *, at: datetime, by: Actor
) -> None:
    """A person's word that a person has it: nothing of the relay leaves any more."""
    town = tenants.current(db).town
    proof.record(
        db,
        "sheet.relayed_by_hand",
        subject=ticket.id,
        at=at,
        actor=by,
        contact=paper.reached,
        told_at=_instant(town, paper.reached_at),
    )
    standing = escalation.state_of(db, ticket.id)
    if standing:
        escalation.accept(
            db, standing.run_id, contact=paper.reached, via="agent", at=at
        )


def _instant(town: Town, written: str) -> datetime | None:
    """A wall time of the town; of the hour that comes twice, the first."""
    try:
        wall = datetime.fromisoformat(written)
    except ValueError:
        return None
    return None if wall.tzinfo else localtime.starts(wall, town.time_zone)
