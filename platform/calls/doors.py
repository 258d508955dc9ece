"""What every voice webhook has in common: whose line it is, and how it answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from litestar import Request, Response

import tenants
from calls import reception
from calls.moving import where_now
from calls.turns import Turn
from townline.db import Database
from townline.errors import NotFound
from townline.logs import logger
from townline.tenancy import TenantSession, town

log = logger("calls")


class NobodysLine(NotFound):
    """No town has this number."""


def say_nobodys_line(_: Request[Any, Any, Any], __: NobodysLine) -> Response[str]:
    return spoken(reception.nobodys_line())


@contextmanager
def whose_line(engine: Database, turn: Turn) -> Iterator[TenantSession]:
    """A transaction in the town whose line rings, or where the call has gone since."""
    with engine.everybody() as session:
        tenant_id = tenants.find_line(session, turn.to)
        if tenant_id is None:
            tenant_id = tenants.find_line(session, turn.caller)
    if tenant_id is None:
        log.warning("calls.nobodys_line", line=turn.to, sid=turn.call_sid)
        raise NobodysLine
    with town(engine, where_now(engine, tenant_id, turn.call_sid)) as db:
        yield db


def spoken(document: str) -> Response[str]:
    return Response(document, media_type="text/xml")
