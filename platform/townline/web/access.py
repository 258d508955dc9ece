"""Who may open which page. A town that is not theirs does not exist for them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request
from litestar.connection import ASGIConnection

from townline.auth import Person
from townline.errors import NotFound, NotLoggedIn

AnyRequest = Request[Any, Any, Any]
AnyConnection = ASGIConnection[Any, Any, Any, Any]


def person_signed_in(request: AnyRequest) -> Person:
    """The dependency ``person``; pages that take it need a signed-in person."""
    return _person(request)


def town_of(person: Person, tenant_id: UUID | None) -> UUID:
    """The town of a portal page; 404 unless it is the person's own."""
    if tenant_id is None or not person.belongs_to(tenant_id):
        raise NotFound
    return tenant_id


def _person(connection: AnyConnection) -> Person:
    person: Person | None = connection.scope["state"].get("person")
    if person is None:
        raise NotLoggedIn
    return person
