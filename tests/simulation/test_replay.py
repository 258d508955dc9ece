"""Small files replayed through the whole product, in a real database."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

import tickets
from notify import Attempt, Notification
from notify.sending import claim_due
from tests.simulation.cast import (
    RIVERTON,
    SAINTE_AURORE,
    WEEKEND,
    Clock,
    besides_surveys,
    boston,
    broken,
    montreal,
    planned,
    played,
    summed_up,
    written,
)
from tickets import Closure, Reporter, Ticket
from townline.entrypoints.replay import Elsewhere, Plan, Stage
from townline.entrypoints.replay.memory import turn_of
from townline.tenancy import town


def tickets_of(stage: Stage, plan: Plan) -> list[Ticket]:
    with town(stage.app, stage.tenant_id) as db:
        opened = db.rows(Ticket).where(Ticket.opened_by == str(plan.edition))
        return list(db.session.scalars(opened.order_by(Ticket.opened_at)))


def test_every_row_lives_a_ticket_s_whole_life(
    riverton_stage: Stage, weekend: Path
) -> None:
    plan = planned(weekend, RIVERTON)

    progress = played(riverton_stage, plan)
    summary = summed_up(riverton_stage, plan)

    assert progress.finished
    assert summary.tickets == len(WEEKEND)
    assert summary.closed == len(WEEKEND) - 1
    assert summary.levels[-1].accepted >= 5
    assert summary.levels[-1].relays > len(WEEKEND)
    assert summary.chain_broken_at is None
    assert set(broken(riverton_stage, plan.edition).values()) == {0}


def test_a_ticket_opens_and_closes_when_its_row_says(
    riverton_stage: Stage, weekend: Path
) -> None:
    plan = planned(weekend, RIVERTON)

    played(riverton_stage, plan)

    lives = [
        (each.opened_at, each.closed_at) for each in tickets_of(riverton_stage, plan)
    ]
    assert lives == [(each.at, each.closes_at) for each in plan.asked]


def test_it_is_the_product_that_decides_about_an_answer(
    riverton_stage: Stage, weekend: Path
) -> None:
    plan = planned(weekend, RIVERTON)

    played(riverton_stage, plan)

    with town(riverton_stage.app, riverton_stage.tenant_id) as db:
        events = {
            entry.event
            for each in tickets_of(riverton_stage, plan)
            for entry in tickets.history(db, each.id)
        }
    assert events >= {
        "ticket.opened", "relay.started", "relay.attempted", "relay.delivered",
        "relay.accepted", "ticket.on_the_way", "ticket.closed", "resident.told",
    }  # fmt: skip


def test_nothing_is_said_before_its_time(riverton_stage: Stage, weekend: Path) -> None:
    played(riverton_stage, planned(weekend, RIVERTON))

    with town(riverton_stage.app, riverton_stage.tenant_id) as db:
        for attempt in db.session.scalars(db.rows(Attempt)):
            promised = db.get(Notification, attempt.notification_id)
            assert attempt.intended_at >= promised.promised_at
            late = attempt.intended_at - promised.due_at
            assert abs(late) < timedelta(minutes=2) or attempt.number > 1


def test_the_same_seed_gives_the_same_summary(
    riverton_stage: Stage, weekend: Path
) -> None:
    first, second = planned(weekend, RIVERTON), planned(weekend, RIVERTON, turn=1)

    for plan in (first, second):
        played(riverton_stage, plan)

    summaries = [summed_up(riverton_stage, plan) for plan in (first, second)]
    assert besides_surveys(summaries[0]) == besides_surveys(summaries[1])


@pytest.mark.parametrize("steps", [7, 23])
def test_a_replay_that_is_stopped_again_and_again_ends_the_same(
    riverton_stage: Stage, weekend: Path, steps: int
) -> None:
    whole, stopped = planned(weekend, RIVERTON), planned(weekend, RIVERTON, turn=1)
    played(riverton_stage, whole)

    sittings = 1
    while not played(riverton_stage, stopped, stopping=Clock(steps)).finished:
        sittings += 1

    assert sittings > 2
    unbroken, resumed = (summed_up(riverton_stage, plan) for plan in (whole, stopped))
    assert besides_surveys(resumed) == besides_surveys(unbroken)
    assert set(broken(riverton_stage, stopped.edition).values()) == {0}


def test_what_a_power_cut_caught_on_its_way_is_sent_again(
    riverton_stage: Stage, weekend: Path
) -> None:
    plan = planned(weekend, RIVERTON)
    opened = played(riverton_stage, plan, stopping=Clock(1))
    caught = claim_due(
        riverton_stage.engine, riverton_stage.desk, lane=2, room=64, at=opened.at
    )

    assert played(riverton_stage, plan).finished

    with town(riverton_stage.app, riverton_stage.tenant_id) as db:
        again = [
            db.get(Notification, parcel.notification_id).tries for parcel in caught
        ]
    # One is sent again; the letter is not, if the text was answered meanwhile.
    assert max(again) == 2
    assert set(broken(riverton_stage, plan.edition).values()) == {0}


def test_a_finished_replay_does_nothing_more(
    riverton_stage: Stage, weekend: Path
) -> None:
    plan = planned(weekend, RIVERTON)
    played(riverton_stage, plan)
    before = summed_up(riverton_stage, plan)

    assert played(riverton_stage, plan).finished

    assert summed_up(riverton_stage, plan) == before


def test_a_file_without_a_good_row_is_over_at_once(
    riverton_stage: Stage, tmp_path: Path
) -> None:
    file = written(tmp_path / "bad.csv", [boston("", "Zoning")])
    plan = planned(file, RIVERTON)

    assert played(riverton_stage, plan).finished

    summary = summed_up(riverton_stage, plan)
    assert (summary.tickets, summary.rows) == (0, 1)
    assert summary.refused == {"no opening time": 1}


def test_a_restart_leaves_what_is_there_and_begins_beside_it(
    riverton_stage: Stage, weekend: Path
) -> None:
    plan = planned(weekend, RIVERTON)
    played(riverton_stage, plan)
    again = planned(weekend, RIVERTON, turn=1)

    played(riverton_stage, again)

    assert len(tickets_of(riverton_stage, plan)) == len(WEEKEND)
    assert len(tickets_of(riverton_stage, again)) == len(WEEKEND)
    with town(riverton_stage.app, riverton_stage.tenant_id) as db:
        assert turn_of(db, plan.edition) == 1


def test_another_town_sees_nothing_of_a_replay(
    riverton_stage: Stage, aurore_stage: Stage, weekend: Path
) -> None:
    plan = planned(weekend, RIVERTON)
    played(riverton_stage, plan)

    elsewhere = summed_up(aurore_stage, plan)

    assert (elsewhere.tickets, elsewhere.messages, elsewhere.log_entries) == (0, {}, 0)
    with town(aurore_stage.app, aurore_stage.tenant_id) as db:
        assert turn_of(db, plan.edition) is None
        assert list(db.session.scalars(db.rows(Reporter))) == []


def test_two_towns_past_and_present_are_kept_apart(
    riverton_stage: Stage, aurore_stage: Stage, weekend: Path, tmp_path: Path
) -> None:
    """Rounds go through all towns: one town's years must not do another's work."""
    played(riverton_stage, planned(weekend, RIVERTON), stopping=Clock(30))
    file = written(tmp_path / "later.csv", [montreal("2022-05", "Mardi", "10")])

    with pytest.raises(Elsewhere):
        played(aurore_stage, planned(file, SAINTE_AURORE, format="montreal"))


def test_a_french_town_is_replayed_in_french(
    aurore_stage: Stage, tmp_path: Path
) -> None:
    months = [montreal("2022-05", "Mardi", str(hour)) for hour in range(8, 14)]
    cancelled = montreal("2022-05", "Lundi", "9", dernier_statut="Annulée")
    file = written(tmp_path / "mai.csv", [*months, cancelled])
    plan = planned(file, SAINTE_AURORE, format="montreal")

    played(aurore_stage, plan)

    with town(aurore_stage.app, aurore_stage.tenant_id) as db:
        bodies = [each.body for each in db.session.scalars(db.rows(Attempt))]
        reasons = [each.reason for each in db.session.scalars(db.rows(Closure))]
    assert any("Répondez" in body for body in bodies)
    assert sorted(reasons) == ["done"] * 6 + ["no_action_policy"]
    assert set(broken(aurore_stage, plan.edition).values()) == {0}


NIGHTS = {
    "clocks go back": (
        boston("2011-11-06 00:40:00", "Tree Emergencies", "2011-11-06 04:00:00"),
        boston("2011-11-06 01:30:00", "Traffic Signal Repair", "2011-11-06 05:00:00"),
        boston(
            "2011-11-06 01:45:00", "Street Light Knock Downs", "2011-11-06 01:50:00"
        ),
    ),
    "clocks go forward": (
        boston("2012-03-11 01:50:00", "Tree Emergencies", "2012-03-11 02:30:00"),
        boston("2012-03-11 02:30:00", "Traffic Signal Repair", "2012-03-11 05:00:00"),
        boston("2012-03-11 03:10:00", "Request for Pothole Repair"),
    ),
}


@pytest.mark.parametrize("lines", NIGHTS.values(), ids=NIGHTS)
def test_a_night_of_the_clock_change_is_replayed_whole(
    riverton_stage: Stage,
    tmp_path: Path,
    lines: tuple[dict[str, str], ...],
) -> None:
    plan = planned(written(tmp_path / "night.csv", lines), RIVERTON)

    played(riverton_stage, plan)

    summary = summed_up(riverton_stage, plan)
    assert summary.tickets == len(lines)
    assert summary.closed == sum(each.closes_at is not None for each in plan.asked)
    assert set(broken(riverton_stage, plan.edition).values()) == {0}


def test_what_a_category_wants_as_proof_is_given(
    riverton_stage: Stage, tmp_path: Path
) -> None:
    lines = [
        boston("2011-07-01 08:00:00", "Graffiti Removal", "2011-07-01 12:00:00"),
        boston(
            "2011-07-01 09:00:00",
            "Abandoned Vehicles",
            "2011-07-01 12:00:00",
            closure_reason="Case Closed closed",
        ),
    ]
    plan = planned(written(tmp_path / "proof.csv", lines), RIVERTON)

    played(riverton_stage, plan)

    graffiti, vehicle = tickets_of(riverton_stage, plan)
    with town(riverton_stage.app, riverton_stage.tenant_id) as db:
        closure = tickets.closure(db, vehicle.id)
        assert len(tickets.photos(db, graffiti.id)) == 1
    assert closure is not None
    assert closure.note == "closed: Abandoned Vehicles."
