"""What is reported of an agent's telephone, and of the room in which they talk."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

import calls
from calls import Call
from calls.legs import service as legs
from calls.legs.models import Leg
from calls.rules.claims import CLAIM_LASTS
from tests.calls.cast import RIVERTON_LINE, Switch, said
from tests.conftest import NIGHT
from townline.auth import Person
from townline.proof import Actor
from townline.tenancy import TenantSession


def the_call(db: TenantSession) -> Call:
    db.session.rollback()
    return db.session.scalars(
        db.rows(Call).execution_options(populate_existing=True)
    ).one()


def taken(db: TenantSession, by: Person) -> Call:
    """Their call, claimed by an agent whose phone rings now."""
    call = calls.claim(db, the_call(db).id, by=by, at=NIGHT)
    db.session.commit()
    return call


@pytest.fixture
def leg(switch: Switch, riverton: TenantSession, maya: Person) -> Leg:
    """Maya's telephone rings for Helen's call."""
    switch.hears()
    call = taken(riverton, maya)
    asked = legs.ask_agent(riverton, call, "+13125550190", at=NIGHT)
    riverton.session.commit()
    return asked


def path_of(leg: Leg, more: str = "") -> str:
    return f"/legs/{leg.tenant_id}/{leg.id}{more}"


def room_of(leg: Leg, more: str = "") -> str:
    return f"/rooms/{leg.tenant_id}/{leg.call_id}{more}"


def lifts(switch: Switch, leg: Leg) -> ElementTree.Element:
    agent = replace(switch, line="+13125550190", caller=RIVERTON_LINE, sid="CA2")
    return agent.hears(path_of(leg))


def test_the_agent_who_picks_up_hears_whose_call_it_is(
    switch: Switch, riverton: TenantSession, leg: Leg
) -> None:
    document = lifts(switch, leg)

    assert said(document) == [("en-US", "City of Riverton")]
    room = document.find("Dial/Conference")
    assert room is not None
    assert (room.text, room.get("participantLabel")) == (str(leg.call_id), str(leg.id))
    assert room.get("endConferenceOnExit") == "true"
    assert the_call(riverton).connected_at == NIGHT


def test_a_second_telephone_does_not_take_the_agents_place(
    switch: Switch, leg: Leg
) -> None:
    lifts(switch, leg)

    late = replace(switch, sid="CA3").hears(path_of(leg))

    assert late.find("Hangup") is not None
    assert late.find("Dial") is None


def test_a_telephone_lifted_for_a_caller_whom_somebody_else_has_rings_in_vain(
    switch: Switch, riverton: TenantSession, leg: Leg, louis: Person
) -> None:
    riverton.session.rollback()
    calls.claim(riverton, leg.call_id, by=louis, at=NIGHT + 2 * CLAIM_LASTS)
    riverton.session.commit()

    document = lifts(switch, leg)

    assert said(document) == [("en-US", "This call is no longer waiting for you.")]
    assert the_call(riverton).connected_at is None


@pytest.mark.parametrize("status", ["no-answer", "busy", "failed", "canceled"])
def test_a_caller_whose_agent_does_not_pick_up_is_free_again(
    switch: Switch, riverton: TenantSession, leg: Leg, status: str
) -> None:
    for _ in "ab":
        switch.reports(path_of(leg, "/status"), CallStatus=status)

    call = the_call(riverton)
    assert (call.claimed_by, call.connected_at, call.ended_at) == (None, None, None)


def test_what_is_told_of_a_leg_late_does_not_wake_it(
    switch: Switch, riverton: TenantSession, leg: Leg
) -> None:
    switch.reports(path_of(leg, "/status"), CallStatus="no-answer")

    document = lifts(switch, leg)

    assert document.find("Hangup") is not None
    assert the_call(riverton).connected_at is None


def test_whoever_stays_after_the_agent_is_gone_has_their_old_place(
    switch: Switch, riverton: TenantSession, leg: Leg
) -> None:
    lifts(switch, leg)
    before = the_call(riverton).queued_at

    over = switch.hears(room_of(leg, "/over"), CallStatus="in-progress")
    again = switch.hears(room_of(leg, "/again"), CallStatus="in-progress")

    assert over.find("Redirect") is not None
    assert again.find("Enqueue") is not None
    call = the_call(riverton)
    assert (call.claimed_by, call.priority, call.queued_at) == (None, 2, before)


def test_after_a_call_that_is_accounted_for_the_line_is_closed(
    switch: Switch, riverton: TenantSession, leg: Leg
) -> None:
    lifts(switch, leg)
    calls.wrap_up(
        riverton, leg.call_id, "information_given", by=Actor("agent", "Maya"), at=NIGHT
    )
    riverton.session.commit()

    document = switch.hears(room_of(leg, "/over"), CallStatus="in-progress")

    assert document.find("Hangup") is not None
    assert document.find("Redirect") is None


def test_a_caller_who_hangs_up_in_the_room_has_ended_the_call(
    switch: Switch, riverton: TenantSession, leg: Leg
) -> None:
    lifts(switch, leg)

    switch.hears(room_of(leg, "/over"), CallStatus="completed")

    assert the_call(riverton).ended_at == NIGHT


def test_a_town_cannot_be_told_of_anothers_call(
    switch: Switch, riverton: TenantSession, sainte_aurore: TenantSession, leg: Leg
) -> None:
    theirs = sainte_aurore.tenant_id
    for path in (
        f"/legs/{theirs}/{leg.id}",
        f"/legs/{theirs}/{leg.id}/status",
        f"/legs/{theirs}/{leg.id}/passed",
        f"/rooms/{theirs}/{leg.call_id}",
        f"/rooms/{theirs}/{leg.call_id}/over",
        f"/rooms/{theirs}/{leg.call_id}/again",
        f"/rooms/{theirs}/{leg.call_id}/caller",
        f"/rooms/{theirs}/{leg.call_id}/music",
    ):
        assert switch.reports(path).status_code == 404, path
    assert the_call(riverton).connected_at is None
