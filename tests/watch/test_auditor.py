"""Whatever is planted is found in one pass, put right where it can be, and told."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import Engine

import escalation
from escalation.models import RunRow
from tests.watch.conftest import Watched, after, refusing
from townline import watch
from townline.entrypoints.watch import auditor
from townline.tenancy import town

# The first step tells two at once, and rings after two minutes; its timer is at five.
TOLD_AT_ONCE = 2
SENT = "update notification set state = 'delivered'"
NO_TIMER = "update timer set state = 'void'"
STRANDED = (SENT, NO_TIMER)
ENDED = "update run set state = 'closed', ended_at = :night, epoch = epoch + 1"
DOUBTED = "update notification set state = 'ambiguous' where state = 'sending'"
MERGED = """
update notification n set state = 'merged', carried_by = c.id from notification c
where c.tenant_id = n.tenant_id and c.channel = 'voice' and n.channel <> 'voice'
"""
REPORTED = """
insert into provider_event (tenant_id, id, source, dedupe_key, attempt_id, payload,
  received_at, answer)
select tenant_id, gen_random_uuid(), 'text_status', 'text_status:x', id,
  '{"MessageStatus": "delivered", "MessageSid": "SM1"}', :night, ''
from attempt where channel = 'sms'
"""
RINGING = """
insert into hang_up (tenant_id, id, attempt_id, asked_at)
select tenant_id, gen_random_uuid(), id, :night from attempt where channel = 'sms'
"""


def test_a_healthy_night_has_nothing_to_be_found(watched: Watched) -> None:
    assert auditor.audit(watched.database, at=after(1)) == 0

    assert watched.repairs() == []


@pytest.mark.parametrize(
    ("check", "planted", "seconds", "number"),
    [
        pytest.param("stranded_run", STRANDED, 1, 1, id="I1: a run without a future"),
        pytest.param(
            "stranded_run",
            (SENT, "update timer set epoch = 0"),
            1,
            1,
            id="a timer of an older epoch is none",
        ),
        pytest.param(
            "stranded_run",
            (*STRANDED, "update run set state = 'paused'"),
            1,
            1,
            id="a pause without an end",
        ),
        pytest.param(
            "emergency_overdue",
            ("update fence set closed_at = :night",),
            61,
            TOLD_AT_ONCE,
            id="promises that may not go out any more",
        ),
        pytest.param(
            "overdue",
            ("update notification set lane = 2", "update fence set epoch = 9"),
            61,
            TOLD_AT_ONCE,
            id="the same, of an older epoch, in the common lane",
        ),
        pytest.param(
            "merged_in_vain",
            (
                "update notification set state = 'failed' where channel = 'voice'",
                MERGED,
            ),
            61,
            TOLD_AT_ONCE,
            id="what went with a message that came to nothing",
        ),
        pytest.param("timer_overdue", (ENDED,), 331, 1, id="a timer of an ended run"),
        pytest.param(
            "fence_outlives_run",
            ("update run set state = 'accepted'",),
            1,
            1,
            id="what somebody has could still be sent to others",
        ),
        pytest.param(
            "fence_keeps_run_back",
            ("update fence set closed_at = :night",),
            1,
            1,
            id="a ladder that would talk to nobody",
        ),
    ],
)
def test_a_broken_relay_is_found_and_put_right_in_one_pass(
    watched: Watched, check: str, planted: tuple[str, ...], seconds: float, number: int
) -> None:
    watched.breaks(*planted)

    found = watched.look(check, at=after(seconds))

    assert (found.number, found.mended) == (number, number)
    assert watched.look(check, at=after(seconds)).number == 0
    assert set(watched.repairs())


@pytest.mark.parametrize(
    ("check", "planted", "seconds"),
    [
        pytest.param(
            "stuck_in_sending", (), 61, id="a worker is gone and nobody took over"
        ),
        pytest.param(
            "stuck_in_sending",
            ("update notification set look_at = null where state = 'sending'",),
            1,
            id="a claim without an end",
        ),
        pytest.param(
            "ambiguous_unwatched",
            (DOUBTED, "update notification set look_at = null"),
            1,
            id="a doubt that nobody looks into",
        ),
    ],
)
def test_a_broken_send_is_found_and_put_right_in_one_pass(
    watched: Watched, check: str, planted: tuple[str, ...], seconds: float
) -> None:
    assert watched.claim() == TOLD_AT_ONCE
    watched.breaks(*planted)

    found = watched.look(check, at=after(seconds))

    assert (found.number, found.mended) == (TOLD_AT_ONCE, TOLD_AT_ONCE)
    assert watched.look(check, at=after(seconds)).number == 0
    assert watched.repairs() == [check]


def test_a_report_that_nobody_applied_is_applied(watched: Watched) -> None:
    watched.claim()
    watched.breaks(REPORTED)

    found = watched.look("event_unapplied", at=after(61))

    assert (found.number, found.mended) == (1, 1)
    texts = "select state from notification where channel = 'sms' and tries = 1"
    assert watched.ask(texts) == ["delivered"]


@pytest.mark.parametrize(
    ("check", "planted", "seconds"),
    [
        pytest.param("emergency_overdue", (), 61, id="nobody sends at all"),
        pytest.param("timer_overdue", (), 331, id="nobody sweeps at all"),
        pytest.param(
            "dialling_untaken",
            ("update notification set lane = 3",),
            121,
            id="no agent dials",
        ),
        pytest.param(
            "ambiguous_too_long",
            (DOUBTED, "update attempt set status_at = :night - interval '1 hour'"),
            1,
            id="a carrier whose list cannot be read",
        ),
        pytest.param(
            "call_not_hung_up",
            ("update attempt set sid = 'CA1'", RINGING),
            61,
            id="a call that rings on",
        ),
    ],
)
def test_what_only_people_can_put_right_stays_found(
    watched: Watched, check: str, planted: tuple[str, ...], seconds: float
) -> None:
    if "overdue" not in check and check != "dialling_untaken":
        watched.claim()
    watched.breaks(*planted)

    found = watched.look(check, at=after(seconds))

    assert found.number > 0
    assert found.mended == 0
    assert watched.look(check, at=after(seconds)).number == found.number
    assert check not in watched.repairs()


def test_a_ladder_that_was_set_going_goes_on(watched: Watched) -> None:
    watched.breaks(*STRANDED)
    auditor.audit(watched.database, at=after(310))

    escalation.tick(watched.database, at=after(311))

    with town(watched.database, watched.tenant_id) as db:
        run = db.session.scalars(db.rows(RunRow)).one()
    assert (run.state, run.step) == ("running", 1)
    assert watched.ask("select kind from timer where state = 'due'") == ["step"]


def test_a_mended_fence_lets_its_run_speak_again(watched: Watched) -> None:
    watched.breaks("update fence set closed_at = :night, epoch = 7")

    auditor.audit(watched.database, at=after(1))

    assert watched.claim(at=after(1)) == TOLD_AT_ONCE


def test_only_one_worker_makes_a_pass_and_another_the_next(watched: Watched) -> None:
    watched.breaks(*STRANDED)

    passes = [auditor.audit(watched.database, at=after(s)) for s in (1, 2, 31)]

    assert passes == [1, 0, 0]
    with watched.database.everybody() as session:
        last = watch.last(session, auditor.NAME)
    assert last is not None
    assert last.ended_at == after(31)
    assert last.found["stranded_run"]["number"] == 0


def test_one_towns_fault_is_mended_in_that_town_alone(
    watched: Watched, towns: dict[str, UUID]
) -> None:
    watched.breaks(*STRANDED)

    with watched.database.everybody() as session:
        check = next(each for each in auditor.CHECKS if each.name == "stranded_run")
        found = watch.towns_with(session, check, at=after(1))

    assert found == {towns["riverton"]: 1}


def test_a_check_that_fails_is_an_alarm_and_holds_up_no_other(
    watched: Watched, sweeper: Engine
) -> None:
    watched.breaks("update fence set closed_at = :night")

    with refusing(sweeper, "timer"):
        found = auditor.look(watched.database, at=after(1))

    failed = {name for name, each in found.items() if each.failed}
    assert failed == {"stranded_run", "timer_overdue"}
    assert found["stranded_run"].is_alarm
    assert found["fence_keeps_run_back"].mended == 1
