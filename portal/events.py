"""A known event as people of the desk and of the town write it: one form for both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from msgspec import Struct

import tenants
from tenants.town import Category, Text, Town
from tickets import events
from tickets.events import AreaUnclear, EventTerms, KnownEvent
from townline import localtime
from townline.db import new_id
from townline.errors import Invalid
from townline.i18n import gettext
from townline.tenancy import TenantSession

# As a browser's date-and-time field writes a moment of the town's own clock.
WALL = "%Y-%m-%dT%H:%M"


class EventForm(Struct, frozen=True, kw_only=True):
    """As a browser sends it: words, and times of the town's own clock."""

    client_key: UUID | None = None
    title_en: str = ""
    title_fr: str = ""
    say_en: str = ""
    say_fr: str = ""
    ending_en: str = ""
    ending_fr: str = ""
    categories: list[str] = []
    latitude: str = ""
    longitude: str = ""
    radius: str = ""
    polygon: str = ""
    starts_at: str = ""
    expected_end: str = ""

    def terms(self, town: Town) -> EventTerms:
        offered = {each.key for each in town.categories}
        return EventTerms(
            title=Text(en=self.title_en.strip(), fr=self.title_fr.strip()),
            say=Text(en=self.say_en.strip(), fr=self.say_fr.strip()),
            ending=self.ending,
            categories=tuple(key for key in self.categories if key in offered),
            center=self._center(),
            radius=_number(self.radius, "radius") if self.radius.strip() else None,
            polygon=tuple(_corners(self.polygon)),
            starts_at=_instant(self.starts_at, town, "starts_at"),
            expected_end=_instant(self.expected_end, town, "expected_end"),
        )

    @property
    def ending(self) -> Text:
        return Text(en=self.ending_en.strip(), fr=self.ending_fr.strip())

    def _center(self) -> tuple[float, float] | None:
        if not (self.latitude.strip() or self.longitude.strip()):
            return None
        longitude = _number(self.longitude, "longitude", at_most=180)
        return longitude, _number(self.latitude, "latitude", at_most=90)


class Ending(Struct, frozen=True):
    """The words for everybody who asked."""

    ending_en: str = ""
    ending_fr: str = ""

    @property
    def words(self) -> Text:
        return Text(en=self.ending_en.strip(), fr=self.ending_fr.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSheet:
    """The form as it is shown: what is typed, what is wrong with it, what there is."""

    town: Town
    typed: EventForm
    event: KnownEvent | None = None
    callers: int = 0
    refused: Invalid | None = None

    @property
    def categories(self) -> tuple[Category, ...]:
        return self.town.categories

    @property
    def is_over(self) -> bool:
        return self.event is not None and self.event.ended_at is not None

    def fault(self, field: str) -> str:
        if self.refused is None or self.refused.field != field:
            return ""
        return gettext(str(self.refused))

    @property
    def remedy(self) -> str:
        return gettext(str(self.refused)) if self.refused else ""


def sheet_of(
    db: TenantSession, event_id: UUID, refused: Invalid | None = None
) -> EventSheet:
    """As it is kept; ``refused`` is what is wrong with an ending that was blank."""
    event, current = events.get(db, event_id), tenants.current(db).town
    return EventSheet(
        town=current,
        typed=form_of(event, current),
        event=event,
        callers=events.callers(db, event),
        refused=refused,
    )


def new_sheet(db: TenantSession, *, at: datetime) -> EventSheet:
    current = tenants.current(db).town
    return EventSheet(town=current, typed=blank(current, at=at))


def refused_sheet(
    db: TenantSession, form: EventForm, refused: Invalid, event_id: UUID | None = None
) -> EventSheet:
    """Everything as it was typed, and what is wrong with it."""
    return EventSheet(
        town=tenants.current(db).town,
        typed=form,
        event=events.get(db, event_id) if event_id else None,
        refused=refused,
    )


def blank(town: Town, *, at: datetime) -> EventForm:
    now = localtime.wall(at, town.time_zone)
    return EventForm(client_key=new_id(), starts_at=now.strftime(WALL))


def typed_of(terms: EventTerms, town: Town) -> EventForm:
    """What is decided, as the form has it."""
    longitude, latitude = terms.center or (None, None)
    return EventForm(
        client_key=new_id(),
        title_en=terms.title.en,
        title_fr=terms.title.fr,
        say_en=terms.say.en,
        say_fr=terms.say.fr,
        ending_en=terms.ending.en,
        ending_fr=terms.ending.fr,
        categories=list(terms.categories),
        latitude="" if latitude is None else f"{latitude:.5f}",
        longitude="" if longitude is None else f"{longitude:.5f}",
        radius="" if terms.radius is None else f"{terms.radius:.0f}",
        polygon="\n".join(f"{north}, {east}" for east, north in terms.polygon),
        starts_at=_wall(terms.starts_at, town),
        expected_end=_wall(terms.expected_end, town),
    )


def form_of(event: KnownEvent, town: Town) -> EventForm:
    center = None
    if event.latitude is not None and event.longitude is not None:
        center = (event.longitude, event.latitude)
    terms = EventTerms(
        title=Text(**event.title),
        say=Text(**event.say),
        ending=Text(**event.ending),
        categories=tuple(event.categories),
        center=center,
        radius=event.radius,
        polygon=tuple((corner[0], corner[1]) for corner in event.polygon),
        starts_at=event.starts_at,
        expected_end=event.expected_end,
    )
    return typed_of(terms, town)


def _wall(at: datetime | None, town: Town) -> str:
    return localtime.wall(at, town.time_zone).strftime(WALL) if at else ""


def _instant(written: str, town: Town, field: str) -> datetime | None:
    """Whole minutes, as a browser writes them; seconds are cut off."""
    if not written.strip():
        return None
    try:
        wall = datetime.strptime(written.strip()[:16], WALL)  # noqa: DTZ007 - the town's own clock
    except ValueError:
        raise Invalid(gettext("Write a day and a time."), field=field) from None
    return localtime.starts(wall, town.time_zone)


def _number(written: str, field: str, *, at_most: float = 1e6) -> float:
    try:
        value = float(written.strip().replace(",", "."))
    except ValueError:
        raise AreaUnclear(field=field) from None
    if not -at_most <= value <= at_most:
        raise AreaUnclear(field=field)
    return value


def _corners(written: str) -> list[tuple[float, float]]:
    """A corner a line, latitude before longitude as maps say it."""
    corners = []
    for line in filter(str.strip, written.splitlines()):
        parts = line.replace(",", " ").split()
        if len(parts) != 2:
            raise AreaUnclear(field="polygon")
        north = _number(parts[0], "polygon", at_most=90)
        corners.append((_number(parts[1], "polygon", at_most=180), north))
    return corners
