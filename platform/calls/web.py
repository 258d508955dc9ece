"""The voice webhooks: a turn of a call comes in, and what to do next goes out."""

from __future__ import annotations

from uuid import UUID

from litestar import Controller, Response, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT

from calls import crew, reception
from calls.crew_web import CrewController
from calls.doors import NobodysLine, say_nobodys_line, spoken, whose_line
from calls.line_web import LineController
from calls.turns import Turn, genuine_turn
from townline.clock import Clock
from townline.db import Database
from townline.settings import Settings
from townline.tenancy import town


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
        with whose_line(engine, turn) as db:
            if offer := crew.offer(db, turn.caller):
                return spoken(offer)
            url = settings.public_url
            return spoken(reception.greet(db, turn, public_url=url, at=clock()))

    @post("/language", status_code=HTTP_200_OK, sync_to_thread=True)
    def language(
        self,
        turn: NamedDependency[Turn],
        engine: NamedDependency[Database],
        settings: NamedDependency[Settings],
        clock: NamedDependency[Clock],
    ) -> Response[str]:
        with whose_line(engine, turn) as db:
            url = settings.public_url
            return spoken(reception.go_on(db, turn, public_url=url, at=clock()))

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
            return spoken(reception.picked_up(db, call_id, at=clock()))

    @post("/dialled", status_code=HTTP_200_OK, sync_to_thread=True)
    def dialled(
        self,
        turn: NamedDependency[Turn],
        engine: NamedDependency[Database],
        settings: NamedDependency[Settings],
        clock: NamedDependency[Clock],
    ) -> Response[str]:
        with whose_line(engine, turn) as db:
            url = settings.public_url
            return spoken(reception.dialled(db, turn, public_url=url, at=clock()))

    @post("/status", status_code=HTTP_204_NO_CONTENT, sync_to_thread=True)
    def status(
        self,
        turn: NamedDependency[Turn],
        engine: NamedDependency[Database],
        clock: NamedDependency[Clock],
    ) -> None:
        with whose_line(engine, turn) as db:
            reception.settle(db, turn, at=clock())


ROUTES = (VoiceController, LineController, CrewController)
