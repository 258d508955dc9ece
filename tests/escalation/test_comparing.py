"""Before rules are published: what they would have done with real tickets."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

import escalation
from tenants.town import Town
from tests.escalation.conftest import burst_pipe, main_break
from tests.escalation.ladders import NIGHT, RIVERTON
from townline.tenancy import TenantSession

LATER = NIGHT + timedelta(days=3)


def with_water_night(**changes: object) -> Town:
    policies = tuple(
        replace(each, **changes) if each.key == "water-night" else each
        for each in RIVERTON.policies
    )
    return replace(RIVERTON, policies=policies)


def test_the_same_rules_change_nothing(riverton: TenantSession) -> None:
    main_break(riverton)

    found = escalation.compare(riverton, RIVERTON, RIVERTON, at=LATER)

    assert (found.tickets, found.looked_at, found.changes) == (1, 1, ())


def test_who_would_be_rung_later_is_shown_first(riverton: TenantSession) -> None:
    main_break(riverton)
    main_break(riverton, level=1)
    water = next(each for each in RIVERTON.policies if each.key == "water-night")
    slower = with_water_night(steps=water.steps[::-1])

    found = escalation.compare(riverton, RIVERTON, slower, at=LATER)

    [change, _] = found.examples
    assert change.before.names == ("Dan Ortiz",)
    assert change.before.first_call == timedelta(minutes=2)
    assert change.after is not None
    assert "Walter Greene" in change.after.names
    assert change.after.first_call == timedelta(0)
    assert found.slower == 0
    assert escalation.compare(riverton, slower, RIVERTON, at=LATER).slower == 2


def test_a_category_that_is_gone_is_said(riverton: TenantSession) -> None:
    ticket = main_break(riverton)
    without = replace(
        RIVERTON,
        categories=tuple(e for e in RIVERTON.categories if e.key != ticket.category),
    )

    [change] = escalation.compare(riverton, RIVERTON, without, at=LATER).changes

    assert change.after is None
    assert not change.is_slower


def test_what_is_older_than_a_season_is_not_looked_at(riverton: TenantSession) -> None:
    main_break(riverton)

    found = escalation.compare(
        riverton, RIVERTON, RIVERTON, at=NIGHT + timedelta(days=91)
    )

    assert found.tickets == 0


def test_shelbyvilles_tickets_are_not_compared(
    riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    burst_pipe(sainte_aurore)
    sainte_aurore.session.commit()

    assert escalation.compare(riverton, RIVERTON, RIVERTON, at=LATER).tickets == 0
