from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

import calls
import tickets
from calls import Call
from tests.calls.cast import HELEN, RIVERTON_LINE, agent
from tests.conftest import NIGHT
from tests.tickets.cast import MAYA, hydrant
from tickets import Caller
from townline import proof
from townline.auth import Person
from townline.errors import NotFound
from townline.tenancy import TenantSession


def rung(db: TenantSession, *, sid: str = "CA1", caller: str = HELEN) -> Call:
    call = calls.arrive(
        db, sid, line=RIVERTON_LINE, caller=caller, language="en", at=NIGHT
    )
    db.session.commit()
    return call


def test_a_call_that_is_reported_twice_arrives_once(riverton: TenantSession) -> None:
    first, second = rung(riverton), rung(riverton)

    assert first.id == second.id
    assert len(proof.timeline(riverton, first.id)) == 1


def test_a_withheld_number_is_not_kept(riverton: TenantSession) -> None:
    assert rung(riverton, caller="anonymous").caller is None


def test_the_log_never_holds_a_callers_number(riverton: TenantSession) -> None:
    (entry,) = proof.timeline(riverton, rung(riverton).id)

    assert entry.event == "call.arrived"
    assert entry.told() == {"line": RIVERTON_LINE, "withheld": False}


def test_only_one_agent_takes_a_call(
    riverton: TenantSession, maya: Person, louis: Person
) -> None:
    call = rung(riverton)

    taken = calls.claim(riverton, call.id, by=maya, at=NIGHT)

    assert (taken.claimed_by, taken.claimed_by_name) == (maya.account_id, maya.name)
    with pytest.raises(calls.CallAlreadyTaken):
        calls.claim(riverton, call.id, by=louis, at=NIGHT)


def test_a_second_click_of_the_same_agent_changes_nothing(
    riverton: TenantSession, maya: Person
) -> None:
    call = rung(riverton)

    for seconds in (0, 1):
        at = NIGHT + timedelta(seconds=seconds)
        taken = calls.claim(riverton, call.id, by=maya, at=at)
        riverton.session.commit()

        assert taken.claimed_at == NIGHT
    events = [entry.event for entry in proof.timeline(riverton, call.id)]
    assert events == ["call.arrived", "call.claimed"]


@pytest.mark.parametrize(
    ("seconds", "free"),
    [
        pytest.param(45, False, id="for three quarters of a minute it is theirs"),
        pytest.param(46, True, id="then anybody may take it"),
    ],
)
def test_a_claim_without_a_connection_runs_out(
    riverton: TenantSession, maya: Person, louis: Person, seconds: int, *, free: bool
) -> None:
    call = rung(riverton)
    calls.claim(riverton, call.id, by=maya, at=NIGHT)
    later = NIGHT + timedelta(seconds=seconds)

    if free:
        taken = calls.claim(riverton, call.id, by=louis, at=later)
        assert taken.claimed_by_name == "Louis Tremblay"
    else:
        with pytest.raises(calls.CallAlreadyTaken):
            calls.claim(riverton, call.id, by=louis, at=later)


def test_a_connected_call_is_never_anybody_elses(
    riverton: TenantSession, maya: Person, louis: Person
) -> None:
    call = rung(riverton)
    calls.claim(riverton, call.id, by=maya, at=NIGHT)
    calls.connected(riverton, call.id, at=NIGHT + timedelta(seconds=9))

    with pytest.raises(calls.CallAlreadyTaken):
        calls.claim(riverton, call.id, by=louis, at=NIGHT + timedelta(hours=1))


def test_a_call_is_connected_once(riverton: TenantSession, maya: Person) -> None:
    call = rung(riverton)
    calls.claim(riverton, call.id, by=maya, at=NIGHT)

    for seconds in (9, 10):
        at = NIGHT + timedelta(seconds=seconds)
        calls.connected(riverton, call.id, at=at)
    riverton.session.commit()

    assert calls.get(riverton, call.id).connected_at == NIGHT + timedelta(seconds=9)
    entry = proof.timeline(riverton, call.id)[-1]
    assert (entry.event, entry.actor) == ("call.connected", "agent Maya Okafor")
    assert entry.told() == {"waited": 9.0}


def test_a_released_call_waits_again(
    riverton: TenantSession, maya: Person, louis: Person
) -> None:
    call = rung(riverton)
    calls.claim(riverton, call.id, by=maya, at=NIGHT)

    for _ in ("once", "and by a retry"):
        calls.release(riverton, call.id, at=NIGHT)

    taken = calls.claim(riverton, call.id, by=louis, at=NIGHT)
    assert taken.claimed_by_name == "Louis Tremblay"


def test_nobody_takes_the_call_of_a_caller_who_hung_up(
    riverton: TenantSession, maya: Person
) -> None:
    call = rung(riverton)
    calls.end(riverton, call.sid, at=NIGHT)

    with pytest.raises(calls.CallerHungUp):
        calls.claim(riverton, call.id, by=maya, at=NIGHT)


def test_a_call_ends_once(riverton: TenantSession) -> None:
    call = rung(riverton)

    for seconds in (20, 21):
        calls.end(riverton, call.sid, at=NIGHT + timedelta(seconds=seconds))
    riverton.session.commit()

    assert calls.get(riverton, call.id).ended_at == NIGHT + timedelta(seconds=20)
    entry = proof.timeline(riverton, call.id)[-1]
    assert entry.told() == {"answered": False, "lasted": 20.0}


@pytest.mark.parametrize(
    ("says", "billed"),
    [
        pytest.param(None, True, id="as the field does"),
        pytest.param(False, False, id="as this contract says"),
    ],
)
def test_a_call_is_wrapped_up_with_a_word_and_a_bill(
    riverton: TenantSession, *, says: bool | None, billed: bool
) -> None:
    call = rung(riverton)

    done = calls.wrap_up(
        riverton, call.id, "information_given", by=MAYA, at=NIGHT, billable=says
    )

    assert (done.disposition, done.billable) == ("information_given", billed)
    assert (done.disposed_by, done.disposed_at) == ("Maya Okafor", NIGHT)


def test_the_first_disposition_stands(riverton: TenantSession) -> None:
    call = rung(riverton)
    calls.wrap_up(riverton, call.id, "spam", by=MAYA, at=NIGHT)

    calls.wrap_up(riverton, call.id, "spam", by=MAYA, at=NIGHT)
    with pytest.raises(calls.AlreadyWrappedUp):
        calls.wrap_up(riverton, call.id, "silent", by=MAYA, at=NIGHT)


def test_an_anonymous_ticket_takes_the_number_off_its_call(
    riverton: TenantSession,
) -> None:
    call = rung(riverton)
    anonymous = hydrant(call_id=call.id, caller=Caller(identity="anonymous"))
    ticket = tickets.open(riverton, anonymous, at=NIGHT, by=MAYA)

    calls.TicketWatcher().opened(riverton, ticket, at=NIGHT)
    riverton.session.commit()

    assert calls.get(riverton, call.id).caller is None
    events = [entry.event for entry in proof.timeline(riverton, call.id)]
    assert events == ["call.arrived", "call.caller_forgotten"]


def test_a_confidential_ticket_leaves_the_number_to_the_desk(
    riverton: TenantSession,
) -> None:
    call = rung(riverton)
    confidential = hydrant(call_id=call.id, caller=Caller(identity="confidential"))
    ticket = tickets.open(riverton, confidential, at=NIGHT, by=MAYA)

    calls.TicketWatcher().opened(riverton, ticket, at=NIGHT)

    assert calls.get(riverton, call.id).caller == HELEN


def test_a_tickets_history_begins_with_its_call(riverton: TenantSession) -> None:
    call = rung(riverton)
    ticket = tickets.open(riverton, hydrant(call_id=call.id), at=NIGHT, by=MAYA)
    riverton.session.commit()

    events = [entry.event for entry in tickets.history(riverton, ticket.id)]
    assert events == ["call.arrived", "ticket.opened"]


def test_an_agent_cannot_take_the_call_of_a_town_they_do_not_serve(
    riverton: TenantSession, towns: dict[str, UUID]
) -> None:
    call = rung(riverton)
    stranger = agent("Nobody Here", towns["sainte-aurore"])

    with pytest.raises(NotFound):
        calls.claim(riverton, call.id, by=stranger, at=NIGHT)


def test_a_town_cannot_touch_anothers_call(
    riverton: TenantSession, sainte_aurore: TenantSession, maya: Person
) -> None:
    call = rung(riverton)
    calls.claim(riverton, call.id, by=maya, at=NIGHT)
    riverton.session.commit()
    theirs = sainte_aurore

    attempts: tuple[Callable[[], Call], ...] = (
        lambda: calls.get(theirs, call.id),
        lambda: calls.claim(theirs, call.id, by=maya, at=NIGHT),
        lambda: calls.connected(theirs, call.id, at=NIGHT),
        lambda: calls.end(theirs, call.sid, at=NIGHT),
        lambda: calls.wrap_up(theirs, call.id, "spam", by=MAYA, at=NIGHT),
    )
    for attempt in attempts:
        with pytest.raises(NotFound):
            attempt()
    calls.release(theirs, call.id, at=NIGHT)
    calls.forget_caller(theirs, call.id, at=NIGHT)
    theirs.session.commit()
    riverton.session.expire_all()
    untouched = calls.get(riverton, call.id)
    assert (untouched.caller, untouched.claimed_by) == (HELEN, maya.account_id)


def test_no_town_has_a_call_that_never_came(riverton: TenantSession) -> None:
    with pytest.raises(NotFound):
        calls.get(riverton, uuid4())
