"""``/desk``: the queue, the call page, the tickets made on it, and calls to make."""

from __future__ import annotations

from litestar.di import NamedDependency, Provide
from litestar.router import Router
from litestar.types import ControllerRouterHandler

from calls import Exchange, Telephony
from portal.desk.seat import seat
from portal.desk.web import (
    both_towns,
    call,
    caller,
    closing,
    dials,
    minders,
    presence,
    queue,
    tasks,
    tickets,
)
from townline.settings import Settings
from townline.web import desk_guard


def exchange(settings: NamedDependency[Settings]) -> Telephony:
    return Exchange(settings)


def desk(telephony: Provide) -> Router:
    """Every page of the desk; ``telephony`` gives the exchange that rings agents."""
    return Router(
        "/desk",
        route_handlers=[
            *queue.ROUTES,
            *presence.ROUTES,
            *minders.ROUTES,
            *call.ROUTES,
            *closing.ROUTES,
            *caller.ROUTES,
            *both_towns.ROUTES,
            *tickets.ROUTES,
            *tasks.ROUTES,
            *dials.ROUTES,
        ],
        dependencies={
            "seat": Provide(seat, sync_to_thread=False),
            "telephony": telephony,
        },
        guards=[desk_guard],
    )


ROUTES: tuple[ControllerRouterHandler, ...] = (
    desk(Provide(exchange, sync_to_thread=False)),
)
