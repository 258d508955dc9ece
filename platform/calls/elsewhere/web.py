"""The door for other telephone systems: what they tell, ask and do, all signed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from litestar import Controller, Request, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.status_codes import HTTP_200_OK
from msgspec import Struct

import tenants
from calls.elsewhere import service
from calls.elsewhere.service import Carried, Event
from calls.elsewhere.signing import is_genuine
from townline.clock import Clock
from townline.db import Database
from townline.errors import Forbidden, Invalid, NotFound
from townline.settings import Settings
from townline.tenancy import TenantSession, town

Read = TypeVar("Read", bound=Struct)


class Extension(Struct, frozen=True, forbid_unknown_fields=True):
    extension: str


class Heard(Struct, frozen=True):
    """``news`` is false for an event that was told before."""

    news: bool


@dataclass(frozen=True, slots=True)
class Proven:
    """A system that has shown its secret for one town."""

    slug: str
    system: str
    body: bytes
    engine: Database
    at: datetime

    @contextmanager
    def town(self) -> Iterator[TenantSession]:
        with self.engine.everybody() as session:
            tenant = tenants.look_up(session, self.slug)
        if tenant is None:
            raise NotFound
        with town(self.engine, tenant.id) as db:
            yield db


async def proven(
    slug: FromPath[str],
    request: Request[Any, Any, Any],
    engine: NamedDependency[Database],
    settings: NamedDependency[Settings],
    clock: NamedDependency[Clock],
) -> Proven:
    """The dependency ``proven``; which town or system there is, nobody else learns."""
    system = request.headers.get("x-townline-system", "")
    secret = settings.telephones.systems.get((slug, system), "")
    body, at = await request.body(), clock()
    headers = {name.lower(): value for name, value in request.headers.items()}
    if not secret or not is_genuine(secret, headers, body, at=at):
        raise Forbidden
    return Proven(slug, system, body, engine, at)


class SystemController(Controller):
    path = "/hooks/telephony/{slug:str}"
    dependencies = {"proven": Provide(proven)}  # noqa: RUF012 - Litestar's spelling

    @post(status_code=HTTP_200_OK, sync_to_thread=True)
    def tell(self, proven: NamedDependency[Proven]) -> Heard:
        event = _read(proven.body, Event)
        with proven.town() as db:
            return Heard(service.hear(db, proven.system, event, at=proven.at))

    @get("/calls", sync_to_thread=True)
    def carried(self, proven: NamedDependency[Proven]) -> list[Carried]:
        with proven.town() as db:
            return list(service.carried(db, proven.system))

    @post("/calls/{name:str}/claim", status_code=HTTP_200_OK, sync_to_thread=True)
    def claim(self, name: FromPath[str], proven: NamedDependency[Proven]) -> Heard:
        asked = _read(proven.body, Extension)
        with proven.town() as db:
            service.claim_for(
                db, proven.system, name, extension=asked.extension, at=proven.at
            )
        return Heard(news=True)

    @post("/calls/{name:str}/take", status_code=HTTP_200_OK, sync_to_thread=True)
    def take(self, name: FromPath[str], proven: NamedDependency[Proven]) -> Heard:
        asked = _read(proven.body, Extension)
        with proven.town() as db:
            service.take_for(
                db, proven.system, name, extension=asked.extension, at=proven.at
            )
        return Heard(news=True)

    @post("/calls/{name:str}/release", status_code=HTTP_200_OK, sync_to_thread=True)
    def release(self, name: FromPath[str], proven: NamedDependency[Proven]) -> Heard:
        with proven.town() as db:
            service.release_for(db, proven.system, name, at=proven.at)
        return Heard(news=True)


ROUTES = (SystemController,)


def _read(body: bytes, kind: type[Read]) -> Read:
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.MsgspecError as fault:
        raise Invalid(str(fault)) from fault
