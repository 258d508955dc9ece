"""Somebody of the town has come in: who they are, and the only way to its rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template
from litestar.status_codes import HTTP_200_OK

import tenants
from portal.town import names
from portal.town.story import vocabulary
from tenants.town import Town
from townline.auth import Person
from townline.clock import Clock
from townline.db import Database
from townline.proof import Actor
from townline.tenancy import TenantSession, town
from townline.web import page, town_of


@dataclass(frozen=True, slots=True)
class Hall:
    """One request of one person in their own town, at one instant."""

    person: Person
    database: Database
    tenant_id: UUID
    slug: str
    at: datetime

    @property
    def address(self) -> str:
        return f"/town/{self.slug}"

    @property
    def role(self) -> str:
        return self.person.roles[self.tenant_id]

    @property
    def actor(self) -> Actor:
        return Actor("town", self.person.name)

    @contextmanager
    def town(self) -> Iterator[TenantSession]:
        with town(self.database, self.tenant_id) as db:
            yield db

    def page(
        self,
        name: str,
        town: Town,
        *,
        status_code: int = HTTP_200_OK,
        **context: object,
    ) -> Template:
        """A template of this face; all of them know hall, town, zone and the words."""
        return page(
            f"town/{name}",
            status_code=status_code,
            hall=self,
            town=town,
            zone=town.time_zone,
            names=names,
            words=vocabulary,
            **context,
        )


def hall(
    slug: FromPath[str],
    person: NamedDependency[Person],
    database: NamedDependency[Database],
    clock: NamedDependency[Clock],
) -> Hall:
    """The dependency ``hall``; any town that is not the person's own is not there."""
    with database.everybody() as session:
        tenant = tenants.look_up(session, slug)
    tenant_id = town_of(person, tenant.id if tenant else None)
    return Hall(person, database, tenant_id, slug, clock())
