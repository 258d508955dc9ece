"""Every table of every capability, for migrations and for the tests that walk them."""

from __future__ import annotations

from importlib import import_module

from sqlalchemy import MetaData

from townline.db import Base

OWNERS = (
    "townline.auth.models",
    "townline.looks",
    "townline.proof",
    "townline.watch",
    "tenants.models",
    "tenants.confirming.models",
    "tenants.drafting.models",
    "tenants.duty.models",
    "tenants.instructions.models",
    "tenants.news.models",
    "tenants.places.models",
    "notify.models",
    "notify.sharing",
    "notify.ways",
    "tickets.models",
    "tickets.fates",
    "tickets.bulk",
    "tickets.finding.models",
    "tickets.views",
    "tickets.paper",
    "tickets.duplicates.models",
    "tickets.events.models",
    "tickets.suggesting.models",
    "calls.models",
    "calls.returning.models",
    "calls.legs.models",
    "calls.knowledge.models",
    "calls.recordings.models",
    "calls.elsewhere.models",
    "calls.presence.models",
    "calls.measures.models",
    "calls.handover.models",
    "calls.minders.models",
    "calls.reviews.models",
    "calls.flags",
    "escalation.models",
    "escalation.conformance.models",
    "surveys.models",
)
for owner in OWNERS:
    import_module(owner)

METADATA: MetaData = Base.metadata
