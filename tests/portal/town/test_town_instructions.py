"""An instruction holds as soon as the town says so; the draft waits."""

from __future__ import annotations

import pytest

from tests.portal.town.cast import Clerk, Hire
from tests.portal.town.nights import Night
from tests.portal.town.rostering import drafted, holding, unwritten

__all__ = ["unwritten"]
pytestmark = pytest.mark.usefixtures("unwritten")
RULES = "/town/riverton/rules"
LIST = f"{RULES}/instructions"
BRIDGE = {
    "text.en": "The Mill Street bridge is closed.",
    "starts": "2026-02-11T00:00",
    "ends": "2026-02-20T07:00",
    "author": "Priya Nair",
    "source": "portal",
}


def test_a_lead_speaks_for_their_department_at_once_and_the_draft_waits(
    priya: Clerk, hire: Hire, night: Night
) -> None:
    lead = hire("Lena Orr", night.tenant_id, role="lead", departments=("water",))
    priya.send(f"{RULES}/articles/missed-garbage/removal", sure="yes")

    refused = (
        lead.send(LIST, **BRIDGE),
        lead.send(LIST, **BRIDGE, categories="pothole"),
        lead.send(f"{LIST}/salt-trucks/ending"),
        lead.send(f"{LIST}/salt-trucks/ending", sure="yes"),
    )
    lead.send(LIST, **BRIDGE, categories="water-main-break")
    given = holding(night)
    drafts = drafted(night)
    page = lead.get(LIST)
    lead.send(f"{LIST}/the-mill-street-bridge/ending", sure="yes")

    assert [each.status_code for each in refused] == [422, 422, 422, 403]
    assert given.instruction("the-mill-street-bridge").author == "Priya Nair"
    assert "missed-garbage" in [each.key for each in given.articles]
    assert drafts.instruction("the-mill-street-bridge").source == "portal"
    assert "missed-garbage" not in [each.key for each in drafts.articles]
    assert "holds now" in page
    over = holding(night).instruction("the-mill-street-bridge")
    assert over.ends.isoformat() == "2026-02-11T02:12:00"


def test_what_it_lacks_is_said_and_nothing_holds(
    priya: Clerk, claire: Clerk, night: Night
) -> None:
    late = priya.send(LIST, **{**BRIDGE, "ends": "2026-02-01T07:00"}, act="now")
    phoned = priya.send(LIST, **{**BRIDGE, "source": "phone"}, act="now")
    kept = priya.send(LIST, **BRIDGE, act="keep")

    assert (late.status_code, phoned.status_code) == (422, 422)
    assert 'id="error-ends"' in late.text
    assert 'id="error-called_back"' in phoned.text
    assert kept.status_code == 303
    assert "only in the draft" in priya.get(LIST)
    assert len(holding(night).instructions) == 2
    there = "/town/sainte-aurore/rules/instructions/salt-trucks"
    assert claire.look(there).status_code == 404
    for elsewhere in (there, f"{there}/ending", f"{there}/removal"):
        assert claire.send(elsewhere, sure="yes").status_code == 404
