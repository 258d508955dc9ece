"""A ticket's relay, from the first text to the last resort, on the real database."""

from __future__ import annotations

import escalation
import notify
import tickets
from escalation import jobs
from tests.escalation.conftest import MAYA, main_break
from tests.escalation.ladders import NIGHT, minutes
from tests.escalation.relays import messages_to, promised, standing, timeline
from tickets import Ticket
from townline.db import Database
from townline.i18n import speaking
from townline.tenancy import TenantSession


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

    assert said.startswith("C’est à vous\u00a0: ")


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
