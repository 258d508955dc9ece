"""What is known already, while it is typed; and a call joined to a known event."""

from __future__ import annotations

from uuid import UUID

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK

import calls
from portal.desk import known
from portal.desk.draft import read
from portal.desk.seat import Seat
from portal.desk.web.call import call_page
from portal.submission import go_on
from tickets import Fault
from townline.errors import Invalid
from townline.i18n import gettext
from townline.web import page

Form = dict[str, str]


@post(
    "/calls/{slug:str}/{call_id:uuid}/known",
    status_code=HTTP_200_OK,
    sync_to_thread=True,
)
def show_known(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    data: URLEncodedBody[Form],
    seat: NamedDependency[Seat],
) -> Template:
    """By itself, so that neither the questions nor the relay wait for it."""
    with seat.town(slug) as db:
        panel = known.panel_of(db, calls.get(db, call_id), read(data), at=seat.at)
        return page("desk/known.html", panel=panel)


@post(
    "/calls/{slug:str}/{call_id:uuid}/known-event/{event_id:uuid}",
    sync_to_thread=True,
)
def join_event(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    event_id: FromPath[UUID],
    data: URLEncodedBody[Form],
    seat: NamedDependency[Seat],
) -> Template | Redirect:
    """Me too: said, added and accounted for; the next call is one key away."""
    draft = read(data)
    try:
        with seat.town(slug) as db:
            known.join_event(db, call_id, event_id, draft, by=seat.person, at=seat.at)
    except Invalid as fault:
        faults = (Fault(fault.field or "caller", gettext(str(fault))),)
    else:
        return go_on("/desk")
    with seat.town(slug) as db:
        return call_page(db, call_id, draft, seat=seat, faults=faults)


ROUTES = (show_known, join_event)
