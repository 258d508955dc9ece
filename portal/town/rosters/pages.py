"""What every page of rosters knows: names, days, and what its reader may do."""

from __future__ import annotations

from datetime import datetime

from litestar.response import Template
from litestar.status_codes import HTTP_200_OK

import tenants
from portal.town.hall import Hall
from portal.town.rosters import dates, people
from tenants.town import Town
from townline.tenancy import TenantSession

HERE = "/rules/rosters"
EXCEPTIONS = "/rules/rosters/{key}/exceptions"


def seen(hall: Hall, db: TenantSession) -> Town:
    return tenants.current(db).town


def roster_page(
    hall: Hall,
    name: str,
    town: Town,
    *,
    status_code: int = HTTP_200_OK,
    **context: object,
) -> Template:
    """``may_set`` is a manager's right, ``may_change`` that of whoever works."""

    def local(at: datetime) -> str:
        return dates.local(at, town.time_zone)

    return hall.page(
        name,
        town,
        status_code=status_code,
        people=people,
        dates=dates,
        local=local,
        may_set=hall.may("POST", HERE),
        may_change=hall.may("POST", EXCEPTIONS),
        **context,
    )
