"""Where a replay happens: one town's database, its present rules, and who sends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

import notify
import tenants
from tenants.town import Town
from townline.db import Database
from townline.entrypoints.wiring import plug
from townline.errors import Conflict
from townline.roles import APP, ENGINE
from townline.settings import Settings
from townline.tenancy import town

# The product's rounds go through all towns, and would do this replay's past work in
# another town's present, or the other way round.
DUE_ELSEWHERE = text("""
select exists (select from timer
               where tenant_id <> :town and state = 'due' and due_at <= :until)
    or exists (select from notification
               where tenant_id <> :town and state in ('pending', 'held')
               and due_at <= :until)
    or exists (select from follow_up
               where tenant_id <> :town and done_at is null and due_at <= :until)
    or exists (select from invitation
               where tenant_id <> :town and sent_at is null and due_at <= :until)
""")


class Elsewhere(Conflict):
    """Another town has work due in these times; replay in a database of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """``app`` is the desk's and the crews' way in, ``engine`` that of the rounds."""

    app: Database
    engine: Database
    tenant_id: UUID
    town: Town
    desk: notify.Desk

    def refuse_company(self, *, until: datetime) -> None:
        with self.engine.everybody() as session:
            asked = {"town": self.tenant_id, "until": until}
            if session.scalar(DUE_ELSEWHERE, asked):
                raise Elsewhere


def stage(settings: Settings, slug: str) -> Stage:
    plug()
    engine = Database(settings.engine_url, role=ENGINE, connections=4)
    with engine.everybody() as session:
        tenant_id = tenants.by_slug(session, slug).id
    with town(engine, tenant_id) as db:
        rules = tenants.current(db)
    return Stage(
        app=Database(settings.app_url, role=APP, connections=2),
        engine=engine,
        tenant_id=tenant_id,
        town=rules.town,
        desk=notify.Desk(
            secret=settings.secret,
            public_url=settings.public_url,
            mail_sender=settings.sendgrid.sender,
            mail_providers=settings.mail_providers,
            rates=notify.NO_LIMITS,
        ),
    )
