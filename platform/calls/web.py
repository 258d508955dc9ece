"""The voice webhooks: a turn of a call comes in, and what to do next goes out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT

import tenants
from calls import crew, reception
from calls.crew_web import CrewController
from calls.turns import Turn, genuine_turn
from townline.clock import Clock
from townline.db import Database
from townline.errors import NotFound
from townline.logs import logger
from townline.settings import Settings
from townline.tenancy import TenantSession, town

log = logger("calls")


class NobodysLine(NotFound):
    """No town has this number."""


def say_nobodys_line(_: Request[Any, Any, Any], __: NobodysLine) -> Response[str]:
    return _twiml(reception.nobodys_line())


class VoiceController(Controller):
    path = "/hooks/twilio/voice"
    dependencies = {"turn": Provide(genuine_turn)}  # noqa: RUF012 - Litestar's spelling
    exception_handlers = {NobodysLine: say_nobodys_line}  # noqa: RUF012

    @post(status_code=HTTP_200_OK, sync_to_thread=True)
    def ring(
        self,
        turn: NamedDependency[Turn],
        engine: NamedDependency[Database],
        settings: NamedDependency[Settings],
        clock: NamedDependency[Clock],
    ) -> Response[str]:
        with _whose(engine, turn) as db:
            if offer := crew.offer(db, turn.caller):
                return _twiml(offer)
            url = settings.public_url
            return _twiml(reception.greet(db, turn, public_url=url, at=clock()))

    @post("/language", status_code=HTTP_200_OK, sync_to_thread=True)
    def language(
        self,
        turn: NamedDependency[Turn],
        engine: NamedDependency[Database],
        settings: NamedDependency[Settings],
        clock: NamedDependency[Clock],
    ) -> Response[str]:
        with _whose(engine, turn) as db:
            url = settings.public_url
            return _twiml(reception.go_on(db, turn, public_url=url, at=clock()))

    @post("/wait", status_code=HTTP_200_OK, sync_to_thread=True)
    def wait(
        self, turn: NamedDependency[Turn], engine: NamedDependency[Database]
    ) -> Response[str]:
        with _whose(engine, turn) as db:
            return _twiml(reception.hold(db, turn))

    @post("/left", status_code=HTTP_200_OK, sync_to_thread=True)
    def left(
        self,
        turn: NamedDependency[Turn],
        engine: NamedDependency[Database],
        clock: NamedDependency[Clock],
    ) -> Response[str]:
        with _whose(engine, turn) as db:
            return _twiml(reception.left(db, turn, at=clock()))

    @post(
        "/agent/{tenant_id:uuid}/{call_id:uuid}",
        status_code=HTTP_200_OK,
        sync_to_thread=True,
    )
    def agent(
        self,
        tenant_id: FromPath[UUID],
        call_id: FromPath[UUID],
        turn: NamedDependency[Turn],
        engine: NamedDependency[Database],
        clock: NamedDependency[Clock],
    ) -> Response[str]:
        """The agent's own leg has another number and sid; the address says whose."""
        with town(engine, tenant_id) as db:
            return _twiml(reception.picked_up(db, call_id, at=clock()))

    @post("/dialled", status_code=HTTP_200_OK, sync_to_thread=True)
    def dialled(
        self,
        turn: NamedDependency[Turn],
        engine: NamedDependency[Database],
        settings: NamedDependency[Settings],
        clock: NamedDependency[Clock],
    ) -> Response[str]:
        with _whose(engine, turn) as db:
            url = settings.public_url
            return _twiml(reception.dialled(db, turn, public_url=url, at=clock()))

    @post("/status", status_code=HTTP_204_NO_CONTENT, sync_to_thread=True)
    def status(
        self,
        turn: NamedDependency[Turn],
        engine: NamedDependency[Database],
        clock: NamedDependency[Clock],
    ) -> None:
        with _whose(engine, turn) as db:
            reception.settle(db, turn, at=clock())


ROUTES = (VoiceController, CrewController)


@contextmanager
def _whose(engine: Database, turn: Turn) -> Iterator[TenantSession]:
    """A transaction in the town whose line rings, or has rung somebody."""
    with engine.everybody() as session:
        tenant_id = tenants.find_line(session, turn.to)
        if tenant_id is None:
            tenant_id = tenants.find_line(session, turn.caller)
    if tenant_id is None:
        log.warning("calls.nobodys_line", line=turn.to, sid=turn.call_sid)
        raise NobodysLine
    with town(engine, tenant_id) as db:
        yield db


def _twiml(document: str) -> Response[str]:
    return Response(document, media_type="text/xml")
