"""The local carrier as a web application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.static_files import create_static_files_router
from litestar.template import TemplateConfig

from notify.carrier.api.bending import BrokenLine
from notify.carrier.api.calls import CallController
from notify.carrier.api.conferences import ConferenceController
from notify.carrier.api.lookups import LookupController
from notify.carrier.api.mail_send import send_mail
from notify.carrier.api.messages import MessageController
from notify.carrier.api.participants import ParticipantController
from notify.carrier.api.recordings import RECORDINGS
from notify.carrier.api.refusals import REFUSALS
from notify.carrier.config import CarrierConfig
from notify.carrier.exchange import Exchange
from notify.carrier.pages.faults import FaultController
from notify.carrier.pages.filters import FILTERS
from notify.carrier.pages.live import live_topics
from notify.carrier.pages.mailboxes import MailController
from notify.carrier.pages.oracle import OracleController
from notify.carrier.pages.phones import PhoneController, all_phones

HERE = Path(__file__).parent
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'self'"
)
INTERFACES = (
    MessageController,
    CallController,
    LookupController,
    ConferenceController,
    ParticipantController,
    *RECORDINGS,
    send_mail,
)
PAGES = (
    all_phones,
    live_topics,
    PhoneController,
    MailController,
    FaultController,
    OracleController,
)


def create_app(config: CarrierConfig) -> Litestar:
    exchange = Exchange(config)

    def provide_exchange() -> Exchange:
        return exchange

    @asynccontextmanager
    async def running(_: Litestar) -> AsyncIterator[None]:
        await exchange.start()
        try:
            yield
        finally:
            await exchange.stop()

    return Litestar(
        [*INTERFACES, *PAGES, *_static()],
        dependencies={"exchange": Provide(provide_exchange, sync_to_thread=False)},
        exception_handlers=REFUSALS,
        lifespan=[running],
        # Whoever starts the carrier decides what is logged, and where.
        logging_config=None,
        middleware=[BrokenLine()],
        openapi_config=None,
        response_headers={"Content-Security-Policy": PAGE_POLICY},
        state=State({"exchange": exchange}),
        template_config=TemplateConfig(instance=_templates(config)),
    )


def _templates(config: CarrierConfig) -> JinjaTemplateEngine:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    environment.globals["lines"] = config.numbers
    return JinjaTemplateEngine.from_environment(environment)


def _static() -> list[Router]:
    # Only its files are wanted: the package is never imported, nor Django with it.
    package = find_spec("js_lib_htmx")
    if package is None or package.origin is None:
        raise RuntimeError("Install django-js-lib-htmx: the bench is served with it.")
    htmx = Path(package.origin).parent / "static" / "htmx"
    return [
        create_static_files_router("/htmx", directories=[htmx]),
        create_static_files_router("/static", directories=[HERE / "static"]),
    ]
