"""What was typed, read: a beginning, or what each field still lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import time

import tickets
from portal.addresses import ADDRESS
from tenants import starting
from tenants.starting import Beginning, OnCall
from tenants.starting.choices import REGIONS, ZONES
from tenants.town import WEEKDAYS, Language, Text, Weekday
from townline.i18n import gettext

Typed = Mapping[str, str]
Fault = tuple[str, str]

# How many may be named at once; the town adds the others on its own pages.
PEOPLE = 4
LANGUAGES: Mapping[str, tuple[Language, ...]] = {
    "en": ("en",),
    "fr": ("fr",),
    "en-fr": ("en", "fr"),
    "fr-en": ("fr", "en"),
}
COLOR = re.compile(r"#[0-9a-f]{6}")
PREFIX = re.compile(r"[A-Z]{3}")
POINT = re.compile(r"(-?\d+(?:\.\d+)?)\s*[,; ]\s*(-?\d+(?:\.\d+)?)")
# A village is a kilometre across; the widest municipality is some two hundred.
NEAREST, FARTHEST = 0.5, 200.0


def languages(typed: Typed) -> tuple[Language, ...]:
    return LANGUAGES.get(typed.get("languages", ""), ("en",))


def name(typed: Typed) -> Text:
    spoken = languages(typed)
    return Text(
        en=_said(typed, "name_en") if "en" in spoken else "",
        fr=_said(typed, "name_fr") if "fr" in spoken else "",
    )


def slug(typed: Typed) -> str:
    return starting.key_of(name(typed).in_(languages(typed)[0]))


def prefix(typed: Typed) -> str:
    """As it was typed, or from the name if it was left to us."""
    own = _said(typed, "prefix").upper()
    return own or starting.prefix_of(name(typed).in_(languages(typed)[0]))


def phone(typed: Typed, field: str) -> str:
    """As the telephone network has it, or nothing."""
    country = typed.get("holidays", "")[:2] or "US"
    return tickets.normalised(_said(typed, field), country=country) or ""


def chosen(typed: Typed, under: str) -> tuple[str, ...]:
    """What is ticked of the boxes whose names begin like this."""
    return tuple(e.removeprefix(under) for e in typed if e.startswith(under))


def town_faults(typed: Typed) -> Iterator[Fault]:
    for language in languages(typed):
        if not _said(typed, f"name_{language}"):
            yield f"name_{language}", gettext("Write the town's name.")
    if not PREFIX.fullmatch(prefix(typed)):
        yield "prefix", gettext("Write three letters.")
    if not ADDRESS.fullmatch(_said(typed, "email")):
        remedy = gettext("Write an email address, as in desk@town.example.")
        yield "email", remedy
    if not COLOR.fullmatch(typed.get("color", "").lower()):
        yield "color", gettext("Choose a color.")
    yield from _place_faults(typed)


def hours_faults(typed: Typed) -> Iterator[Fault]:
    if not phone(typed, "line"):
        yield "line", gettext("Write a telephone number, with its area code.")
    if not chosen(typed, "days."):
        yield "days", gettext("Choose the days on which town hall is open.")
    opens, closes = _time(typed, "opens"), _time(typed, "closes")
    if opens is None or closes is None or closes <= opens:
        yield (
            "closes",
            gettext("Write when it opens, and a later time at which it closes."),
        )


def category_faults(typed: Typed) -> Iterator[Fault]:
    known = {e.key for g in starting.offered(languages(typed)) for e in g.categories}
    if not known & {*chosen(typed, "categories.")}:
        yield "categories", gettext("Choose at least one thing that can be asked for.")


def people_faults(typed: Typed) -> Iterator[Fault]:
    for number in range(1, PEOPLE + 1):
        yield from _person_faults(typed, number)
    if _time(typed, "handover_at") is None or typed.get("handover") not in WEEKDAYS:
        yield "handover_at", gettext("Write a day and a time.")
    if not _said(typed, "duty_name"):
        yield "duty_name", gettext("Write what it is called.")
    if not phone(typed, "duty_phone"):
        yield "duty_phone", gettext("Write a telephone number, with its area code.")
    if not _said(typed, "manager_name"):
        yield "manager_name", gettext("Write their name.")
    if not ADDRESS.fullmatch(_said(typed, "manager_email")):
        remedy = gettext("Write an email address, as in name@town.example.")
        yield "manager_email", remedy


def beginning(typed: Typed) -> Beginning:
    """Of answers without a fault."""
    return Beginning(
        name=name(typed),
        languages=languages(typed),
        slug=slug(typed),
        prefix=prefix(typed),
        color=typed["color"].lower(),
        time_zone=typed["time_zone"],
        holidays=typed["holidays"],
        email=_said(typed, "email"),
        centre=_point(typed) or (0.0, 0.0),
        reach=_number(typed, "reach"),
        line=phone(typed, "line"),
        days=_weekdays(chosen(typed, "days.")),
        opens=_time(typed, "opens") or time(),
        closes=_time(typed, "closes") or time(),
        categories=chosen(typed, "categories."),
        people=tuple(_people(typed)),
        handover=_weekdays((typed["handover"],))[0],
        handover_at=_time(typed, "handover_at") or time(),
        duty_name=_said(typed, "duty_name"),
        duty_phone=phone(typed, "duty_phone"),
    )


def _place_faults(typed: Typed) -> Iterator[Fault]:
    if typed.get("time_zone") not in ZONES:
        yield "time_zone", gettext("Choose the town's clock.")
    if typed.get("holidays") not in REGIONS:
        yield "holidays", gettext("Choose whose public holidays the town keeps.")
    if _point(typed) is None:
        remedy = gettext("Write a latitude and a longitude, as in 46.8139, -71.2080.")
        yield "centre", remedy
    if not NEAREST <= _number(typed, "reach") <= FARTHEST:
        yield "reach", gettext("Write kilometers, from 0.5 to 200.")


def _person_faults(typed: Typed, number: int) -> Iterator[Fault]:
    named = _said(typed, f"name_{number}")
    if not named and (number == 1 or _said(typed, f"mobile_{number}")):
        yield f"name_{number}", gettext("Write their name.")
    if (named or number == 1) and not phone(typed, f"mobile_{number}"):
        yield f"mobile_{number}", gettext("Write a mobile number, with its area code.")
    email = _said(typed, f"email_{number}")
    if email and not ADDRESS.fullmatch(email):
        remedy = gettext("Write an email address, as in name@town.example.")
        yield f"email_{number}", remedy


def _people(typed: Typed) -> Iterator[OnCall]:
    for number in range(1, PEOPLE + 1):
        if named := _said(typed, f"name_{number}"):
            mobile = phone(typed, f"mobile_{number}")
            email = _said(typed, f"email_{number}")
            yield OnCall(name=named, mobile=mobile, email=email)


def _weekdays(written: tuple[str, ...]) -> tuple[Weekday, ...]:
    return tuple(day for day in WEEKDAYS if day in written)


def _said(typed: Typed, field: str) -> str:
    return " ".join(typed.get(field, "").split())


def _time(typed: Typed, field: str) -> time | None:
    try:
        written = time.fromisoformat(typed.get(field, ""))
    except ValueError:
        return None
    return None if written.tzinfo else written


def _number(typed: Typed, field: str) -> float:
    try:
        return float(typed.get(field, "").replace(",", "."))
    except ValueError:
        return 0.0


def _point(typed: Typed) -> tuple[float, float] | None:
    """Latitude first, as maps say it; the file has the longitude first."""
    found = POINT.fullmatch(_said(typed, "centre"))
    if found is None:
        return None
    north, east = float(found[1]), float(found[2])
    # Nobody lives nearer to a pole, and a circle there is none on a map.
    return (east, north) if abs(north) < 80 and abs(east) <= 180 else None
