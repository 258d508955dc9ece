"""A hundred municipalities, each with rules of its own, and eight agents for all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import tenants
from tenants import examples
from townline import auth
from townline.clock import utc_now
from townline.db import Database
from townline.tenancy import town

TOWNS, AGENTS = 100, 8
PASSWORD = "kettle onward plaid"
LETTERS = 26
# Chicago's exchanges from here on, one a town: the same numbers in each.
EXCHANGE = 600
MODEL = "riverton"


@dataclass(frozen=True, slots=True)
class Place:
    """A town of the bench: how addresses, tracking numbers and requests name it."""

    tenant_id: UUID
    slug: str
    prefix: str


def settle(engine: Database, number: int = TOWNS) -> tuple[Place, ...]:
    """Riverton's rules, under as many names, prefixes and telephone numbers."""
    return tuple(_settled(engine, each) for each in range(number))


def staff(app: Database, towns: tuple[Place, ...]) -> tuple[str, ...]:
    """The tokens of eight agents who serve every town and are signed in."""
    return tuple(_signed_in(app, towns, number) for number in range(AGENTS))


def hired(app: Database, place: Place, number: int) -> tuple[str, ...]:
    """The tokens of as many managers of one town, who are signed in."""
    return tuple(_hired(app, place, each) for each in range(number))


def _settled(engine: Database, number: int) -> Place:
    slug, prefix = f"town-{number:03}", _prefix(number)
    document = examples.text(MODEL)
    for was, becomes in (
        (f'slug = "{MODEL}"', f'slug = "{slug}"'),
        ('prefix = "RIV"', f'prefix = "{prefix}"'),
        ("+1312555", f"+1312{EXCHANGE + number}"),
    ):
        document = document.replace(was, becomes)
    with engine.everybody() as session:
        published = tenants.import_town(
            session, document, author="bench", reason="bench", at=utc_now()
        )
    return Place(published.tenant_id, slug, prefix)


def _prefix(number: int) -> str:
    """BAA, BAB and so on: none of them an example town's."""
    first, second = divmod(number, LETTERS)
    return f"B{chr(ord('A') + first)}{chr(ord('A') + second)}"


def _hired(app: Database, place: Place, number: int) -> str:
    email = f"clerk-{number}@bench.example"
    with app.everybody() as session:
        account = auth.open_account(
            session, email, name=f"Clerk {number}", password=PASSWORD
        )
    with town(app, place.tenant_id) as db:
        auth.grant(db, account.id, role="manager", at=utc_now())
    return _token(app, email)


def _signed_in(app: Database, towns: tuple[Place, ...], number: int) -> str:
    email = f"agent-{number}@bench.example"
    with app.everybody() as session:
        account = auth.open_account(
            session,
            email,
            name=f"Agent {number}",
            password=PASSWORD,
            extension=f"+1312555900{number}",
        )
    for each in towns:
        with town(app, each.tenant_id) as db:
            auth.grant(db, account.id, role="agent", at=utc_now())
    return _token(app, email)


def _token(app: Database, email: str) -> str:
    with app.everybody() as session:
        token = auth.log_in(
            session, email, password=PASSWORD, address="", browser="", at=utc_now()
        )
    if token is None:
        raise AssertionError("Somebody of the bench could not sign in.")
    return token


def numbers(towns: tuple[Place, ...]) -> Iterator[tuple[Place, str]]:
    """Each town with the number that its callers dial."""
    for number, each in enumerate(towns):
        yield each, f"+1312{EXCHANGE + number}0100"
