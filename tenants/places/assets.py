"""Hydrants, poles and lights, by the number that is painted on them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select

from tenants.places.found import Found
from tenants.places.models import Place
from townline.tenancy import TenantSession

MOST = 6
# Codes hold only small letters and digits, of which this is the last.
LAST = "z" * 40
# What fits PostgreSQL's integer; a longer number is found by its code alone.
BIGGEST = 2_147_483_647


def assets(db: TenantSession, typed: str) -> Sequence[Found]:
    """Those whose code is this, begins so, or has the same number in it."""
    digits = number_of(typed)
    same_number = Place.number == digits if digits is not None else Place.code == typed
    rows = db.session.execute(
        select(Place.name, Place.code, Place.longitude, Place.latitude)
        .where(
            Place.tenant_id == db.tenant_id,
            Place.code.is_not(None),
            or_(Place.code.between(typed, typed + LAST), same_number),
        )
        .order_by(Place.code != typed, Place.number != digits, Place.code)
        .limit(MOST)
    )
    return [
        Found(
            kind="asset",
            label=name,
            latitude=latitude,
            longitude=longitude,
            asset=(code or "").upper(),
        )
        for name, code, longitude, latitude in rows
    ]


def number_of(code: str) -> int | None:
    """The digits of a code, read as one number."""
    digits = "".join(filter(str.isdigit, code))
    if not digits or int(digits) > BIGGEST:
        return None
    return int(digits)
