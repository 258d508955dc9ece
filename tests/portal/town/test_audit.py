"""Whoever looks at who a resident is, or changes something, is seen doing it."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest

from tests.conftest import NIGHT
from tests.portal.town.cast import MAYA, Clerk
from tests.portal.town.nights import Night
from tickets import Ticket
from townline import looks, proof, trail
from townline.db import new_id
from townline.looks import IdentityLook, Seen
from townline.proof import Actor
from townline.tenancy import TenantSession

HERE = "/town/riverton/audit"
TOM = Actor("town", "Tom Hale")


@pytest.fixture
def ticket(night: Night) -> Ticket:
    return night.report()


def kept(night: Night) -> list[tuple[str, str]]:
    with night.town() as db:
        return [
            (each.actor, each.door)
            for each in db.session.scalars(
                db.rows(IdentityLook).order_by(IdentityLook.at)
            )
        ]


def test_a_look_at_a_ticket_and_at_its_evidence_are_both_seen_by_the_manager(
    priya: Clerk, tom: Clerk, night: Night, ticket: Ticket
) -> None:
    tom.get(f"/town/riverton/tickets/{ticket.tracking}")
    tom.get(f"/town/riverton/tickets/{ticket.tracking}/evidence.json")
    tom.get("/town/riverton/tickets")

    page = priya.get(HERE)

    assert kept(night) == [("town Tom Hale", "portal"), ("town Tom Hale", "file")]
    assert page.count("who reported a ticket") == 2
    assert f"/tickets/{ticket.tracking}" in page
    assert tom.look(HERE).status_code == 403


def test_changes_are_told_by_whoever_made_them_and_can_be_narrowed(
    priya: Clerk, tom: Clerk, ticket: Ticket
) -> None:
    there = f"/town/riverton/tickets/{ticket.tracking}"
    tom.send(f"{there}/notes", body="Dug up.", audience="town")

    everybody = priya.get(HERE, show="changes")
    only_tom = priya.get(HERE, show="changes", who="town Tom Hale")
    of_it = priya.get(HERE, show="changes", number=ticket.tracking)

    assert "Tom Hale (town)" in everybody
    assert "gave access" not in only_tom
    assert only_tom.count("wrote a note") == of_it.count("wrote a note") == 1
    assert "made the ticket" in of_it
    assert "No ticket of this town" in priya.get(HERE, number="RIV-000-000-1")


def test_the_day_and_the_next_page_are_where_they_are_said_to_be(
    priya: Clerk, night: Night
) -> None:
    with night.town() as db:
        for number in range(101):
            at = NIGHT - timedelta(days=2, minutes=number)
            looks.looked(db, Seen("call", new_id()), door="desk", by=MAYA, at=at)

    first = priya.get(HERE)
    older = re.search(r'href="([^"]+)" rel="next"', first)
    assert older

    assert first.count("who called, at the desk") == 100
    assert priya.get(older[1].replace("&amp;", "&")).count("who called") == 1
    assert "Nobody was shown" in priya.get(HERE, until="2026-02-01")
    assert priya.get(HERE, until="nonsense", before="nonsense").count("who called")


def test_nobody_takes_a_look_back_and_another_town_sees_none(
    riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    looks.looked(riverton, Seen("call", new_id()), door="desk", by=MAYA, at=NIGHT)
    looks.looked(riverton, Seen("call", new_id(), 0), door="desk", by=MAYA, at=NIGHT)
    riverton.session.commit()

    later = NIGHT + timedelta(hours=1)
    seen = looks.looks(riverton, before=later, limit=9)

    assert [each.actor for each in seen] == [str(MAYA)]
    assert looks.looks(sainte_aurore, before=later, limit=9) == []


def test_a_long_log_is_read_a_stretch_at_a_time(riverton: TenantSession) -> None:
    for minute in range(5):
        at, by = NIGHT + timedelta(minutes=minute), TOM if minute % 2 else proof.ENGINE
        proof.record(riverton, "ticket.closed", subject=new_id(), at=at, actor=by)
    riverton.session.commit()

    below = trail.first_since(riverton, NIGHT + timedelta(minutes=3))
    found = trail.changes(riverton, below=below, limit=1)
    last = trail.first_since(riverton, NIGHT + timedelta(days=1))

    assert [each.at for each in found.entries] == [NIGHT + timedelta(minutes=1)]
    assert trail.changes(riverton, below=found.goes_on or 0, limit=9).entries == []
    assert len(trail.changes(riverton, below=last, limit=9).entries) == 2
    assert trail.changes(riverton, below=last, limit=9, actor="town Ada").entries == []
    assert trail.changes_to(riverton, UUID(int=0), below=last) == []
