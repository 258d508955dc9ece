"""A ticket's relay, from the first text to the last resort, on the real database."""

from __future__ import annotations

from uuid import uuid4

import pytest

import escalation
import notify
import tickets
from escalation import jobs
from tests.escalation.conftest import MAYA, main_break
from tests.escalation.ladders import NIGHT, minutes
from tests.escalation.relays import messages_to, promised, standing, timeline
from tickets import Ticket
from townline.db import Database
from townline.errors import NotFound
from townline.i18n import speaking
from townline.tenancy import TenantSession, board


def test_a_ticket_is_relayed_at_once(riverton: TenantSession, ticket: Ticket) -> None:
    assert promised(riverton) == [
        (0, "Dan Ortiz", "sms"),
        (0, "Dan Ortiz", "email"),
        (2, "Dan Ortiz", "voice"),
    ]
    assert timeline(riverton, ticket.id) == ["started", "step_started"]


def test_an_unanswered_relay_moves_up_the_ladder_to_the_last_resort(
    riverton: TenantSession, ticket: Ticket, engine_database: Database
) -> None:
    for minute in range(1, 42):
        escalation.tick(engine_database, at=minutes(minute))

    names = [name for _, name, _ in promised(riverton)]
    assert list(dict.fromkeys(names)) == [
        "Dan Ortiz",
        "Ana Ruiz",
        "Walter Greene",
        "Lamar Whitfield",
        "Riverton duty desk",
    ]
    assert standing(riverton, ticket.id).state == "exhausted"
    assert standing(riverton, ticket.id).exhausted_at == minutes(38)
    assert (41, "Riverton duty desk", "voice") in promised(riverton)


def test_accepting_stops_the_others_and_says_so(
    riverton: TenantSession, ticket: Ticket
) -> None:
    run = standing(riverton, ticket.id)

    said = escalation.accept(
        riverton, run.run_id, contact="ana-ruiz", via="sms", at=minutes(1), code="41"
    )

    assert said == (
        "You have it: Water Main Break, Elm St and 4th Ave."
        " Text 41 on way when you leave."
    )
    assert promised(riverton) == []
    assert escalation.holders(riverton, ticket.id) == ("ana-ruiz",)
    [holder] = standing(riverton, ticket.id).holders
    assert (holder.name, holder.via, holder.at) == ("Ana Ruiz", "sms", minutes(1))


def test_what_is_said_back_is_said_in_french_too(
    riverton: TenantSession, ticket: Ticket
) -> None:
    run = standing(riverton, ticket.id)

    with speaking("fr"):
        said = escalation.accept(
            riverton, run.run_id, contact="dan-ortiz", via="voice", at=minutes(1)
        )

    assert said.startswith("C'est à vous : ")


def test_a_second_acceptance_is_answered_and_changes_nothing(
    riverton: TenantSession, ticket: Ticket
) -> None:
    run = standing(riverton, ticket.id)
    escalation.accept(
        riverton, run.run_id, contact="ana-ruiz", via="voice", at=minutes(2)
    )
    before = standing(riverton, ticket.id)

    said = escalation.accept(
        riverton, run.run_id, contact="dan-ortiz", via="sms", at=minutes(3)
    )

    assert said == "Already taken by Ana Ruiz at 02:14."
    assert standing(riverton, ticket.id) == before
    assert timeline(riverton, ticket.id)[-1] == "stale_answer"


def test_whoever_has_it_and_says_so_again_is_told_it_is_theirs(
    riverton: TenantSession, ticket: Ticket
) -> None:
    run = standing(riverton, ticket.id)

    said = [
        escalation.accept(
            riverton, run.run_id, contact="dan-ortiz", via="sms", at=minutes(minute)
        )
        for minute in (1, 2)
    ]

    assert said[1] == "You have it already: Water Main Break, Elm St and 4th Ave."


def test_a_decline_asks_the_next_at_once(
    riverton: TenantSession, ticket: Ticket
) -> None:
    run = standing(riverton, ticket.id)

    said = escalation.decline(
        riverton, run.run_id, contact="dan-ortiz", via="sms", at=minutes(1)
    )

    assert said == "Noted, thank you. Somebody else is asked now."
    assert promised(riverton) == [(1, "Ana Ruiz", "sms"), (1, "Ana Ruiz", "voice")]
    assert (2, "Dan Ortiz", "voice") in promised(riverton, "cancelled")


def test_when_nothing_reaches_a_step_the_next_begins(
    riverton: TenantSession, ticket: Ticket
) -> None:
    run = standing(riverton, ticket.id)

    for message in messages_to(riverton, "dan-ortiz"):
        escalation.rung_failed(riverton, run.run_id, message.key, at=minutes(1))

    assert (1, "Ana Ruiz", "voice") in promised(riverton)


def test_a_missed_deadline_opens_the_ladder_again_once(
    riverton: TenantSession, ticket: Ticket, engine_database: Database
) -> None:
    run = standing(riverton, ticket.id)
    escalation.accept(
        riverton, run.run_id, contact="ana-ruiz", via="sms", at=minutes(1)
    )
    riverton.session.commit()

    for minute in (15, 16, 16.5, 17):
        escalation.tick(engine_database, at=minutes(minute))

    assert (16, "Dan Ortiz", "sms") in promised(riverton)
    assert timeline(riverton, ticket.id).count("reopened") == 1
    assert standing(riverton, ticket.id).state == "running"


def test_a_crew_on_its_way_meets_the_deadline(
    riverton: TenantSession, ticket: Ticket
) -> None:
    run = standing(riverton, ticket.id)
    escalation.accept(
        riverton, run.run_id, contact="ana-ruiz", via="sms", at=minutes(1)
    )

    escalation.moved(riverton, ticket.id, "on_the_way", at=minutes(9))

    assert set(standing(riverton, ticket.id).due) == {"on_site"}


def test_nobody_holds_what_nobody_has_accepted(
    riverton: TenantSession, ticket: Ticket
) -> None:
    assert escalation.holders(riverton, ticket.id) == ()


def test_a_second_look_does_nothing_new(
    riverton: TenantSession, ticket: Ticket, engine_database: Database
) -> None:
    """I27."""
    first = jobs.tick(engine_database, at=minutes(5))
    said, logged = promised(riverton), timeline(riverton, ticket.id)

    second = jobs.tick(engine_database, at=minutes(5))

    assert (first, second) == (1, 0)
    assert promised(riverton) == said
    assert timeline(riverton, ticket.id) == logged


def test_a_ticket_has_one_live_run(riverton: TenantSession, ticket: Ticket) -> None:
    """I3."""
    again = escalation.start(riverton, ticket, at=minutes(1))

    assert again.id == standing(riverton, ticket.id).run_id
    assert len(promised(riverton)) == 3


def test_another_level_starts_another_run_and_keeps_who_has_it(
    riverton: TenantSession, ticket: Ticket
) -> None:
    before = standing(riverton, ticket.id)
    escalation.accept(
        riverton, before.run_id, contact="ana-ruiz", via="sms", at=minutes(1)
    )

    escalation.relevel(riverton, ticket, 2, at=minutes(2))

    after = standing(riverton, ticket.id)
    assert (after.level, after.policy, after.state) == (2, "water", "accepted")
    assert [holder.name for holder in after.holders] == ["Ana Ruiz"]
    assert "superseded" in timeline(riverton, ticket.id)


def test_an_answer_to_a_superseded_run_counts_for_the_one_that_replaced_it(
    riverton: TenantSession, ticket: Ticket
) -> None:
    before = standing(riverton, ticket.id)
    escalation.relevel(riverton, ticket, 2, at=minutes(1))

    escalation.accept(
        riverton, before.run_id, contact="dan-ortiz", via="sms", at=minutes(2)
    )

    assert standing(riverton, ticket.id).state == "accepted"


def test_the_same_level_changes_nothing(
    riverton: TenantSession, ticket: Ticket
) -> None:
    run = escalation.relevel(riverton, ticket, 1, at=minutes(1))

    assert run.id == standing(riverton, ticket.id).run_id
    assert timeline(riverton, ticket.id) == ["started", "step_started"]


def test_a_level_can_start_a_relay_that_had_ended(
    riverton: TenantSession, ticket: Ticket
) -> None:
    escalation.close(riverton, ticket.id, reason="duplicate", at=minutes(1))

    escalation.relevel(riverton, ticket, 2, at=minutes(2))

    assert standing(riverton, ticket.id).state == "running"


def test_closing_ends_the_relay(riverton: TenantSession, ticket: Ticket) -> None:
    run = standing(riverton, ticket.id)
    escalation.close(riverton, ticket.id, reason="duplicate", at=minutes(1))
    escalation.close(riverton, ticket.id, reason="duplicate", at=minutes(2))

    said = escalation.accept(
        riverton, run.run_id, contact="dan-ortiz", via="sms", at=minutes(3)
    )

    assert said == f"{ticket.tracking} is closed. Nothing is asked of you."
    assert promised(riverton) == []
    assert timeline(riverton, ticket.id).count("closed") == 1


def test_a_pause_holds_everything_until_its_end(
    riverton: TenantSession, ticket: Ticket, engine_database: Database
) -> None:
    run = standing(riverton, ticket.id)
    escalation.pause(riverton, run.run_id, until=minutes(30), at=minutes(1))
    riverton.session.commit()

    escalation.tick(engine_database, at=minutes(29))
    held = promised(riverton)
    escalation.tick(engine_database, at=minutes(30))

    assert held == []
    assert (30, "Dan Ortiz", "sms") in promised(riverton)


def test_a_pause_can_be_ended(riverton: TenantSession, ticket: Ticket) -> None:
    run = standing(riverton, ticket.id)
    escalation.pause(riverton, run.run_id, until=minutes(30), at=minutes(1))

    escalation.resume(riverton, run.run_id, at=minutes(2))

    assert (2, "Dan Ortiz", "sms") in promised(riverton)


def test_the_crew_learns_what_and_where_but_not_who_reported_it(
    riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    ticket = main_break(riverton)
    tickets.add_note(
        riverton, ticket.id, "Gate code 4711.", audience="dispatch", by=MAYA, at=NIGHT
    )
    tickets.add_note(
        riverton, ticket.id, "Third time this year.", audience="town", by=MAYA, at=NIGHT
    )

    escalation.start(riverton, ticket, at=NIGHT)

    context = messages_to(riverton, "dan-ortiz")[0].context
    assert context == {
        "tracking": ticket.tracking,
        "category": "Water Main Break",
        "place": "Elm St and 4th Ave",
        "level_word": "Emergency",
        "words": "Water is coming up through the street.\n"
        "Is it a trickle, a stream, or is it lifting the street? Stream\n"
        "Can cars still pass? One lane\n"
        "Gate code 4711.",
    }


def test_an_emergency_takes_the_first_lane(
    riverton: TenantSession, ticket: Ticket
) -> None:
    assert {message.lane for message in messages_to(riverton, "dan-ortiz")} == {1}


def test_the_board_shows_what_nobody_has_taken(
    riverton: TenantSession, ticket: Ticket, database: Database
) -> None:
    with board(database, [riverton.tenant_id]) as session:
        [waiting] = escalation.running(session)

    assert waiting.ticket_id == ticket.id
    assert escalation.counts(riverton) == {"running": 1}


def test_a_board_of_another_town_does_not(
    sainte_aurore: TenantSession, ticket: Ticket, database: Database
) -> None:
    with board(database, [sainte_aurore.tenant_id]) as session:
        assert escalation.running(session) == []


@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_another_town_cannot_answer(
    sainte_aurore: TenantSession, riverton: TenantSession, ticket: Ticket, verb: str
) -> None:
    run = standing(riverton, ticket.id)

    with pytest.raises(NotFound):
        getattr(escalation, verb)(
            sainte_aurore, run.run_id, contact="ana-ruiz", via="sms", at=minutes(1)
        )

    assert escalation.state_of(sainte_aurore, ticket.id) is None
    assert escalation.happens_next(sainte_aurore, ticket.id, at=NIGHT) == ()


def test_another_town_cannot_touch_a_run(
    sainte_aurore: TenantSession, riverton: TenantSession, ticket: Ticket
) -> None:
    run = standing(riverton, ticket.id)

    with pytest.raises(NotFound):
        escalation.rung_failed(sainte_aurore, run.run_id, str(uuid4()), at=minutes(1))
    with pytest.raises(NotFound):
        escalation.pause(sainte_aurore, run.run_id, until=minutes(9), at=minutes(1))
    with pytest.raises(NotFound):
        escalation.resume(sainte_aurore, run.run_id, at=minutes(1))
    escalation.close(sainte_aurore, ticket.id, reason="done", at=minutes(1))

    assert standing(riverton, ticket.id).state == "running"


def test_the_epoch_of_the_run_is_the_one_of_its_fence(
    riverton: TenantSession, ticket: Ticket, engine_database: Database
) -> None:
    """A message of an epoch that is not the fence's would never be sent."""
    run = standing(riverton, ticket.id)
    escalation.accept(
        riverton, run.run_id, contact="ana-ruiz", via="sms", at=minutes(1)
    )
    riverton.session.commit()
    escalation.tick(engine_database, at=minutes(16))

    fence = riverton.get(notify.Fence, run.run_id)

    assert fence.closed_at is None
    assert {message.epoch for message in messages_to(riverton, "dan-ortiz")} == {
        1,
        fence.epoch,
    }
