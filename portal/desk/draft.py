"""What has been typed on the call page so far, as the browser sends it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal
from uuid import UUID

import msgspec
from msgspec import Struct, field

from calls import Aids, Disposition
from portal.desk import rules
from tenants.town import Language, Point
from tickets import (
    Caller,
    Channel,
    Confidence,
    Identity,
    Intake,
    PlaceKind,
    TellBy,
)
from townline.db import new_id
from townline.errors import Invalid
from townline.i18n import gettext

Ending = Disposition | Literal[""]


class Draft(Struct, frozen=True, kw_only=True):
    """``client_key`` is made with the page: however often it is sent, one ticket.

    ``safety`` and ``answers`` map a question's key to the answer's. ``said`` is ticked
    when the promise was spoken, each of ``read`` when the caller has confirmed it.
    ``also`` is the agent's live call in another town, if they know that it is.
    """

    client_key: UUID = field(default_factory=new_id)
    identity: Identity = "identified"
    name: str = ""
    phone: str = ""
    email: str = ""
    language: Language = "en"
    tell_by: TellBy = "none"
    safety: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    category: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    level: int | Literal[""] = ""
    level_reason: str = ""
    place: str = ""
    directions: str = ""
    latitude: str = ""
    longitude: str = ""
    place_kind: PlaceKind = "described"
    confidence: Confidence = "described"
    asset: str = ""
    address: str = ""
    note: str = ""
    said: bool = False
    read: Mapping[str, str] = field(default_factory=dict)
    tty: bool = False
    interpreted: str = ""
    interpreter: str = ""
    interpreter_minutes: str = ""
    also: str = ""
    disposition: Ending = "ticket_created"

    @property
    def point(self) -> Point | None:
        """Longitude and latitude, when both can be read as numbers."""
        try:
            return _degrees(self.longitude), _degrees(self.latitude)
        except ValueError:
            return None

    @property
    def agreed(self) -> bool:
        """Everything that there is to read back has been."""
        return not self.unconfirmed

    @property
    def unconfirmed(self) -> tuple[str, ...]:
        """What is still to be read back; of an anonymous caller never who they are."""
        anonymous = self.identity == "anonymous"
        items = rules.to_read_back(
            place=self.place,
            name="" if anonymous else self.name,
            number="" if anonymous else self.phone,
        )
        return tuple(item for item in items if item not in self.read)

    @property
    def aids(self) -> Aids:
        minutes = self.interpreter_minutes.strip()
        return Aids(
            tty=self.tty,
            language=self.interpreted,
            interpreter=self.interpreter,
            minutes=int(minutes) if minutes.isdecimal() else None,
        )

    @property
    def has_half_a_point(self) -> bool:
        return self.point is None and bool(self.latitude or self.longitude)

    @property
    def located(self) -> tuple[PlaceKind, Confidence]:
        """A point without a name is one on the map; words without a point are words."""
        if self.point is None:
            return "described", "described"
        if self.place_kind == "described":
            return "point", "exact"
        return self.place_kind, self.confidence

    def intake(self, channel: Channel, call_id: UUID) -> Intake:
        longitude, latitude = self.point or (None, None)
        kind, confidence = self.located
        return Intake(
            client_key=self.client_key,
            category=self.category,
            channel=channel,
            caller=self.caller,
            place=self.place,
            latitude=latitude,
            longitude=longitude,
            place_kind=kind,
            confidence=confidence,
            asset=self.asset if kind == "asset" else "",
            directions=self.directions,
            words=self.words,
            answers=self.answers,
            level=self.level or None,
            level_reason=self.level_reason,
            call_id=call_id,
            read_back=self.agreed,
        )

    @property
    def caller(self) -> Caller:
        return Caller(
            identity=self.identity,
            name=self.name,
            phone=self.phone,
            email=self.email,
            address=self.address,
            language=self.language,
            tell_by=self.tell_by,
        )


def read(form: Mapping[str, str]) -> Draft:
    """The draft in a form; ``answer.KEY`` and ``safety.KEY`` become mappings."""
    known = {name: form[name] for name in Draft.__struct_fields__ if name in form}
    ticked = {name: name in form for name in ("said", "tty")}
    asked = {
        "safety": _under("safety.", form),
        "answers": _under("answer.", form),
        "read": _under("read.", form),
    }
    try:
        return msgspec.convert({**known, **asked, **ticked}, Draft, strict=False)
    except msgspec.ValidationError as fault:
        raise Invalid(gettext("This page is out of date; load it again.")) from fault


def _under(prefix: str, form: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix(prefix): value
        for name, value in form.items()
        if name.startswith(prefix)
    }


def _degrees(typed: str) -> float:
    degrees = float(typed.strip().replace(",", "."))
    if not math.isfinite(degrees):
        raise ValueError(typed)
    return degrees
