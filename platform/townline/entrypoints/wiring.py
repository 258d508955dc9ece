"""Who hears what. Low capabilities declare who may listen; here the lists are filled.

A ticket is opened: escalation starts its run, surveys plan its follow-ups. A crew
answers: escalation decides. All of it happens inside the transaction of the cause.
"""

from __future__ import annotations

from collections.abc import Sequence

from litestar.types import ControllerRouterHandler

import calls
import calls.web
import escalation
import notify
import notify.web
import portal.crew.web
import portal.desk.web
import portal.resident.web
import portal.town.web
import surveys
import tickets
from portal import account, entrance, joining, proving, sign_on
from townline.entrypoints.watch.answering import CanaryController
from townline.web import health


def plug() -> None:
    """Idempotent: a process may build more than one application."""
    tickets.WATCHERS[:] = [
        calls.TicketWatcher(),
        escalation.TicketWatcher(),
        surveys.TicketWatcher(),
    ]
    notify.LISTENERS["relay"] = escalation.RelayListener()
    notify.LISTENERS["test"] = escalation.DrillListener()
    notify.LISTENERS["news"] = surveys.NewsListener()
    surveys.HOLDERS[:] = [escalation.holders]


def routes() -> Sequence[ControllerRouterHandler]:
    return (
        *health.ROUTES,
        *entrance.ROUTES,
        *proving.ROUTES,
        *account.ROUTES,
        *joining.ROUTES,
        *sign_on.ROUTES,
        *portal.desk.web.ROUTES,
        *portal.town.web.ROUTES,
        *portal.crew.web.ROUTES,
        *portal.resident.web.ROUTES,
        *calls.web.ROUTES,
        *notify.web.ROUTES,
        CanaryController,
    )
