"""Answers of the interfaces, bent by the faults that apply to them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from litestar import Request
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from notify.carrier import errors
from notify.carrier.faults import ANSWER_FAULTS, FaultOrder
from notify.carrier.oracle import Subject
from notify.carrier.plant import Plant
from notify.carrier.receipts import ReceiptLine

# Where the server that owns the connection puts how to break it off.
BREAK_OFF = "carrier.break_off"
DROPPED = "drop_connection"

AnyRequest = Request[Any, Any, Any]


class Bending:
    """What goes wrong with one request, from before it is accepted to its answer."""

    def __init__(self, plant: Plant, asked: Subject) -> None:
        self._plant = plant
        self._asked = asked
        self._fault = plant.faults.take(
            ANSWER_FAULTS, asked.channel, numbers=(asked.to, asked.sender)
        )

    @contextmanager
    def accepting(self) -> Iterator[None]:
        """Surround the acceptance: a fault may forbid it, a refusal is noted."""
        self._refuse_first()
        try:
            yield
        except errors.Refusal as refusal:
            self._plant.oracle.note("refused", self._asked, str(refusal.code))
            raise

    async def after(
        self, request: AnyRequest, accepted: Subject, receipts: list[ReceiptLine]
    ) -> None:
        """Spoil the answer to what has been accepted."""
        for line in receipts:
            await line.foretold()
        told = "accepted"
        match self._fault:
            case FaultOrder(kind="delay_answer", seconds=seconds):
                told = "accepted late"
                await self._plant.courier.pause(seconds)
            case FaultOrder(kind="server_error_accepted"):
                self._plant.oracle.note("told", accepted, "500")
                raise errors.ServerError
            case FaultOrder(kind="drop_connection"):
                told = "connection dropped"
                request.scope["state"][DROPPED] = True
        self._plant.oracle.note("told", accepted, told)

    def _refuse_first(self) -> None:
        match self._fault:
            case FaultOrder(kind="too_many_requests", seconds=seconds):
                self._plant.oracle.note("told", self._asked, "429")
                raise errors.TooManyRequests(retry_after=seconds)
            case FaultOrder(kind="server_error_refused"):
                self._plant.oracle.note("told", self._asked, "500")
                raise errors.ServerError
            case FaultOrder(kind="refused", code=code):
                self._plant.oracle.note("refused", self._asked, str(code))
                raise errors.Refused(code or errors.Refusal.code)


class BrokenLine(ASGIMiddleware):
    """Breaks the connection off in place of an answer."""

    scopes = (ScopeType.HTTP,)

    async def handle(
        self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp
    ) -> None:
        async def send_unless_broken(message: Message) -> None:
            if not scope["state"].get(DROPPED):
                await send(message)

        await next_app(scope, receive, send_unless_broken)
        if scope["state"].get(DROPPED):
            scope["state"][BREAK_OFF]()
