"""Whom a caller of this town can be put on the line with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import tenants
from calls.legs.errors import NoSuchTarget, NotConfirmed
from calls.legs.service import Target
from calls.rules.callers import known
from tenants.town import Town
from townline.i18n import gettext, language
from townline.tenancy import TenantSession

EMERGENCY = "911"
Chosen = Literal["emergency", "contact", "neighbour", "number"]


def targets(db: TenantSession) -> Sequence[tuple[str, Target]]:
    """All of them by a key that a form can send back, 911 first."""
    return tuple(_targets(tenants.current(db).town))


def target_of(
    db: TenantSession, key: str, *, number: str = "", confirmed: bool = False
) -> Target:
    """Whoever the key means; a number of nobody's only when it was confirmed."""
    if key:
        found = dict(targets(db)).get(key)
        if found is None:
            raise NoSuchTarget
        return found
    return _by_hand(number, confirmed=confirmed)


def _targets(town: Town) -> Iterator[tuple[str, Target]]:
    number = town.desk.emergency_number or EMERGENCY
    yield EMERGENCY, Target(kind="emergency", name=EMERGENCY, number=number)
    for each in town.hand_offs:
        name = each.name.in_(language())
        yield (
            f"hand-off:{each.key}",
            Target(kind="emergency", name=name, number=each.number),
        )
    for contact in town.contacts:
        if phone := contact.landline or contact.mobile:
            title = contact.title.in_(language())
            name = f"{contact.name}, {title}" if title else contact.name
            yield (
                f"contact:{contact.key}",
                Target(kind="contact", name=name, number=phone),
            )
    for office in town.neighbours:
        if office.phone:
            name = office.name.in_(language())
            yield (
                f"neighbour:{office.key}",
                Target(kind="neighbour", name=name, number=office.phone),
            )
    if desk := town.duty_desk:
        yield "duty-desk", Target(kind="contact", name=desk.name, number=desk.phone)
    yield from _neighbours(town)


def _neighbours(town: Town) -> Iterator[tuple[str, Target]]:
    """Those of the redirect directory that have a number: a county, a railway."""
    for each in town.neighbours:
        if each.phone:
            name = each.name.in_(language())
            yield (
                f"neighbour:{each.key}",
                Target(kind="neighbour", name=name, number=each.phone),
            )


def _by_hand(number: str, *, confirmed: bool) -> Target:
    digits = "+" + "".join(char for char in number if char.isdigit())
    # Ten digits are a number of North America, as people write them.
    if len(digits) == 11 and not number.strip().startswith("+"):
        digits = f"+1{digits[1:]}"
    dialled = known(digits)
    if dialled is None:
        raise NoSuchTarget
    if not confirmed:
        raise NotConfirmed
    return Target(kind="number", name=gettext("a number"), number=dialled)
