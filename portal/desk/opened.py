"""The call page as it opens: everything that is shown beside what is typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import calls
import tickets
from calls import Call, ShownFlag
from portal.desk import handing, instructions, script
from portal.desk.choosing import Choice, choice_of
from portal.desk.draft import Draft
from portal.desk.handing import Handed
from portal.desk.history import Past, history
from portal.desk.knowledge import Answers, answers
from portal.desk.one_town import Elsewhere
from portal.desk.seat import Seat
from portal.desk.sheet import Sheet, sheet_of
from tenants.instructions import ToRead
from tenants.town import Town
from tickets import Fault, Ticket
from townline import proof
from townline.tenancy import TenantSession

# The operator's own limit, where a town has none: a minute is the trade's usual.
WRAP_UP = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """``made`` are the tickets of this call; ``live`` is a call in another town."""

    sheet: Sheet
    history: Sequence[Past]
    flags: Sequence[ShownFlag]
    handed: Sequence[Handed]
    warned: int
    made: Sequence[Ticket]
    choice: Choice
    answers: Answers
    instructions: Sequence[ToRead]
    live: Elsewhere | None

    @property
    def context(self) -> dict[str, object]:
        """For the template, beside what every page of the desk has."""
        language = self.sheet.draft.language
        return {
            "sheet": self.sheet,
            "call": self.sheet.call,
            "history": self.history,
            "flags": self.flags,
            "handed": self.handed,
            "warned": self.warned,
            "choice": self.choice,
            "answers": self.answers,
            "instructions": self.instructions,
            "linked_to": self.made[0] if self.made else None,
            "live": self.live,
            "kinds": calls.KINDS,
            "script": script.warnings(language),
            "public_record": script.public_record(language),
            "wrap_up_limit": wrap_up_limit(self.sheet.town),
        }


def opened(
    db: TenantSession,
    call: Call,
    draft: Draft,
    *,
    seat: Seat,
    live: Elsewhere | None = None,
    faults: tuple[Fault, ...] = (),
) -> Opened:
    entries = proof.timeline(db, call.id)
    made = tickets.of_call(db, call.id)
    sheet = sheet_of(db, call, draft, at=seat.at, faults=faults)
    return Opened(
        sheet=sheet,
        history=history(db, call, made, phone=call.caller),
        flags=calls.flags_on(db, call.caller, by=seat.person, at=seat.at),
        handed=handing.handed_in(entries),
        warned=sum(1 for each in entries if each.event == calls.WARNED),
        made=made,
        choice=choice_of(db, sheet),
        answers=answers(db, call, "", category=draft.category, at=seat.at),
        instructions=instructions.in_town(db, seat),
        live=live,
    )


def wrap_up_limit(town: Town) -> int:
    """In seconds, as the page counts."""
    own = town.desk.wrap_up_seconds
    return own if own is not None else int(WRAP_UP.total_seconds())


def past_of(db: TenantSession, call_id: UUID, *, phone: str | None) -> Sequence[Past]:
    """What a number given in talk is known for, in this town."""
    made = tickets.of_call(db, call_id)
    return history(db, calls.get(db, call_id), made, phone=phone)
