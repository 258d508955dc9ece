"""Difficult callers: shown at once, in the right towns, for as long as was said."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calls
from calls import FlagRefused, NewFlag, NobodyToFlag
from calls.rules import flags
from tests.conftest import NIGHT
from townline import localtime, proof
from townline.auth import Person
from townline.errors import Conflict, Invalid, NotFound
from townline.tenancy import TenantSession

DEREK = "+13125550177"
ABUSE = NewFlag(reason="Shouts at whoever answers.", terms="Two minutes, then end.")


def at_the_desk(role: str, *towns: UUID) -> Person:
    return Person(uuid4(), "Maya Okafor", "m@x", None, None, dict.fromkeys(towns, role))


def rung(db: TenantSession, sid: str = "CA1", caller: str = DEREK) -> UUID:
    line = "+13125550100"
    return calls.arrive(db, sid, line=line, caller=caller, language="en", at=NIGHT).id


def test_a_flag_shows_in_its_town_until_it_expires(
    riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    maya = at_the_desk("agent", riverton.tenant_id)
    calls.flag(riverton, rung(riverton), ABUSE, by=maya, at=NIGHT)
    riverton.session.commit()

    [shown] = calls.flags_on(riverton, DEREK, by=maya, at=NIGHT)
    later = NIGHT + timedelta(days=32)

    assert (shown.reason, shown.terms) == (ABUSE.reason, ABUSE.terms)
    assert shown.appeal_by.isoformat() == "2026-03-13"
    assert calls.flags_on(riverton, DEREK, by=maya, at=later) == ()
    assert calls.flags_on(sainte_aurore, DEREK, by=maya, at=NIGHT) == ()


def test_what_holds_at_every_desk_says_nothing_of_the_town_it_came_from(
    riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    chief = at_the_desk("supervisor", riverton.tenant_id, sainte_aurore.tenant_id)
    everywhere = NewFlag(scope="operator", kind="threats", reason="Named the mayor.")
    calls.flag(riverton, rung(riverton), everywhere, by=chief, at=NIGHT)
    riverton.session.commit()

    [shown] = calls.flags_on(sainte_aurore, DEREK, by=chief, at=NIGHT)

    assert (shown.scope, shown.kind) == ("operator", "threats")
    assert (shown.reason, shown.terms) == ("", "")


@pytest.mark.parametrize(
    ("role", "asked"),
    [
        pytest.param("agent", NewFlag(scope="operator"), id="every town"),
        pytest.param("agent", NewFlag(reason="x", days=31), id="longer than a month"),
        pytest.param("supervisor", NewFlag(reason="x", days=366), id="for ever"),
        pytest.param("manager", NewFlag(reason="x"), id="not at the desk"),
    ],
)
def test_some_flags_are_not_everybodys_to_set(
    riverton: TenantSession, role: str, asked: NewFlag
) -> None:
    with pytest.raises(FlagRefused):
        calls.flag(
            riverton,
            rung(riverton),
            asked,
            by=at_the_desk(role, riverton.tenant_id),
            at=NIGHT,
        )


def test_a_withheld_number_cannot_be_flagged(riverton: TenantSession) -> None:
    withheld = rung(riverton, caller="anonymous")
    maya = at_the_desk("agent", riverton.tenant_id)

    with pytest.raises(NobodyToFlag):
        calls.flag(riverton, withheld, ABUSE, by=maya, at=NIGHT)


def test_a_flag_without_a_reason_is_no_flag(riverton: TenantSession) -> None:
    maya = at_the_desk("agent", riverton.tenant_id)

    with pytest.raises(Invalid):
        calls.flag(riverton, rung(riverton), NewFlag(), by=maya, at=NIGHT)


def test_an_agent_ends_their_own_flag_and_a_supervisor_any(
    riverton: TenantSession,
) -> None:
    town = riverton.tenant_id
    maya, tom = at_the_desk("agent", town), at_the_desk("agent", town)
    chief = at_the_desk("supervisor", town)
    call_id = rung(riverton)
    calls.flag(riverton, call_id, ABUSE, by=maya, at=NIGHT)
    calls.flag(riverton, call_id, ABUSE, by=maya, at=NIGHT)
    first, second = calls.flags_on(riverton, DEREK, by=maya, at=NIGHT)

    with pytest.raises(FlagRefused):
        calls.end_flag(riverton, first.id, by=tom, at=NIGHT)
    calls.end_flag(riverton, first.id, by=maya, at=NIGHT)
    calls.end_flag(riverton, second.id, by=chief, at=NIGHT)

    assert calls.flags_on(riverton, DEREK, by=maya, at=NIGHT) == ()
    with pytest.raises(NotFound):
        calls.renew(riverton, first.id, days=5, by=chief, at=NIGHT)


def test_a_supervisor_renews_it_and_the_appeal_begins_anew(
    riverton: TenantSession,
) -> None:
    chief = at_the_desk("supervisor", riverton.tenant_id)
    calls.flag(riverton, rung(riverton), ABUSE, by=chief, at=NIGHT)
    [before] = calls.flags_on(riverton, DEREK, by=chief, at=NIGHT)
    week = NIGHT + timedelta(days=7)

    calls.renew(riverton, before.id, days=90, by=chief, at=week)

    [after] = calls.flags_on(riverton, DEREK, by=chief, at=week)
    assert after.expires_at > before.expires_at + timedelta(days=60)
    assert after.appeal_by > before.appeal_by


def test_a_caller_is_warned_twice_and_then_the_call_ends(
    riverton: TenantSession,
) -> None:
    maya = at_the_desk("agent", riverton.tenant_id)
    call_id, another = rung(riverton), rung(riverton, "CA2")

    steps = []
    for _ in range(3):
        steps.append(calls.warn(riverton, call_id, by=maya, at=NIGHT))
        riverton.session.commit()

    assert steps == ["warn", "second_warn", "end"]
    with pytest.raises(Conflict):
        calls.warn(riverton, call_id, by=maya, at=NIGHT)
    assert calls.warn(riverton, another, by=maya, at=NIGHT) == "warn"


def test_the_log_knows_of_the_flag_and_not_of_the_number(
    riverton: TenantSession,
) -> None:
    maya = at_the_desk("agent", riverton.tenant_id)
    call_id = rung(riverton)

    calls.flag(riverton, call_id, ABUSE, by=maya, at=NIGHT)
    riverton.session.commit()

    told = [each for each in proof.timeline(riverton, call_id)]
    assert told[-1].event == "call.flagged"
    assert DEREK not in told[-1].facts


def test_a_town_cannot_touch_anothers_flag_or_call(
    riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    both = at_the_desk("supervisor", riverton.tenant_id, sainte_aurore.tenant_id)
    call_id = rung(riverton)
    calls.flag(riverton, call_id, ABUSE, by=both, at=NIGHT)
    [shown] = calls.flags_on(riverton, DEREK, by=both, at=NIGHT)
    riverton.session.commit()

    with pytest.raises(NotFound):
        calls.end_flag(sainte_aurore, shown.id, by=both, at=NIGHT)
    with pytest.raises(NotFound):
        calls.renew(sainte_aurore, shown.id, days=3, by=both, at=NIGHT)
    with pytest.raises(NotFound):
        calls.warn(sainte_aurore, call_id, by=both, at=NIGHT)
    with pytest.raises(NotFound):
        calls.flag(sainte_aurore, call_id, ABUSE, by=both, at=NIGHT)


@given(
    minutes=st.integers(0, 2 * 366 * 24 * 60),
    days=st.integers(1, 365),
    zone=st.sampled_from(("America/Chicago", "America/Toronto", "America/St_Johns")),
)
def test_a_flag_ends_at_midnight_of_its_last_day_whatever_the_clocks_do(
    minutes: int, days: int, zone: str
) -> None:
    at = NIGHT + timedelta(minutes=minutes)
    ends = flags.expires(at, days=days, zone=zone)

    wall = localtime.wall(ends, zone)
    assert (wall.hour, wall.minute) in {(0, 0), (1, 0)}
    assert (wall.date() - localtime.wall(at, zone).date()).days == days
    assert ends > at
