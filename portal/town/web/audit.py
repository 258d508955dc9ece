"""``/town/{slug}/audit``: looks at who a resident is, and changes by people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.response import Template

import tenants
from portal.town.audit import Asked, audit_of
from portal.town.hall import Hall

AnyRequest = Request[Any, Any, Any]


@get("/audit", sync_to_thread=True)
def show_audit(request: AnyRequest, hall: NamedDependency[Hall]) -> Template:
    asked = _asked(dict(request.query_params))
    with hall.town() as db:
        town = tenants.current(db).town
        it = audit_of(db, asked, zone=town.time_zone, at=hall.at)
        return hall.page("audit.html", town, it=it)


def _asked(given: Mapping[str, str]) -> Asked:
    return Asked(
        kind="changes" if given.get("show") == "changes" else "looks",
        who=given.get("who", ""),
        number=given.get("number", "").strip(),
        until=given.get("until", ""),
        before=given.get("before", ""),
    )


ROUTES = (show_audit,)
