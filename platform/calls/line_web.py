"""The webhooks of a caller whom no agent has yet: menus, waiting, messages."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from litestar import Controller, Response, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT

from calls import line, promising, reception, voicemail
from calls.answering import by_sid
from calls.documents import VOICE, Door
from calls.doors import NobodysLine, say_nobodys_line, spoken, whose_line
from calls.rules import speech
from calls.turns import Turn, genuine_turn
from townline.clock import Clock
from townline.db import Database
from townline.settings import Settings
from townline.tenancy import TenantSession, town


@dataclass(frozen=True, slots=True)
class Ask:
    """One turn, at one instant, through one door."""

    turn: Turn
    everywhere: Database
    door: Door
    at: datetime

    def whose_line(self) -> AbstractContextManager[TenantSession]:
        return whose_line(self.everywhere, self.turn)


def asked(
    turn: NamedDependency[Turn],
    engine: NamedDependency[Database],
    settings: NamedDependency[Settings],
    clock: NamedDependency[Clock],
) -> Ask:
    return Ask(turn, engine, Door(settings.public_url), clock())


class LineController(Controller):
    path = VOICE
    dependencies = {  # noqa: RUF012 - Litestar's spelling
        "turn": Provide(genuine_turn),
        "ask": Provide(asked, sync_to_thread=False),
    }
    exception_handlers = {NobodysLine: say_nobodys_line}  # noqa: RUF012

    @post("/menu", status_code=HTTP_200_OK, sync_to_thread=True)
    def menu(self, ask: NamedDependency[Ask]) -> Response[str]:
        with ask.whose_line() as db:
            url = ask.door.public_url
            return spoken(reception.choose(db, ask.turn, public_url=url, at=ask.at))

    @post("/wait", status_code=HTTP_200_OK, sync_to_thread=True)
    def wait(self, ask: NamedDependency[Ask]) -> Response[str]:
        with ask.whose_line() as db:
            return spoken(
                line.hold(
                    db,
                    ask.turn,
                    everywhere=ask.everywhere,
                    door=ask.door,
                    at=ask.at,
                )
            )

    @post("/wait/key", status_code=HTTP_200_OK, sync_to_thread=True)
    def key(self, ask: NamedDependency[Ask]) -> Response[str]:
        with ask.whose_line() as db:
            return spoken(line.press(db, ask.turn, at=ask.at))

    @post("/left", status_code=HTTP_200_OK, sync_to_thread=True)
    def left(self, ask: NamedDependency[Ask]) -> Response[str]:
        with ask.whose_line() as db:
            return spoken(line.left(db, ask.turn, door=ask.door, at=ask.at))

    @post("/promise", status_code=HTTP_200_OK, sync_to_thread=True)
    def promise(self, ask: NamedDependency[Ask]) -> Response[str]:
        with ask.whose_line() as db:
            return spoken(promising.consent(db, ask.turn, door=ask.door, at=ask.at))

    @post("/number", status_code=HTTP_200_OK, sync_to_thread=True)
    def number(self, ask: NamedDependency[Ask]) -> Response[str]:
        """The number to call back; without any, they stay on the line."""
        with ask.whose_line() as db:
            promise = promising.number(db, ask.turn, door=ask.door, at=ask.at)
            return spoken(promise or _back_in_line(db, ask))

    @post(
        "/message/{tenant_id:uuid}/{call_id:uuid}",
        status_code=HTTP_200_OK,
        sync_to_thread=True,
    )
    def message(
        self,
        tenant_id: FromPath[UUID],
        call_id: FromPath[UUID],
        ask: NamedDependency[Ask],
    ) -> Response[str]:
        with town(ask.everywhere, tenant_id) as db:
            return spoken(voicemail.keep(db, call_id, ask.turn, at=ask.at))

    @post(
        "/recorded/{tenant_id:uuid}/{call_id:uuid}",
        status_code=HTTP_204_NO_CONTENT,
        sync_to_thread=True,
    )
    def recorded(
        self,
        tenant_id: FromPath[UUID],
        call_id: FromPath[UUID],
        ask: NamedDependency[Ask],
    ) -> None:
        """For whoever hangs up instead of pressing pound."""
        with town(ask.everywhere, tenant_id) as db:
            voicemail.keep(db, call_id, ask.turn, at=ask.at)

    @post(
        "/transcript/{tenant_id:uuid}/{call_id:uuid}",
        status_code=HTTP_204_NO_CONTENT,
        sync_to_thread=True,
    )
    def transcript(
        self,
        tenant_id: FromPath[UUID],
        call_id: FromPath[UUID],
        ask: NamedDependency[Ask],
    ) -> None:
        with town(ask.everywhere, tenant_id) as db:
            voicemail.write_down(db, call_id, ask.turn, at=ask.at)


def _back_in_line(db: TenantSession, ask: Ask) -> str:
    call = by_sid(db, ask.turn.call_sid)
    again = speech.still_looking(call.language)
    return line.enter(db, call, (again,), door=ask.door, at=ask.at)
