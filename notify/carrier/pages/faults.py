"""The fault panel."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Controller, Request, Response, delete, get, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from notify.carrier.exchange import Exchange
from notify.carrier.faults import (
    ANSWER_FAULTS,
    CALLBACK_FAULTS,
    OUTCOME_FAULTS,
    Fault,
    FaultOrder,
)
from notify.carrier.pages.answering import acted, wants_json

AnyRequest = Request[Any, Any, Any]
KINDS = {
    "The answer to the program": sorted(ANSWER_FAULTS),
    "Callbacks": sorted(CALLBACK_FAULTS),
    "What becomes of it": sorted(OUTCOME_FAULTS),
    "The register of numbers": ["register_away"],
}


class FaultController(Controller):
    path = "/faults"

    @get("/")
    async def show(
        self, request: AnyRequest, exchange: NamedDependency[Exchange]
    ) -> Response[list[Fault]] | Template:
        faults = exchange.plant.faults.active()
        if wants_json(request):
            return Response(faults)
        return Template("faults.html", context={"faults": faults, "kinds": KINDS})

    @post("/")
    async def set(
        self, request: AnyRequest, exchange: NamedDependency[Exchange]
    ) -> Response[Any]:
        fault = exchange.plant.faults.set(await _order(request))
        return acted(request, fault, page="/faults")

    @post("/{fault_id:int}/clearance")
    async def clear_one(
        self,
        fault_id: FromPath[int],
        request: AnyRequest,
        exchange: NamedDependency[Exchange],
    ) -> Response[Any]:
        exchange.plant.faults.clear(fault_id)
        return acted(request, None, page="/faults")

    @delete("/")
    async def clear(self, exchange: NamedDependency[Exchange]) -> None:
        exchange.plant.faults.clear()


async def _order(request: AnyRequest) -> FaultOrder:
    if request.content_type[0] == "application/json":
        return msgspec.json.decode(await request.body(), type=FaultOrder)
    fields = _filled(await request.form())
    return msgspec.convert(fields, FaultOrder, strict=False)


def _filled(form: FormMultiDict) -> dict[str, str]:
    """Leave out what a person left empty."""
    return {name: text for name, text in form.items() if text}
