"""What the town's rules make of a draft: what to ask next, to say, and who is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

import escalation
import tenants
import tickets
from calls import Call
from escalation import Preview
from portal.desk import handing, rules
from portal.desk.draft import Draft
from portal.desk.handing import Service
from tenants.rules import (
    inside,
    missing,
    promise,
    stop,
    visible_questions,
)
from tenants.town import Category, Choice, Language, Question, Town
from tickets import Fault, Ticket
from townline import proof
from townline.tenancy import TenantSession

MOST_EARLIER = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A call, what was typed, and what follows from it. ``faults`` come from saving."""

    town: Town
    version: int
    call: Call
    draft: Draft
    at: datetime
    faults: tuple[Fault, ...] = ()

    @property
    def category(self) -> Category | None:
        keys = {each.key: each for each in self.town.categories}
        return keys.get(self.draft.category)

    @property
    def questions(self) -> tuple[Question, ...]:
        if self.category is None:
            return ()
        return visible_questions(self.category, self.draft.answers)

    @property
    def needed(self) -> tuple[Question, ...]:
        return missing(self.category, self.draft.answers) if self.category else ()

    @property
    def stop(self) -> Choice | None:
        return stop(self.category, self.draft.answers) if self.category else None

    @property
    def level(self) -> int | None:
        if self.category is None:
            return None
        intake = self.draft.intake("phone", self.call.id)
        return tickets.level_of(self.category, intake)

    @property
    def is_raised(self) -> bool:
        return self.category is not None and self.level != self.category.level

    @property
    def promise(self) -> str:
        if self.category is None:
            return ""
        spoken = promise(self.town, self.category, at=self.at)
        return spoken.say.in_(self.draft.language)

    @property
    def read_back(self) -> str:
        anonymous = self.draft.identity == "anonymous"
        return rules.read_back(
            self.category,
            self.draft.answers,
            place=self.draft.place,
            number="" if anonymous else self.draft.phone,
            language=self.draft.language,
        )

    @property
    def spelled_name(self) -> str:
        return rules.spelled_name(self.draft.name)

    @property
    def digits(self) -> str:
        return rules.digit_by_digit(self.draft.phone)

    @property
    def to_confirm(self) -> tuple[str, ...]:
        """Every item of the read-back that there is now, ticked or not."""
        bare = msgspec.structs.replace(self.draft, read={})
        return bare.unconfirmed

    @property
    def services(self) -> tuple[Service, ...]:
        return handing.services(self.town, self.draft)

    @property
    def is_inside(self) -> bool | None:
        """None while there is no point to look at."""
        point = self.draft.point
        return inside(self.town, point) if point else None

    @property
    def told(self) -> Preview | None:
        if self.category is None or self.level is None:
            return None
        return escalation.preview(self.town, self.category, self.level, at=self.at)

    @property
    def alarmed(self) -> bool:
        return bool(rules.alarmed(self.town.life_safety, self.draft.safety))

    def fault(self, field: str) -> str:
        """What to do about a field, or nothing."""
        return next((e.remedy for e in self.faults if e.field == field), "")


def sheet_of(
    db: TenantSession,
    call: Call,
    draft: Draft,
    *,
    at: datetime,
    faults: tuple[Fault, ...] = (),
) -> Sheet:
    current = tenants.current(db)
    return Sheet(
        town=current.town,
        version=current.number,
        call=call,
        draft=draft,
        at=at,
        faults=faults,
    )


def fresh(db: TenantSession, call: Call) -> Draft:
    """The draft a call begins with: what the exchange and earlier tickets know."""
    language = msgspec.convert(call.language, Language)
    if call.caller is None:
        return Draft(language=language)
    return Draft(name=_name_of(db, call.caller), phone=call.caller, language=language)


def one_more(db: TenantSession, call: Call, made: Sequence[Ticket]) -> Draft:
    """The next problem of the same caller: who they are has been said already."""
    begun = fresh(db, call)
    reporters = tickets.reporters(db, made[-1].id)
    if not reporters:
        return begun
    one = reporters[0]
    shown = one.shown_to("desk")
    return msgspec.structs.replace(
        begun,
        identity=one.identity,
        name=shown.name or "",
        phone=shown.phone or "",
        email=shown.email or "",
        tell_by=one.tell_by,
        safety=_answered(db, made[-1]),
    )


def _answered(db: TenantSession, ticket: Ticket) -> Mapping[str, str]:
    """Life safety as it was answered in this call; what changes is asked at its end."""
    for entry in reversed(proof.timeline(db, ticket.id)):
        if entry.event == "call.read_out":
            return msgspec.convert(entry.told()["safety"], dict[str, str])
    return {}


def _name_of(db: TenantSession, phone: str) -> str:
    """The name last given with this number, if one ever was."""
    for ticket in tickets.of_caller(db, phone, MOST_EARLIER):
        for reporter in tickets.reporters(db, ticket.id):
            if reporter.phone == phone and reporter.name:
                return reporter.shown_to("desk").name or ""
    return ""
