"""Who comes to the line and who stays with the caller, through the real SDK."""

from __future__ import annotations

from datetime import timedelta

import pytest

from calls.legs import parties
from calls.legs import service as legs
from calls.legs.errors import NobodyToStay
from notify.carrier import BenchPhone
from tests.calls.following import ended, until
from tests.calls.talks import NINE_ONE_ONE, WATER, OnTheLine
from townline.tenancy import town


def test_the_caller_stays_with_911_when_the_agent_goes(
    talk: OnTheLine, dispatcher: BenchPhone
) -> None:
    talk.bring(NINE_ONE_ONE, dispatcher, "conference")
    dispatcher.say("911, what is your emergency?")
    talk.street.helen.wait_until_heard("what is your emergency")
    talk.street.agent.wait_until_heard("what is your emergency")

    with town(talk.database, talk.hand.tenant_id) as db:
        mine = legs.agents_leg(db, talk.call.id)
    assert mine

    parties.step_out(talk.hand, talk.call.id)

    talk.street.agent.wait_until_over()
    # Who is reported last as gone would be taken for who stayed to the end.
    talk.leg(mine, lambda each: each.left_at is not None)
    talk.street.helen.say("A wire is down on Elm.")
    dispatcher.wait_until_heard("A wire is down")
    told = {entry.event: entry.told() for entry in talk.told()}
    assert told["call.leg_joined"]["number"] == NINE_ONE_ONE.number
    assert told["call.transferred"]["to"] == ["911"]
    talk.street.hour.at += timedelta(minutes=1)
    dispatcher.hang_up()
    talk.street.helen.wait_until_heard("The other side has hung up")
    ended(talk.database, talk.hand.tenant_id)
    left = [e.told() for e in talk.told() if e.event == "call.leg_left"]
    assert left[0]["name"] == "911"


def test_an_agent_speaks_to_the_department_first(
    talk: OnTheLine, dan: BenchPhone
) -> None:
    leg = talk.bring(WATER, dan, "warm")
    talk.street.agent.say("I have Helen Marsh for you.")
    dan.wait_until_heard("I have Helen Marsh")

    parties.step_out(talk.hand, talk.call.id)

    talk.street.agent.wait_until_over()
    dan.say("Helen, Dan here.")
    talk.street.helen.wait_until_heard("Dan here")
    assert "I have Helen Marsh for you." not in talk.street.helen.heard
    assert talk.now().held_since is None
    assert leg.purpose == "warm"


def test_nobody_is_left_alone_by_an_agent_who_goes_too_early(
    talk: OnTheLine, dan: BenchPhone
) -> None:
    parties.add(talk.hand, talk.call.id, WATER, "warm")
    dan.wait_until_ringing()

    with pytest.raises(NobodyToStay):
        parties.step_out(talk.hand, talk.call.id)


def test_whoever_was_brought_in_is_dropped_again(
    talk: OnTheLine, dan: BenchPhone
) -> None:
    leg = talk.bring(WATER, dan, "conference")

    parties.drop(talk.hand, leg.id)

    dan.wait_until_over()
    talk.street.agent.say("He is gone.")
    talk.street.helen.wait_until_heard("He is gone")
    assert talk.leg(leg, lambda each: each.left_at is not None).outcome == "dropped"


def test_a_department_that_does_not_answer_leaves_both_together(
    talk: OnTheLine, dan: BenchPhone
) -> None:
    leg = parties.add(talk.hand, talk.call.id, WATER, "conference")
    dan.wait_until_ringing()

    dan.let_it_ring_out()

    assert talk.leg(leg, lambda e: e.left_at is not None).outcome == "no-answer"
    talk.street.agent.say("Nobody there.")
    talk.street.helen.wait_until_heard("Nobody there")


def test_a_cold_transfer_frees_the_agent_at_once(
    talk: OnTheLine, dan: BenchPhone
) -> None:
    leg = parties.pass_on(talk.hand, talk.call.id, WATER)

    talk.street.agent.wait_until_over()
    dan.wait_until_ringing()
    dan.answer()
    dan.wait_until_connected()
    talk.leg(leg, lambda each: each.joined_at is not None)
    dan.say("Water works.")
    talk.street.helen.wait_until_heard("Water works")
    talk.street.helen.hang_up()
    ended(talk.database, talk.hand.tenant_id)
    assert talk.leg(leg, lambda each: each.left_at is not None).outcome == "left"


def test_a_cold_transfer_to_nobody_comes_back_in_line(
    talk: OnTheLine, dan: BenchPhone
) -> None:
    parties.pass_on(talk.hand, talk.call.id, WATER)
    dan.wait_until_ringing()

    dan.let_it_ring_out()

    talk.street.helen.wait_until_heard("Nobody answers there")
    waiting = until(
        talk.database, talk.hand.tenant_id, lambda call: call.claimed_by is None
    )
    assert (waiting.priority, waiting.queued_at) == (2, talk.call.queued_at)


def test_who_is_on_the_line_is_known_by_name(talk: OnTheLine, dan: BenchPhone) -> None:
    talk.bring(WATER, dan, "conference")

    with town(talk.database, talk.hand.tenant_id) as db:
        names = [each.name for each in legs.present(db, talk.call.id)]

    assert names == ["Maya Okafor", WATER.name]
