"""Another town's caller goes there; of them nothing stays behind but that they went."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

import calls
from calls import AlreadyMoved, AlreadyWrappedUp, CallAlreadyTaken
from calls.moving import followed, where_now
from tests.calls.cast import Switch, agent
from tests.conftest import NIGHT
from townline import proof
from townline.auth import Person
from townline.db import Database
from townline.errors import NotFound
from townline.proof import Actor
from townline.tenancy import TenantSession, town

LATER = NIGHT + timedelta(minutes=2)
HELEN = "+13125550142"
# Where a town could keep something of a caller by way of a call.
KEPT = ("call", "call_leg", "call_back", "log_entry", "ticket", "reporter", "note")


@pytest.fixture
def ringing(
    riverton: TenantSession, maya: Person, database: Database
) -> Iterator[UUID]:
    """Helen has called Riverton, and Maya talks to her."""
    call = calls.arrive(
        riverton,
        "CA1",
        line="+13125550100",
        caller=HELEN,
        language="en",
        at=NIGHT,
    )
    calls.claim(riverton, call.id, by=maya, at=NIGHT)
    calls.connected(riverton, call.id, at=NIGHT)
    riverton.session.commit()
    yield call.id
    riverton.session.rollback()


def test_the_call_goes_on_in_the_other_town(
    database: Database, towns: dict[str, UUID], ringing: UUID, maya: Person
) -> None:
    here, there = towns["riverton"], towns["sainte-aurore"]

    calls.move(database, here, ringing, to=there, by=maya, at=LATER)

    with town(database, there) as db:
        call = calls.get(db, ringing)
        assert (call.sid, call.caller, call.claimed_by) == (
            "CA1",
            HELEN,
            maya.account_id,
        )
        assert (call.line, call.connected_at) == ("+14185550100", LATER)
        assert call.disposition is None
        assert [e.event for e in proof.timeline(db, ringing)] == ["call.moved_here"]
    assert where_now(database, here, "CA1") == there
    assert followed(database, here, ringing) == there


def test_nothing_of_the_caller_stays(
    database: Database, towns: dict[str, UUID], ringing: UUID, maya: Person
) -> None:
    here, there = towns["riverton"], towns["sainte-aurore"]

    calls.move(database, here, ringing, to=there, by=maya, at=LATER)

    with town(database, here) as db:
        call = calls.get(db, ringing)
        assert (call.caller, call.disposition, call.billable) == (
            None,
            "wrong_city",
            False,
        )
        assert (call.moved_to, call.ended_at) == (there, LATER)
        for table in KEPT:
            whole = text(f"select string_agg(t::text, ' ') from {table} t")  # noqa: S608
            kept = db.session.scalar(whole) or ""
            assert HELEN not in kept, table
            assert "5550142" not in kept, table
        last = proof.timeline(db, ringing)[-1]
        assert last.event == "call.moved_away"
        assert json.loads(last.facts) == {"town": "sainte-aurore"}


def test_a_second_click_moves_nothing_more(
    database: Database, towns: dict[str, UUID], ringing: UUID, maya: Person
) -> None:
    here, there = towns["riverton"], towns["sainte-aurore"]

    calls.move(database, here, ringing, to=there, by=maya, at=LATER)
    calls.move(database, here, ringing, to=there, by=maya, at=LATER)

    with town(database, there) as db:
        assert len(proof.timeline(db, ringing)) == 1
        assert calls.get(db, ringing).caller == HELEN


def test_moved_back_it_is_as_it_was(
    database: Database, towns: dict[str, UUID], ringing: UUID, maya: Person
) -> None:
    here, there = towns["riverton"], towns["sainte-aurore"]
    calls.move(database, here, ringing, to=there, by=maya, at=LATER)

    calls.move(database, there, ringing, to=here, by=maya, at=LATER)

    with town(database, here) as db:
        call = calls.get(db, ringing)
        assert (call.caller, call.disposition, call.ended_at) == (HELEN, None, None)
        assert call.moved_to is None
    with town(database, there) as db:
        left = calls.get(db, ringing)
        assert (left.caller, left.disposition) == (None, "wrong_city")
    assert where_now(database, here, "CA1") == here


def test_to_and_fro_and_to_again(
    database: Database, towns: dict[str, UUID], ringing: UUID, maya: Person
) -> None:
    here, there = towns["riverton"], towns["sainte-aurore"]
    calls.move(database, here, ringing, to=there, by=maya, at=LATER)
    calls.move(database, there, ringing, to=here, by=maya, at=LATER)

    calls.move(database, here, ringing, to=there, by=maya, at=LATER)

    with town(database, there) as db:
        assert calls.get(db, ringing).caller == HELEN
    assert where_now(database, here, "CA1") == there


def test_who_has_hung_up_meanwhile_has_hung_up_there(
    database: Database, towns: dict[str, UUID], ringing: UUID, maya: Person
) -> None:
    here, there = towns["riverton"], towns["sainte-aurore"]
    with town(database, here) as db:
        calls.end(db, "CA1", at=LATER)

    calls.move(database, here, ringing, to=there, by=maya, at=LATER)

    with town(database, there) as db:
        assert calls.get(db, ringing).ended_at == LATER


def test_what_broke_off_half_way_is_finished_by_the_next_click(
    database: Database, towns: dict[str, UUID], ringing: UUID, maya: Person
) -> None:
    """The worker died after the old town had said where the call goes."""
    here, there = towns["riverton"], towns["sainte-aurore"]
    with town(database, here) as db:
        calls.get(db, ringing).moved_to = there

    assert where_now(database, here, "CA1") == here
    calls.move(database, here, ringing, to=there, by=maya, at=LATER)

    with town(database, there) as db:
        assert calls.get(db, ringing).caller == HELEN


def test_it_goes_to_one_town_only(
    database: Database, towns: dict[str, UUID], ringing: UUID, maya: Person
) -> None:
    here, there, third = towns["riverton"], towns["sainte-aurore"], uuid4()
    with town(database, here) as db:
        calls.get(db, ringing).moved_to = third

    with pytest.raises(AlreadyMoved):
        calls.move(database, here, ringing, to=there, by=maya, at=LATER)


def test_only_whoever_talks_to_them_and_serves_both_towns_moves_a_caller(
    database: Database, towns: dict[str, UUID], ringing: UUID, maya: Person
) -> None:
    here, there = towns["riverton"], towns["sainte-aurore"]

    with pytest.raises(CallAlreadyTaken):
        calls.move(
            database,
            here,
            ringing,
            to=there,
            by=agent("Louis", here, there),
            at=LATER,
        )
    with pytest.raises(NotFound):
        calls.move(database, here, ringing, to=there, by=agent("Tom", here), at=LATER)
    with pytest.raises(NotFound):
        calls.move(database, there, ringing, to=here, by=maya, at=LATER)


def test_a_call_with_its_ending_is_moved_no_more(
    database: Database, towns: dict[str, UUID], ringing: UUID, maya: Person
) -> None:
    here, there = towns["riverton"], towns["sainte-aurore"]
    with town(database, here) as db:
        calls.wrap_up(
            db, ringing, "information_given", by=Actor("agent", "Maya"), at=LATER
        )

    with pytest.raises(AlreadyWrappedUp):
        calls.move(database, here, ringing, to=there, by=maya, at=LATER)


def test_the_exchange_reports_to_the_town_that_has_the_call_now(
    database: Database,
    towns: dict[str, UUID],
    ringing: UUID,
    maya: Person,
    switch: Switch,
) -> None:
    here, there = towns["riverton"], towns["sainte-aurore"]
    calls.move(database, here, ringing, to=there, by=maya, at=LATER)

    switch.reports("/status", CallStatus="completed")

    with town(database, there) as db:
        assert calls.get(db, ringing).ended_at == NIGHT
    with town(database, here) as db:
        assert calls.get(db, ringing).ended_at == LATER


def test_a_call_on_its_way_is_accounted_for_where_it_goes(
    database: Database, towns: dict[str, UUID], ringing: UUID
) -> None:
    with town(database, towns["riverton"]) as db:
        calls.get(db, ringing).moved_to = towns["sainte-aurore"]

    with (
        pytest.raises(AlreadyWrappedUp),
        town(database, towns["riverton"]) as db,
    ):
        calls.wrap_up(db, ringing, "hang_up", by=Actor("agent", "Louis"), at=LATER)


def test_two_clicks_at_once_move_one_call(
    database: Database, towns: dict[str, UUID], ringing: UUID, maya: Person
) -> None:
    here, there = towns["riverton"], towns["sainte-aurore"]

    def click(_: int) -> None:
        calls.move(database, here, ringing, to=there, by=maya, at=LATER)

    with ThreadPoolExecutor(4) as hands:
        list(hands.map(click, range(4)))

    with town(database, there) as db:
        assert len(proof.timeline(db, ringing)) == 1
        assert calls.get(db, ringing).caller == HELEN
    with town(database, here) as db:
        gone = [each.event for each in proof.timeline(db, ringing)]
        assert gone.count("call.moved_away") == 1


def test_what_the_room_reports_finds_the_call_in_its_new_town(
    database: Database,
    towns: dict[str, UUID],
    ringing: UUID,
    maya: Person,
    switch: Switch,
) -> None:
    here, there = towns["riverton"], towns["sainte-aurore"]
    calls.move(database, here, ringing, to=there, by=maya, at=LATER)

    switch.reports(f"/rooms/{here}/{ringing}/caller", CallStatus="completed")

    with town(database, there) as db:
        assert calls.get(db, ringing).ended_at == NIGHT
