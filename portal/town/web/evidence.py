"""Proof: one ticket's sheet for whoever must decide, and the town's whole chain."""

from __future__ import annotations

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

import tenants
from portal.town import looking
from portal.town.evidence import Sheet, sheet_of
from portal.town.file import file_of
from portal.town.hall import Hall
from townline import proof


@get("/tickets/{tracking:str}/evidence.json", sync_to_thread=True)
def show_evidence(
    tracking: FromPath[str], hall: NamedDependency[Hall]
) -> Response[Sheet]:
    with hall.town() as db:
        ticket = hall.ticket(db, tracking)
        town = tenants.rules_of(db, ticket.version_id).town
        looking.at_ticket(db, hall, file_of(db, ticket, at=hall.at), door="file")
        sheet = sheet_of(db, ticket, town, by=hall.person.name, at=hall.at)
    name = f"{ticket.tracking}-evidence.json"
    keep_as = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(sheet, headers=keep_as)


@get("/chain", sync_to_thread=True)
def show_chain(hall: NamedDependency[Hall]) -> Template:
    """Walks the whole chain: asked for by a person, never by a page that loads."""
    with hall.town() as db:
        town = tenants.current(db).town
        return hall.page("chain.html", town, verdict=proof.verify(db))


ROUTES = (show_evidence, show_chain)
