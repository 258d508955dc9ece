"""The voice webhooks: a turn of a call comes in, and what to do next goes out."""

from __future__ import annotations

from litestar import Controller, Response, post
from litestar.di import NamedDependency, Provide
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT

from calls import crew, reception
from calls.crew_web import CrewController
from calls.doors import NobodysLine, say_nobodys_line, spoken, whose_line
from calls.elsewhere import web as elsewhere
from calls.legs import web as legs
from calls.line_web import LineController
from calls.turns import Turn, genuine_turn
from townline.clock import Clock
from townline.db import Database
from townline.settings import Settings


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

    @post("/status", status_code=HTTP_204_NO_CONTENT, sync_to_thread=True)
    def status(
        self,
        turn: NamedDependency[Turn],
        engine: NamedDependency[Database],
        clock: NamedDependency[Clock],
    ) -> None:
        with whose_line(engine, turn) as db:
            reception.settle(db, turn, at=clock())


ROUTES = (
    VoiceController,
    LineController,
    CrewController,
    *legs.ROUTES,
    *elsewhere.ROUTES,
)
