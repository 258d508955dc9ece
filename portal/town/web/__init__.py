"""``/town/{slug}``: the pages of a municipality's own people."""

from __future__ import annotations

from litestar.di import Provide
from litestar.router import Router
from litestar.types import ControllerRouterHandler

from portal.town.hall import hall
from portal.town.web import (
    articles,
    audit,
    boundary,
    categories,
    changes,
    destinations,
    edit,
    events,
    evidence,
    exports,
    instructing,
    keys,
    lists,
    messages,
    people,
    policies,
    programs,
    reading,
    rehearsal,
    roster_calendars,
    roster_exceptions,
    roster_import,
    roster_setting,
    roster_vacations,
    rosters,
    second_thoughts,
    tickets,
    together,
    versions,
    views,
    work,
)

ROUTES: tuple[ControllerRouterHandler, ...] = (
    Router(
        "/town/{slug:str}",
        route_handlers=[
            *reading.ROUTES,
            *lists.ROUTES,
            *views.ROUTES,
            *together.ROUTES,
            *tickets.ROUTES,
            *work.ROUTES,
            *second_thoughts.ROUTES,
            *events.ROUTES,
            *evidence.ROUTES,
            *rehearsal.ROUTES,
            *changes.ROUTES,
            *versions.ROUTES,
            *people.ROUTES,
            *keys.ROUTES,
            *audit.ROUTES,
            *categories.ROUTES,
            *boundary.ROUTES,
            *messages.ROUTES,
            *instructing.ROUTES,
            *articles.ROUTES,
            *edit.ROUTES,
            *destinations.ROUTES,
            *programs.ROUTES,
            *exports.ROUTES,
            *rosters.ROUTES,
            *roster_setting.ROUTES,
            *roster_import.ROUTES,
            *roster_calendars.ROUTES,
            *roster_vacations.ROUTES,
            *roster_exceptions.ROUTES,
            *policies.ROUTES,
        ],
        dependencies={"hall": Provide(hall, sync_to_thread=True)},
    ),
    *roster_calendars.PUBLIC,
)
