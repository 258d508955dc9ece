"""One's own telephone, tried from a page: the desk's and the town's ask the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import escalation
import tenants
import tickets
from escalation import TooManyDrills, Wanted
from townline.auth import Person
from townline.errors import Invalid
from townline.i18n import language
from townline.proof import Actor
from townline.tenancy import TenantSession

__all__ = ["TooManyDrills", "Tried", "begin"]


class NoTelephone(Invalid):
    """Write a telephone number, with its area code."""


@dataclass(frozen=True, slots=True)
class Tried:
    """The form, as it was typed."""

    phone: str = ""
    how: str = "sms"

    @classmethod
    def read(cls, form: Mapping[str, str]) -> Tried:
        return cls(form.get("phone", ""), form.get("how", "sms"))


def begin(
    db: TenantSession, tried: Tried, *, person: Person, by: Actor, at: datetime
) -> UUID:
    """In the language of the page: whoever asks is whoever answers."""
    country = tenants.current(db).town.holidays[:2]
    phone = tickets.normalised(tried.phone, country=country)
    if phone is None:
        raise NoTelephone(field="phone")
    wanted = Wanted(
        name=person.name,
        phone=phone,
        how="voice" if tried.how == "voice" else "sms",
        language=language(),
    )
    return escalation.drill(db, wanted, by=by, at=at)
