"""What a demonstration starts with: two towns and the people who sign in."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

import tenants
from tenants import examples
from townline import auth
from townline.auth import Account
from townline.clock import utc_now
from townline.db import Database
from townline.entrypoints.watch.canary import Canary
from townline.roles import ENGINE
from townline.tenancy import town

PASSWORD = "night-and-day"  # noqa: S105 - printed at every start; never in production


@dataclass(frozen=True, slots=True)
class Demonstrator:
    """``towns`` names slugs; an agent serves them, the others belong to one."""

    email: str
    name: str
    role: str
    towns: tuple[str, ...]
    language: str
    extension: str | None = None


BOTH = ("riverton", "sainte-aurore")
PEOPLE = (
    Demonstrator(
        "maya.okafor@townline.example",
        "Maya Okafor",
        "agent",
        BOTH,
        "en",
        "+13125559001",
    ),
    Demonstrator(
        "louis.tremblay@townline.example",
        "Louis Tremblay",
        "agent",
        BOTH,
        "fr",
        "+14185559002",
    ),
    Demonstrator(
        "ines.roy@townline.example",
        "Inès Roy",
        "supervisor",
        BOTH,
        "fr",
        "+14185559003",
    ),
    Demonstrator("ada.lane@townline.example", "Ada Lane", "administrator", BOTH, "en"),
    Demonstrator(
        "priya.nair@riverton.example", "Priya Nair", "manager", ("riverton",), "en"
    ),
    Demonstrator(
        "tom.hale@riverton.example", "Tom Hale", "dispatcher", ("riverton",), "en"
    ),
    Demonstrator(
        "claire.bouchard@sainte-aurore.example",
        "Claire Bouchard",
        "manager",
        ("sainte-aurore",),
        "fr",
    ),
)


# On the local carrier for whoever brings a town on: nobody's until then.
FREE_LINES = ("+13125550170", "+13125550171", "+14185550170", "+14185550171")

# A town that nobody sees; both its numbers are on the local carrier.
CANARY = Canary(
    line="+13125550190",
    phone="+13125550191",
    mail="desk@townline.example",
    minutes=15,
)


def plant(engine_url: str) -> None:
    """Import the towns and open the accounts that are not there yet."""
    database = Database(engine_url, role=ENGINE, connections=2)
    places = {slug: _import(database, slug) for slug in BOTH}
    for person in PEOPLE:
        _open(database, person, places)
    database.dispose()


def nest(engine_url: str) -> None:
    """The canary's town, before the local carrier asks for everybody's numbers."""
    database = Database(engine_url, role=ENGINE, connections=2)
    CANARY.nest(database, at=utc_now())
    database.dispose()


def _import(database: Database, slug: str) -> UUID:
    """Only the first start imports: later ones keep what has been edited since."""
    with database.everybody() as session:
        tenant = tenants.look_up(session, slug)
        if tenant is not None:
            return tenant.id
        published = tenants.import_town(
            session,
            examples.text(slug),
            author="Townline",
            reason="the example as shipped",
            at=utc_now(),
        )
        return published.tenant_id


def _open(database: Database, person: Demonstrator, places: dict[str, UUID]) -> None:
    with database.everybody() as session:
        known = session.scalar(select(Account.id).where(Account.email == person.email))
        if known:
            return
        account = auth.open_account(
            session,
            person.email,
            name=person.name,
            password=PASSWORD,
            language=person.language,
            extension=person.extension,
        )
    for slug in person.towns:
        with town(database, places[slug]) as db:
            auth.grant(db, account.id, role=person.role, at=utc_now())
