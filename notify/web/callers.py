"""Who calls, and about what: shared by every hook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from litestar import Request
from litestar.di import NamedDependency
from litestar.status_codes import HTTP_503_SERVICE_UNAVAILABLE

import tenants
from notify.channels import signatures
from notify.service import deciding, limits
from notify.service.events import Report, Source
from notify.web.inbox import Inbox
from notify.web.patience import Patience, in_thread, in_time
from townline.clock import Clock
from townline.db import Database
from townline.errors import Forbidden, NotFound, Problem
from townline.settings import Settings
from townline.tenancy import TenantSession, town

TOKEN = "i-twilio-idempotency-token"  # noqa: S105 - the name of a header
AnyRequest = Request[Any, Any, Any]


class Forged(Forbidden):
    """This was not signed by the carrier."""


class NotKept(Problem):
    """This could not be kept just now; it has to be said again."""

    status_code = HTTP_503_SERVICE_UNAVAILABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """One request that Twilio has signed; ``key`` is the same when it is repeated."""

    form: Mapping[str, str]
    query: Mapping[str, str]
    path: str
    key: str
    prefix: str
    attempt_id: UUID | None
    engine: Database
    inbox: Inbox
    at: datetime

    def report(self, source: Source) -> Report:
        return Report(
            source=source,
            key=f"{source}:{self.key}",
            attempt_id=self.attempt_id,
            payload=self.form,
        )

    async def keep(self, source: Source) -> bool:
        """On disk when this returns; what it means is found out afterwards."""
        return await self._keep(self.report(source))

    async def settle(self, report: Report, patience: Patience) -> str | None:
        """What to say back; None if that takes longer than whoever waits may wait.

        It is kept before it is decided. NotKept means that it must be said again.
        """
        if not await in_time(self._keep(report), patience.keeping):
            raise NotKept
        deciding = in_thread(partial(self._settle, report.key))
        return await in_time(deciding, patience.deciding)

    @contextmanager
    def town(self) -> Iterator[TenantSession]:
        """The town in the address, or the one whose number was written to."""
        with town(self.engine, self._whose()) as db:
            yield db

    async def _keep(self, report: Report) -> bool:
        if self.prefix:
            tenant_id = await self.inbox.town_called(self.prefix)
        else:
            tenant_id = await in_thread(self._whose)
        await self.inbox.keep(tenant_id, report, at=self.at)
        return True

    def _settle(self, key: str) -> str:
        with self.town() as db:
            limits.be_brisk(db, waits=limits.WAITS_ON_THE_LINE)
            return deciding.settle(db, key, at=self.at)

    def _whose(self) -> UUID:
        with self.engine.everybody() as session:
            if self.prefix:
                return tenants.by_prefix(session, self.prefix).id
            found = tenants.find_line(session, self.form.get("To", ""))
        if found is None:
            raise NotFound
        return found


async def signed_by_twilio(
    request: AnyRequest,
    engine: NamedDependency[Database],
    inbox: NamedDependency[Inbox],
    settings: NamedDependency[Settings],
    clock: NamedDependency[Clock],
) -> Callback:
    """Checked on the public address: a proxy's own is not what Twilio signed."""
    form = {name: str(value) for name, value in (await request.form()).items()}
    path, query = request.url.path, request.url.query
    url = f"{settings.public_url}{path}" + (f"?{query}" if query else "")
    signature = request.headers.get("x-twilio-signature", "")
    tokens = settings.twilio.tokens
    if not signatures.from_twilio(url, form, signature=signature, auth_tokens=tokens):
        raise Forged
    return Callback(
        form=form,
        query=dict(parse_qsl(query)),
        path=path,
        key=key_of(request.headers.get(TOKEN, ""), form, path),
        prefix=request.path_params.get("prefix", ""),
        attempt_id=request.path_params.get("attempt_id"),
        engine=engine,
        inbox=inbox,
        at=clock(),
    )


def key_of(token: str, form: Mapping[str, str], path: str) -> str:
    """Twilio's own token, or what tells this event from the next one of its kind."""
    if token:
        return token
    sid = form.get("MessageSid") or form.get("CallSid", "")
    if digits := form.get("Digits"):
        # In one call several keys are pressed: about what, and which.
        return f"{sid}:{path}:{digits}"
    status = form.get("MessageStatus") or form.get("CallStatus", "")
    return f"{sid}:{status}:{form.get('SequenceNumber', '')}"
