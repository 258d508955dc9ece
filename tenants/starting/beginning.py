"""What somebody who brings a town on can say of it within ten minutes."""

from __future__ import annotations

from datetime import time

from msgspec import Struct

from tenants.town import Key, Language, Point, Text, Weekday


class OnCall(Struct, frozen=True, kw_only=True):
    """One of those who take turns; the first one's week begins at the handover."""

    name: str
    mobile: str
    email: str = ""


class Beginning(Struct, frozen=True, kw_only=True):
    """``reach`` is how far the town reaches around ``centre``, in kilometres.

    ``duty`` is the desk that is rung when nobody on call has answered.
    """

    name: Text
    languages: tuple[Language, ...]
    slug: Key
    prefix: str
    color: str
    time_zone: str
    holidays: str
    email: str
    centre: Point
    reach: float
    line: str
    days: tuple[Weekday, ...]
    opens: time
    closes: time
    categories: tuple[Key, ...]
    people: tuple[OnCall, ...]
    handover: Weekday
    handover_at: time
    duty_name: str
    duty_phone: str
