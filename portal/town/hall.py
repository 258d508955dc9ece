"""Somebody of the town has come in: who they are, and the only way to its rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK

import tenants
import tickets
from portal import policy
from portal.submission import go_on
from portal.town import names
from portal.town.story import vocabulary
from tenants import drafting
from tenants.drafting import Editing
from tenants.town import Town
from tickets import Ticket
from townline.auth import Person
from townline.clock import Clock
from townline.db import Database
from townline.errors import Forbidden, NotFound
from townline.proof import Actor
from townline.tenancy import TenantSession, town
from townline.web import page, town_of

AnyRequest = Request[Any, Any, Any]
HERE = "/town/{slug}"


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

    def may(self, method: str, below: str) -> bool:
        """Whether a button of theirs would do anything: as the table has it."""
        return policy.may(self.person.acts_as(self.tenant_id), method, below)

    def see(self, department: str) -> None:
        """Raise NotFound for what belongs to a department that is not theirs."""
        if not self.person.sees(self.tenant_id, department):
            raise NotFound

    def see_everything(self) -> None:
        """Raise Forbidden for pages that tell of all departments at once."""
        if self.departments is not None:
            raise Forbidden

    def ticket(self, db: TenantSession, tracking: str) -> Ticket:
        """By its number, if its department is theirs to see."""
        ticket = tickets.by_tracking(db, tracking)
        self.see(ticket.department)
        return ticket

    @property
    def departments(self) -> frozenset[str] | None:
        """Whose tickets they see; None is all of them."""
        return self.person.departments.get(self.tenant_id)

    @property
    def actor(self) -> Actor:
        return Actor("key" if self.person.is_key else "town", self.person.name)

    def unpublished(self) -> int:
        """How much of what was edited does not hold yet: the bar of editing pages."""
        with self.town() as db:
            return drafting.unpublished(db)

    def editing(self) -> Editing:
        """The draft of the rules, or what holds while there is none."""
        with self.town() as db:
            return drafting.editing(db)

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

    def to(self, below: str) -> Redirect:
        """On to another page of this face, when a form has done its work."""
        return go_on(f"{self.address}{below}")


def hall(
    slug: FromPath[str],
    request: AnyRequest,
    person: NamedDependency[Person],
    database: NamedDependency[Database],
    clock: NamedDependency[Clock],
) -> Hall:
    """The dependency ``hall``; any town that is not the person's own is not there."""
    tenant_id = town_of(person, tenants.id_of(database, slug))
    below = str(request.scope["path_template"]).removeprefix(HERE)
    if not policy.may(person.acts_as(tenant_id), request.method, below):
        raise Forbidden
    return Hall(person, database, tenant_id, slug, clock())
