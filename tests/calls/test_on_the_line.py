"""What an agent does with a call on the line, through the carrier and the real SDK."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest

import calls
from calls import Call, Exchange
from calls.legs import holding, parties
from calls.legs import service as legs
from calls.legs.errors import NobodyToStay, NotDone, NotOnTheLine
from calls.legs.hands import Hand
from calls.legs.models import Leg
from calls.legs.service import Target
from notify.carrier import BenchPhone
from tests.calls.cast import RIVERTON_LINE
from tests.calls.exchange import Street
from tests.calls.following import ended, the_call, until
from tests.conftest import NIGHT
from townline import proof
from townline.auth import Person
from townline.db import Database
from townline.errors import NotFound
from townline.tenancy import town

NINE_ONE_ONE = Target(kind="emergency", name="911", number="+13125550911")
WATER = Target(kind="contact", name="Dan Ortiz, foreman", number="+13125550177")


@dataclass(frozen=True, slots=True)
class OnTheLine:
    """Helen Marsh and Maya, who hear one another."""

    street: Street
    database: Database
    hand: Hand
    call: Call

    def at(self, at: datetime, *, by: Person | None = None) -> Hand:
        hand = self.hand
        return Hand(
            database=hand.database,
            tenant_id=hand.tenant_id,
            by=by or hand.by,
            telephony=hand.telephony,
            at=at,
        )

    def now(self) -> Call:
        with town(self.database, self.hand.tenant_id) as db:
            return calls.get(db, self.call.id)

    def told(self) -> list[proof.LogEntry]:
        with town(self.database, self.hand.tenant_id) as db:
            return list(proof.timeline(db, self.call.id))

    def leg(self, leg: Leg, is_so: Callable[[Leg], bool]) -> Leg:
        """Once it is as a story wants it: reports come a moment later."""

        def looks(_: Call) -> bool:
            with town(self.database, self.hand.tenant_id) as db:
                found.append(db.get(Leg, leg.id))
            return is_so(found[-1])

        found: list[Leg] = []
        until(self.database, self.hand.tenant_id, looks)
        return found[-1]

    def bring(self, target: Target, phone: BenchPhone, purpose: str) -> Leg:
        """Somebody has been rung, and has lifted."""
        leg = parties.add(self.hand, self.call.id, target, purpose)  # type: ignore[arg-type]
        phone.wait_until_ringing()
        phone.answer()
        phone.wait_until_connected()
        return self.leg(leg, lambda each: each.joined_at is not None)


@pytest.fixture
def talk(
    street: Street,
    exchange: Exchange,
    database: Database,
    towns: dict[str, UUID],
    maya: Person,
) -> OnTheLine:
    street.helen.ring(RIVERTON_LINE)
    street.helen.wait_until_heard("You are next")
    tenant_id = towns["riverton"]
    call = the_call(database, tenant_id)
    hand = Hand(
        database=database, tenant_id=tenant_id, by=maya, telephony=exchange, at=NIGHT
    )
    calls.take(database, tenant_id, call.id, by=maya, telephony=exchange, at=NIGHT)
    street.agent.wait_until_ringing()
    street.agent.answer()
    street.agent.wait_until_connected()
    street.helen.wait_until_connected()
    until(database, tenant_id, lambda each: each.room is not None)
    return OnTheLine(street, database, hand, call)


@pytest.fixture
def dispatcher(street: Street) -> BenchPhone:
    return street.bench.phone(NINE_ONE_ONE.number)


@pytest.fixture
def dan(street: Street) -> BenchPhone:
    return street.bench.phone(WATER.number)


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


def test_the_caller_stays_with_911_when_the_agent_goes(
    talk: OnTheLine, dispatcher: BenchPhone
) -> None:
    talk.bring(NINE_ONE_ONE, dispatcher, "conference")
    dispatcher.say("911, what is your emergency?")
    talk.street.helen.wait_until_heard("what is your emergency")
    talk.street.agent.wait_until_heard("what is your emergency")

    parties.step_out(talk.hand, talk.call.id)

    talk.street.agent.wait_until_over()
    talk.street.helen.say("A wire is down on Elm.")
    dispatcher.wait_until_heard("A wire is down")
    told = {entry.event: entry.told() for entry in talk.told()}
    assert told["call.leg_joined"]["number"] == NINE_ONE_ONE.number
    assert told["call.transferred"]["to"] == ["911"]
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


def test_who_is_on_the_line_is_known_by_name(talk: OnTheLine, dan: BenchPhone) -> None:
    talk.bring(WATER, dan, "conference")

    with town(talk.database, talk.hand.tenant_id) as db:
        names = [each.name for each in legs.present(db, talk.call.id)]

    assert names == ["Maya Okafor", WATER.name]
