"""``/desk``: the queue, the call page, the tickets made on it, and calls to make."""

from __future__ import annotations

from collections.abc import Sequence

from litestar.di import NamedDependency, Provide
from litestar.router import Router
from litestar.types import ControllerRouterHandler

from calls import Exchange, Telephony
from portal.desk.places import Geography
from portal.desk.seat import seat
from portal.desk.web import (
    announcements,
    both_towns,
    call,
    callbacks,
    caller,
    closing,
    dials,
    events,
    flags,
    floor,
    handover,
    known,
    line,
    measures,
    minders,
    news,
    paper,
    phone,
    places,
    presence,
    queue,
    reviews,
    staff,
    tasks,
    tickets,
    towns,
    words,
)
from tenants.places.geocoders import chosen
from townline.settings import Settings


def exchange(settings: NamedDependency[Settings]) -> Telephony:
    return Exchange(settings)


def geography(settings: NamedDependency[Settings]) -> Geography:
    known = settings.places
    return Geography(
        geocoder=chosen(known), tiles=known.tiles, credit=known.tiles_credit
    )


def nowhere_else() -> Geography:
    """Nobody is asked beside the town's own list, and maps have no pictures."""
    return Geography()


PAGES: Sequence[ControllerRouterHandler] = (
    *queue.ROUTES,
    *presence.ROUTES,
    *minders.ROUTES,
    *news.ROUTES,
    *floor.ROUTES,
    *handover.ROUTES,
    *reviews.ROUTES,
    *measures.ROUTES,
    *flags.ROUTES,
    *call.ROUTES,
    *closing.ROUTES,
    *line.ROUTES,
    *phone.ROUTES,
    *known.ROUTES,
    *events.ROUTES,
    *caller.ROUTES,
    *both_towns.ROUTES,
    *paper.ROUTES,
    *places.ROUTES,
    *tickets.ROUTES,
    *tasks.ROUTES,
    *dials.ROUTES,
    *callbacks.ROUTES,
    *announcements.ROUTES,
    *words.ROUTES,
    *staff.ROUTES,
    *towns.ROUTES,
)


def desk(telephony: Provide, *, atlas: Provide | None = None) -> Router:
    """Every page of the desk; ``telephony`` gives the exchange that rings agents.

    ``atlas`` says who else knows places, and whence the map has its pictures.
    """
    return Router(
        "/desk",
        route_handlers=PAGES,
        dependencies={
            "seat": Provide(seat, sync_to_thread=False),
            "telephony": telephony,
            "hand": Provide(line.hand_of, sync_to_thread=True),
            "geography": atlas or Provide(nowhere_else, sync_to_thread=False),
        },
    )


ROUTES: tuple[ControllerRouterHandler, ...] = (
    desk(
        Provide(exchange, sync_to_thread=False),
        atlas=Provide(geography, sync_to_thread=False),
    ),
)
