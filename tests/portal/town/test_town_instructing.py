"""An instruction holds as soon as the town says so; the draft waits."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine

from portal.town.typed import typed_of
from tenants.town import Publishing
from tests.portal.town.cast import Clerk, Hire
from tests.portal.town.nights import Night
from tests.portal.town.rostering import drafted, holding, unwritten
from tests.tenants.example_towns import TOWNS
from tests.tenants.published import published
from townline.db import Database

__all__ = ["unwritten"]
pytestmark = pytest.mark.usefixtures("unwritten")
RULES = "/town/riverton/rules"
LIST = f"{RULES}/instructions"
SALT = typed_of(TOWNS["riverton"].instruction("salt-trucks"))
BRIDGE = {
    "text.en": "The Mill Street bridge is closed.",
    "starts": "2026-02-11T00:00",
    "ends": "2026-02-20T07:00",
    "author": "Priya Nair",
    "source": "portal",
}


def test_it_holds_at_once_and_what_is_drafted_waits(priya: Clerk, night: Night) -> None:
    priya.send(f"{RULES}/articles/missed-garbage/removal", sure="yes")

    given = priya.send(LIST, **BRIDGE, act="now")

    assert given.headers["location"] == LIST
    assert holding(night).instruction("the-mill-street-bridge").author == "Priya Nair"
    assert "missed-garbage" in [each.key for each in holding(night).articles]
    drafts = drafted(night)
    assert drafts.instruction("the-mill-street-bridge").source == "portal"
    assert "missed-garbage" not in [each.key for each in drafts.articles]
    assert "holds now" in priya.get(LIST)


def test_what_it_lacks_is_said_and_nothing_holds(priya: Clerk, night: Night) -> None:
    late = priya.send(LIST, **{**BRIDGE, "ends": "2026-02-01T07:00"}, act="now")
    phoned = priya.send(LIST, **{**BRIDGE, "source": "phone"}, act="now")

    assert (late.status_code, phoned.status_code) == (422, 422)
    assert 'id="error-ends"' in late.text
    assert 'id="error-called_back"' in phoned.text
    assert len(holding(night).instructions) == 2


def test_a_lead_speaks_of_their_own_departments_only(hire: Hire, night: Night) -> None:
    lead = hire("Lena Orr", night.tenant_id, role="lead", departments=("water",))

    everywhere = lead.send(LIST, **BRIDGE)
    streets = lead.send(LIST, **BRIDGE, categories="pothole")
    lead.send(LIST, **BRIDGE, categories="water-main-break")
    theirs = lead.send(f"{LIST}/salt-trucks/ending", sure="yes")
    unsure = lead.send(f"{LIST}/the-mill-street-bridge/ending")
    lead.send(f"{LIST}/the-mill-street-bridge/ending", sure="yes")

    refused = (everywhere, streets, theirs, unsure)
    assert [each.status_code for each in refused] == [422, 422, 403, 422]
    over = holding(night).instruction("the-mill-street-bridge")
    assert over.ends.isoformat() == "2026-02-11T02:12:00"


def test_where_a_second_person_is_wanted_it_goes_into_the_draft(
    priya: Clerk, night: Night, engine_database: Database, sweeper: Engine
) -> None:
    town = replace(TOWNS["riverton"], publishing=Publishing(second_person=True))
    with published(engine_database, sweeper, town):
        refused = priya.send(LIST, **BRIDGE, act="now")
        kept = priya.send(LIST, **BRIDGE, act="keep")

        assert refused.status_code == 409
        assert "put it into the draft" in refused.text
        assert kept.status_code == 303
        assert "only in the draft" in priya.get(LIST)
        assert len(holding(night).instructions) == 2


def test_another_town_finds_no_instruction_of_rivertons(claire: Clerk) -> None:
    there = "/town/sainte-aurore/rules/instructions/salt-trucks"

    assert claire.look(there).status_code == 404
    assert claire.send(there, **SALT).status_code == 404
    assert claire.send(f"{there}/ending", sure="yes").status_code == 404
    assert claire.send(f"{there}/removal", sure="yes").status_code == 404
