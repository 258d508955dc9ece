"""What is put together once, and carried out by the driver alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import bindparam, select
from sqlalchemy.exc import DBAPIError

from tests.conftest import NIGHT
from townline import proof
from townline.db import new_id
from townline.prepared import NamesNoTown, Prepared
from townline.proof import LogEntry
from townline.sets import to_be_among
from townline.tenancy import TenantSession

TOLD = Prepared(
    select(LogEntry.event, LogEntry.at)
    .where(LogEntry.tenant_id == bindparam("town"), to_be_among(LogEntry.subject_id))
    .order_by(LogEntry.seq)
)


def test_it_finds_what_is_asked_for_in_one_town_alone(
    riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    ticket = new_id()
    for db in (riverton, sainte_aurore):
        proof.record(db, f"told.in.{db.tenant_id}", subject=ticket, at=NIGHT)
        db.session.commit()

    [(event, at)] = TOLD(riverton, among=[ticket])

    assert event == f"told.in.{riverton.tenant_id}"
    assert (at, at.utcoffset()) == (NIGHT, timedelta(0))


def test_without_a_town_it_is_refused() -> None:
    with pytest.raises(NamesNoTown):
        Prepared(select(LogEntry.event))


def test_a_fault_has_the_name_that_others_know_it_by(riverton: TenantSession) -> None:
    with pytest.raises(DBAPIError):
        TOLD(riverton, among=["no such thing"])
