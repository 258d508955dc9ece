"""Who acts on a call's line: an agent at the desk, or the exchange that reports."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from litestar.di import NamedDependency
from litestar.params import SkipValidation

from calls.legs.errors import NotDone
from calls.telephony import CallGone, ExchangeDown, Telephony
from townline.auth import Person
from townline.clock import Clock
from townline.db import Database
from townline.proof import Actor
from townline.settings import Settings
from townline.tenancy import TenantSession, town


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """An agent's, on the calls of one town, at one instant."""

    database: Database
    tenant_id: UUID
    by: Person
    telephony: Telephony
    at: datetime

    @property
    def actor(self) -> Actor:
        return Actor("agent", self.by.name)

    def town(self) -> AbstractContextManager[TenantSession]:
        return town(self.database, self.tenant_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ear:
    """What hears the exchange's reports, and can ask it for something in return."""

    database: Database
    telephony: Telephony
    public_url: str
    hold_music: str
    at: datetime


def ear(
    engine: NamedDependency[Database],
    settings: NamedDependency[Settings],
    telephony: SkipValidation[NamedDependency[Telephony]],
    clock: NamedDependency[Clock],
) -> Ear:
    """The dependency ``ear``."""
    return Ear(
        database=engine,
        telephony=telephony,
        public_url=settings.public_url,
        hold_music=settings.telephones.hold_music,
        at=clock(),
    )


def ask(wish: Callable[[], object]) -> None:
    """Of the exchange; nothing has changed here if it does not do it."""
    try:
        wish()
    except (CallGone, ExchangeDown) as not_done:
        raise NotDone from not_done
