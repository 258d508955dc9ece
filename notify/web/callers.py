"""Who calls, and about what: shared by every hook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request
from litestar.di import NamedDependency

import tenants
from notify.channels import signatures
from notify.service import events
from notify.service.events import Report, Source
from notify.web.inbox import Inbox
from townline.clock import Clock
from townline.db import Database
from townline.errors import Forbidden, NotFound
from townline.settings import Settings
from townline.tenancy import TenantSession, town

AnyRequest = Request[Any, Any, Any]


class Forged(Forbidden):
    """This was not signed by the carrier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """One request that Twilio has signed; ``key`` is the same when it is repeated."""

    form: Mapping[str, str]
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

    async def keep(self, source: Source) -> None:
        """On disk when this returns; what it means is found out afterwards."""
        tenant_id = await self.inbox.town_called(self.prefix)
        await self.inbox.keep(tenant_id, self.report(source), at=self.at)

    @contextmanager
    def town(self) -> Iterator[TenantSession]:
        """The town in the address, or the one whose number was written to."""
        with town(self.engine, self._whose()) as db:
            yield db

    def once(self, source: Source, answer: Callable[[TenantSession], str]) -> str:
        """What was answered the first time is answered every time."""
        with self.town() as db:
            report = self.report(source)
            events.keep(db, [report], at=self.at)
            event = events.kept(db, report.key, lock=True)
            if event is None:
                raise NotFound
            if event.applied_at is None:
                event.answer = answer(db)
                event.applied_at = self.at
            return event.answer

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
    token = settings.twilio.auth_token
    if not signatures.from_twilio(url, form, signature=signature, auth_token=token):
        raise Forged
    return Callback(
        form=form,
        path=path,
        key=_key(request, form),
        prefix=request.path_params.get("prefix", ""),
        attempt_id=request.path_params.get("attempt_id"),
        engine=engine,
        inbox=inbox,
        at=clock(),
    )


def _key(request: AnyRequest, form: Mapping[str, str]) -> str:
    if token := request.headers.get("i-twilio-idempotency-token"):
        return token
    sid = form.get("MessageSid") or form.get("CallSid", "")
    status = form.get("MessageStatus") or form.get("CallStatus", "")
    return f"{sid}:{status}:{form.get('SequenceNumber', '')}"
