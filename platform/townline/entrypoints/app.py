"""The web: every face, every hook, behind one envelope."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256

from litestar import Litestar
from litestar.config.csrf import CSRFConfig
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.middleware import DefineMiddleware

import calls
import notify.web
from portal import policy
from townline.clock import Clock, utc_now
from townline.db import Database
from townline.entrypoints.watch.figures import shown
from townline.entrypoints.wiring import plug, routes
from townline.errors import Problem
from townline.live import Broadcaster
from townline.settings import Settings
from townline.web import Envelope, assets, person_signed_in
from townline.web.pages import templates
from townline.web.refusals import show_bug, show_http_problem, show_problem

# Hooks prove themselves by signature; crews' and residents' forms by the secret in
# their address. Everything else that changes something proves it came from our page.
WITHOUT_CSRF = ["^/hooks/", "^/r/", "^/s/", "^/t(/|$)", "^/health/", "^/metrics"]
# A photo from a phone, and the form around it.
LARGEST_BODY = 12_000_000


def create_app(
    settings: Settings, *, database: Database, engine: Database, clock: Clock = utc_now
) -> Litestar:
    """``database`` is the web's role, ``engine`` the role that finds a hook's town."""
    plug()
    broadcaster = Broadcaster(settings.engine_url)

    @asynccontextmanager
    async def streams(_: Litestar) -> AsyncIterator[None]:
        async with broadcaster.running():
            yield

    app = Litestar(
        [*routes(), assets.router()],
        dependencies={
            "database": _given(database),
            "engine": _given(engine),
            "settings": _given(settings),
            "clock": _given(clock),
            "telephony": _given(calls.Exchange(settings)),
            "broadcaster": _given(broadcaster),
            "figures": _given(shown(engine, clock)),
            "person": Provide(person_signed_in, sync_to_thread=False),
        },
        guards=[policy.guard],
        middleware=[_envelope(settings, database, clock)],
        csrf_config=_csrf(settings),
        template_config=templates(assets=assets.mark()),
        exception_handlers={
            Problem: show_problem,
            HTTPException: show_http_problem,
            Exception: show_bug,
        },
        lifespan=[streams],
        openapi_config=None,
        logging_config=None,
        request_max_body_size=LARGEST_BODY,
    )
    notify.web.open_door(app, engine=engine, settings=settings, clock=clock)
    return app


def _envelope(settings: Settings, database: Database, clock: Clock) -> DefineMiddleware:
    tiles = settings.places.tiles_origin
    return DefineMiddleware(Envelope, database=database, clock=clock, pictures=tiles)


def _csrf(settings: Settings) -> CSRFConfig:
    """Another secret, another cookie: an old one would refuse every form for ever."""
    mark = sha256(settings.secret.encode()).hexdigest()[:8]
    return CSRFConfig(
        settings.secret,
        cookie_name=f"townline_csrf_{mark}",
        cookie_secure=settings.secure_cookies,
        exclude=WITHOUT_CSRF,
    )


def _given(value: object) -> Provide:
    return Provide(lambda: value, sync_to_thread=False, use_cache=False)
