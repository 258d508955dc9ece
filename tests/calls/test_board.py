from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import calls
import tickets
from calls import returning
from calls.returning import OwedCall
from tests.calls.cast import HELEN, RIVERTON_LINE, SAINTE_AURORE_LINE
from tests.conftest import NIGHT
from tests.tickets.cast import MAYA, hydrant
from townline.auth import Person
from townline.db import Database
from townline.tenancy import TenantSession, board

LUC, SAM = "+14185550137", "+13125550177"


def rung(
    db: TenantSession, sid: str, *, caller: str = HELEN, seconds: int = 0
) -> calls.Call:
    """A call that came ``seconds`` into the night."""
    return calls.arrive(
        db,
        sid,
        line=RIVERTON_LINE,
        caller=caller,
        language="en",
        at=NIGHT + timedelta(seconds=seconds),
    )


def waiting(
    database: Database, *towns: UUID, seconds: int = 60
) -> list[calls.WaitingCall]:
    with board(database, towns) as session:
        at = NIGHT + timedelta(seconds=seconds)
        return list(calls.waiting(session, at=at))


def owed(database: Database, *towns: UUID) -> list[OwedCall]:
    with board(database, towns) as session:
        return list(returning.owed(session, at=NIGHT))


def test_the_board_shows_every_town_the_agent_serves_longest_wait_first(
    database: Database,
    riverton: TenantSession,
    sainte_aurore: TenantSession,
) -> None:
    rung(riverton, "CA2", seconds=20)
    calls.arrive(
        sainte_aurore,
        "CA1",
        line=SAINTE_AURORE_LINE,
        caller=LUC,
        language="fr",
        at=NIGHT,
    )
    riverton.session.commit()
    sainte_aurore.session.commit()

    first, second = waiting(database, riverton.tenant_id, sainte_aurore.tenant_id)

    assert (first.tenant_id, first.language) == (sainte_aurore.tenant_id, "fr")
    assert (second.caller, second.waited) == (HELEN, timedelta(seconds=40))


def test_the_board_cannot_show_a_town_the_agent_does_not_serve(
    database: Database, riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    rung(riverton, "CA1")
    riverton.session.commit()

    assert waiting(database, sainte_aurore.tenant_id) == []
    assert owed(database, sainte_aurore.tenant_id) == []


def test_the_board_knows_who_called_before(
    database: Database, riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    tickets.open(riverton, hydrant(), at=NIGHT, by=MAYA)
    rung(riverton, "CA1", seconds=-25 * 3600)
    calls.end(riverton, "CA1", at=NIGHT)
    rung(riverton, "CA2", seconds=-3600)
    calls.end(riverton, "CA2", at=NIGHT)
    rung(riverton, "CA3")
    riverton.session.commit()

    (row,) = waiting(database, riverton.tenant_id)

    assert (row.name, row.earlier) == ("Helen Marsh", 1)


def test_a_name_given_to_one_town_is_not_shown_with_anothers_call(
    database: Database, riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    tickets.open(riverton, hydrant(), at=NIGHT, by=MAYA)
    rung(sainte_aurore, "CA1", caller=HELEN)
    riverton.session.commit()
    sainte_aurore.session.commit()

    (row,) = waiting(database, riverton.tenant_id, sainte_aurore.tenant_id)

    assert (row.tenant_id, row.name) == (sainte_aurore.tenant_id, None)


def test_the_board_says_whose_phone_rings_until_the_claim_runs_out(
    database: Database, riverton: TenantSession, maya: Person
) -> None:
    call = rung(riverton, "CA1")
    calls.claim(riverton, call.id, by=maya, at=NIGHT)
    riverton.session.commit()

    (ringing,) = waiting(database, riverton.tenant_id, seconds=45)
    (free,) = waiting(database, riverton.tenant_id, seconds=46)

    assert ringing.claimed_by_name == "Maya Okafor"
    assert free.claimed_by_name is None


def test_calls_that_are_answered_or_over_are_off_the_board(
    database: Database, riverton: TenantSession, maya: Person
) -> None:
    answered = rung(riverton, "CA1")
    calls.claim(riverton, answered.id, by=maya, at=NIGHT)
    calls.connected(riverton, answered.id, at=NIGHT)
    rung(riverton, "CA2", caller=SAM)
    calls.end(riverton, "CA2", at=NIGHT)
    rung(riverton, "CA3", seconds=-4 * 3600)
    riverton.session.commit()

    assert waiting(database, riverton.tenant_id) == []


def test_missed_calls_are_work_one_row_a_number(
    database: Database, riverton: TenantSession
) -> None:
    for sid, start, stop in (("CA1", 0, 40), ("CA2", 100, 105)):
        rung(riverton, sid, seconds=start)
        calls.end(riverton, sid, at=NIGHT + timedelta(seconds=stop))
    rung(riverton, "CA3", caller="anonymous")
    calls.end(riverton, "CA3", at=NIGHT + timedelta(seconds=40))
    riverton.session.commit()

    (row,) = owed(database, riverton.tenant_id)

    assert (row.number, row.times, row.is_short) == (HELEN, 2, False)
    assert row.waited == timedelta(seconds=40)


def test_a_missed_call_is_settled_by_talking_or_by_a_disposition(
    database: Database, riverton: TenantSession, maya: Person
) -> None:
    for sid, caller in (("CA1", HELEN), ("CA2", SAM), ("CA3", LUC)):
        rung(riverton, sid, caller=caller)
        calls.end(riverton, sid, at=NIGHT + timedelta(seconds=40))
    again = rung(riverton, "CA4", seconds=60)
    calls.claim(riverton, again.id, by=maya, at=NIGHT)
    calls.connected(riverton, again.id, at=NIGHT)
    rung(riverton, "CA5", caller=SAM, seconds=60)
    last = calls.end(riverton, "CA5", at=NIGHT + timedelta(seconds=80))
    calls.wrap_up(riverton, last.id, "information_given", by=MAYA, at=NIGHT)
    riverton.session.commit()

    assert [row.number for row in owed(database, riverton.tenant_id)] == [LUC]


def test_a_callers_history_holds_calls_and_tickets(
    riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    call = rung(riverton, "CA1")
    ticket = tickets.open(riverton, hydrant(call_id=call.id), at=NIGHT, by=MAYA)
    riverton.session.commit()

    ours, theirs = (calls.earlier(db, HELEN) for db in (riverton, sainte_aurore))

    assert [each.id for each in ours.calls] == [call.id]
    assert [each.id for each in ours.tickets] == [ticket.id]
    assert (theirs.calls, theirs.tickets) == ([], [])
