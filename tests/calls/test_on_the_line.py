"""What an agent does with a call on the line, through the carrier and the real SDK."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from calls.legs import holding, parties
from calls.legs.errors import NotDone, NotOnTheLine
from calls.legs.hands import Hand
from notify.carrier import BenchPhone
from tests.calls.following import ended, until
from tests.calls.talks import NINE_ONE_ONE, WATER, OnTheLine
from tests.conftest import NIGHT
from townline.auth import Person
from townline.errors import NotFound


def test_whoever_is_on_hold_hears_nobody_and_its_seconds_count(talk: OnTheLine) -> None:
    holding.hold(talk.hand, talk.call.id)
    talk.street.helen.wait_until_heard("You are on hold")
    talk.street.agent.say("Between us")
    talk.street.hour.at = NIGHT + timedelta(seconds=40)
    holding.resume(talk.at(NIGHT + timedelta(seconds=40)), talk.call.id)
    talk.street.agent.say("I am back")

    talk.street.helen.wait_until_heard("I am back")
    assert "Between us" not in talk.street.helen.heard
    now = talk.now()
    assert (now.held_since, now.held_seconds) == (None, 40)
    assert [e.event for e in talk.told()][-2:] == ["call.held", "call.resumed"]


def test_a_hold_that_the_exchange_refuses_is_none(talk: OnTheLine) -> None:
    talk.street.bench.fault("server_error_refused", channel="voice", count=2)

    with pytest.raises(NotDone):
        holding.hold(talk.hand, talk.call.id)

    assert talk.now().held_since is None


def test_a_hold_that_was_done_though_its_answer_was_lost_shows_as_one(
    talk: OnTheLine,
) -> None:
    talk.street.bench.fault("server_error_accepted", channel="voice", count=2)

    with pytest.raises(NotDone):
        holding.hold(talk.hand, talk.call.id)

    tenant_id = talk.hand.tenant_id
    until(talk.database, tenant_id, lambda call: call.held_since is not None)


def test_a_caller_whose_agent_is_cut_off_is_next_in_line(talk: OnTheLine) -> None:
    talk.street.agent.hang_up()

    talk.street.helen.wait_until_heard("We have lost the line to your agent")
    talk.street.agent.wait_until_over()
    assert "call.line_lost" in [entry.event for entry in talk.told()]
    assert talk.now().ended_at is None


def test_a_call_that_the_agent_ends_is_over(talk: OnTheLine) -> None:
    parties.part(talk.hand, talk.call.id)

    talk.street.helen.wait_until_over()
    talk.street.agent.wait_until_over()
    call = ended(talk.database, talk.hand.tenant_id)
    assert call.claimed_by == talk.hand.by.account_id
    assert not any("lost the line" in words for words in talk.street.helen.heard)


def test_a_broken_line_is_dialled_again_with_one_key(talk: OnTheLine) -> None:
    talk.street.helen.hang_up()
    ended(talk.database, talk.hand.tenant_id)

    again = parties.redial(talk.hand, talk.call.id)

    talk.street.agent.wait_until_ringing()
    talk.street.agent.answer()
    talk.street.helen.wait_until_ringing()
    talk.street.helen.answer()
    talk.street.helen.wait_until_connected()
    talk.street.agent.say("We were cut off.")
    talk.street.helen.wait_until_heard("We were cut off")
    assert (again.redial_of, again.outbound) == (talk.call.id, True)


def test_anothers_call_is_not_mine_to_hold(talk: OnTheLine, louis: Person) -> None:
    with pytest.raises(NotOnTheLine):
        holding.hold(talk.at(NIGHT, by=louis), talk.call.id)


def test_a_town_cannot_touch_anothers_line(
    talk: OnTheLine, dan: BenchPhone, towns: dict[str, UUID]
) -> None:
    leg = talk.bring(WATER, dan, "conference")
    theirs = Hand(
        database=talk.database,
        tenant_id=towns["sainte-aurore"],
        by=talk.hand.by,
        telephony=talk.hand.telephony,
        at=NIGHT,
    )

    for act in (
        lambda: holding.hold(theirs, talk.call.id),
        lambda: holding.resume(theirs, talk.call.id),
        lambda: parties.add(theirs, talk.call.id, NINE_ONE_ONE, "conference"),
        lambda: parties.pass_on(theirs, talk.call.id, NINE_ONE_ONE),
        lambda: parties.step_out(theirs, talk.call.id),
        lambda: parties.drop(theirs, leg.id),
        lambda: parties.part(theirs, talk.call.id),
        lambda: parties.redial(theirs, talk.call.id),
    ):
        with pytest.raises(NotFound):
            act()
