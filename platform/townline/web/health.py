"""For machines that watch: alive, ready, and the figures."""

from __future__ import annotations

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.status_codes import HTTP_200_OK, HTTP_503_SERVICE_UNAVAILABLE
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import CollectorRegistry
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from townline.db import Database


@get("/health/live", sync_to_thread=False)
def live() -> dict[str, str]:
    """The process answers; says nothing of what it stands on."""
    return {"status": "alive"}


@get("/health/ready", sync_to_thread=True)
def ready(database: NamedDependency[Database]) -> Response[dict[str, str]]:
    """The database answers too, so this process may be given work."""
    try:
        database.ready()
    except (OperationalError, PoolExhausted):
        told = {"status": "the database does not answer"}
        return Response(told, status_code=HTTP_503_SERVICE_UNAVAILABLE)
    return Response({"status": "ready"}, status_code=HTTP_200_OK)


@get("/metrics", sync_to_thread=True)
def metrics(figures: NamedDependency[CollectorRegistry]) -> Response[bytes]:
    """This process's own, and what ``figures`` knows of all towns together."""
    told = generate_latest() + generate_latest(figures)
    return Response(told, media_type=CONTENT_TYPE_LATEST)


ROUTES = (live, ready, metrics)
