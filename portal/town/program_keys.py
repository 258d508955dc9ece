"""The keys of a town's programs: what there is, and what a new one is asked to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import tenants
from portal.town.hall import Hall
from townline import auth
from townline.auth import SCOPES, ApiKey, KeyWish
from townline.errors import Invalid
from townline.i18n import gettext
from townline.tenancy import TenantSession

USUAL_DAYS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """The form for a new key, as it was typed."""

    name: str = ""
    scopes: tuple[str, ...] = ("tickets",)
    departments: tuple[str, ...] = ()
    days: int = USUAL_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The page. ``token`` is there once: in the answer that made it."""

    working: Sequence[ApiKey]
    over: Sequence[ApiKey]
    ordered: Ordered
    token: str = ""
    refused: Invalid | None = None

    def fault(self, field: str) -> str:
        here = self.refused is not None and self.refused.field == field
        return gettext(str(self.refused)) if here else ""


def keys_of(
    db: TenantSession,
    ordered: Ordered,
    *,
    at: datetime,
    token: str = "",
    refused: Invalid | None = None,
) -> Keys:
    found = auth.keys(db)
    return Keys(
        working=[each for each in found if works(each, at=at)],
        over=[each for each in found if not works(each, at=at)],
        ordered=ordered,
        token=token,
        refused=refused,
    )


def works(key: ApiKey, *, at: datetime) -> bool:
    return key.revoked_at is None and key.expires_at > at


def make(db: TenantSession, hall: Hall, ordered: Ordered) -> str:
    known = {each.key for each in tenants.current(db).town.departments}
    wish = KeyWish(
        name=ordered.name,
        scopes=ordered.scopes,
        days=ordered.days,
        departments=tuple(each for each in ordered.departments if each in known),
    )
    return auth.make_key(db, wish, by=hall.actor, at=hall.at).token


def revoke(hall: Hall, key_id: UUID) -> None:
    with hall.town() as db:
        auth.revoke_key(db, key_id, by=hall.actor, at=hall.at)


def scope_name(scope: str) -> str:
    """What a key may open, in the words of whoever gives it."""
    return {
        "tickets": gettext("the list and each ticket (JSON), without who reported it"),
        "files": gettext("lists as files: CSV, Excel and GeoJSON"),
        "identity": gettext("with the tickets, who reported them; each look is kept"),
        "evidence": gettext("evidence sheets, with the words that were sent"),
        "rules": gettext("the town's rules as a file"),
    }[scope]


OFFERED = SCOPES
