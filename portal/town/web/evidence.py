"""Proof: one ticket's sheet for whoever must decide, and the town's whole chain."""

from __future__ import annotations

from typing import TypeVar

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

import tenants
from portal.town.hall import Hall
from portal.town.printing import printed
from portal.town.tickets import looking
from portal.town.tickets.evidence import Sheet, sheet_of
from portal.town.tickets.file import file_of
from townline import proof

T = TypeVar("T")


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
    return _kept_as(name, sheet, "application/json")


@get("/tickets/{tracking:str}/evidence.pdf", sync_to_thread=True)
def print_evidence(
    tracking: FromPath[str], hall: NamedDependency[Hall]
) -> Response[bytes]:
    with hall.town() as db:
        ticket = hall.ticket(db, tracking)
        town = tenants.rules_of(db, ticket.version_id).town
        it = file_of(db, ticket, at=hall.at)
        looking.at_ticket(db, hall, it, door="file")
        sheet = sheet_of(db, ticket, town, by=hall.person.name, at=hall.at)
    paper = printed("town/evidence.html", town, it=it, sheet=sheet)
    return _kept_as(f"{ticket.tracking}-evidence.pdf", paper, "application/pdf")


@get("/chain", sync_to_thread=True)
def show_chain(hall: NamedDependency[Hall]) -> Template:
    """Walks the whole chain: asked for by a person, never by a page that loads."""
    with hall.town() as db:
        town = tenants.current(db).town
        return hall.page("chain.html", town, verdict=proof.verify(db))


def _kept_as(name: str, content: T, media_type: str) -> Response[T]:
    keep_as = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=keep_as)


ROUTES = (show_evidence, print_evidence, show_chain)
