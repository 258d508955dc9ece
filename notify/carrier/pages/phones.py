"""People's telephones: what they show and what can be pressed on them."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, get_args

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from notify.carrier.exchange import Exchange
from notify.carrier.handsets import PATIENCE_SECONDS, Handset, NotNow, PickUp
from notify.carrier.pages.answering import acted, wants_json
from notify.carrier.pages.views import PhoneView

AnyRequest = Request[Any, Any, Any]
OUTCOMES: dict[str, PickUp] = {outcome: outcome for outcome in get_args(PickUp)}


def handset_of(number: FromPath[str], exchange: NamedDependency[Exchange]) -> Handset:
    return Handset(exchange, number)


@get(["/", "/phones"])
async def all_phones(
    request: AnyRequest, exchange: NamedDependency[Exchange]
) -> Response[list[PhoneView]] | Template:
    views = [PhoneView.of(phone) for phone in exchange.plant.phones.shown()]
    if wants_json(request):
        return Response(views)
    return Template("phones.html", context={"phones": views})


class PhoneController(Controller):
    path = "/phones/{number:str}"
    dependencies = MappingProxyType(
        {"handset": Provide(handset_of, sync_to_thread=False)}
    )

    @get("/")
    async def show(
        self,
        request: AnyRequest,
        handset: NamedDependency[Handset],
    ) -> Response[PhoneView] | Template:
        view = PhoneView.of(handset.phone)
        if wants_json(request):
            return Response(view)
        return Template("phone.html", context={"phone": view})

    @get("/card")
    async def card(self, handset: NamedDependency[Handset]) -> Template:
        view = PhoneView.of(handset.phone)
        return Template("_phone_live.html", context={"phone": view})

    @get("/state")
    async def state(
        self,
        handset: NamedDependency[Handset],
        until: FromQuery[str],
        containing: FromQuery[str] = "",
        within: FromQuery[float] = PATIENCE_SECONDS,
    ) -> PhoneView:
        """Wait for the telephone to reach a state, for a test's next step."""
        if not await handset.wait_for(until, containing, seconds=within):
            raise NotNow(f"{handset.phone.number}: not {until} {containing}")
        return PhoneView.of(handset.phone)

    @post("/calls")
    async def dial(
        self, request: AnyRequest, handset: NamedDependency[Handset]
    ) -> Response[Any]:
        form = await request.form()
        handset.dial(form.get("line", ""))
        return _seen(request, handset)

    @post("/answer")
    async def answer(
        self, request: AnyRequest, handset: NamedDependency[Handset]
    ) -> Response[Any]:
        form = await request.form()
        await handset.pick_up(OUTCOMES.get(form.get("by", ""), "human"))
        return _seen(request, handset)

    @post("/keys")
    async def press(
        self, request: AnyRequest, handset: NamedDependency[Handset]
    ) -> Response[Any]:
        form = await request.form()
        await handset.press(form.get("digits", ""))
        return _seen(request, handset)

    @post("/speech")
    async def speak(
        self, request: AnyRequest, handset: NamedDependency[Handset]
    ) -> Response[Any]:
        form = await request.form()
        await handset.speak(form.get("words", ""))
        return _seen(request, handset, form="_speech_form.html")

    @post("/silence")
    async def stay_silent(
        self, request: AnyRequest, handset: NamedDependency[Handset]
    ) -> Response[Any]:
        await handset.stay_silent()
        return _seen(request, handset)

    @post("/farewell")
    async def hang_up(
        self, request: AnyRequest, handset: NamedDependency[Handset]
    ) -> Response[Any]:
        await handset.hang_up()
        return _seen(request, handset)

    @post("/texts")
    async def text(
        self, request: AnyRequest, handset: NamedDependency[Handset]
    ) -> Response[Any]:
        form = await request.form()
        media = tuple(form.getall("media", []))
        await handset.text(form.get("line", ""), form.get("body", ""), media=media)
        return _seen(request, handset, form="_text_form.html")


def _seen(
    request: AnyRequest, handset: Handset, *, form: str | None = None
) -> Response[Any]:
    view = PhoneView.of(handset.phone)
    if form and "hx-request" in request.headers:
        # What was typed is done with: the form comes back empty.
        return Template(form, context={"phone": view})
    return acted(request, view, page=f"/phones/{handset.phone.number}")
