"""Minders: due ones are on the queue, and nobody's are lost with a sign-out."""

from __future__ import annotations

from datetime import time, timedelta
from uuid import UUID, uuid4

import pytest

from calls import jobs, minders
from tests.conftest import NIGHT
from tests.portal.desk.cast import Agent
from townline import proof
from townline.db import Database
from townline.tenancy import TenantSession

# Riverton's clocks show 02:12.
CALL_CREW = {"town": "riverton", "at": "03:30", "words": "Call the crew again"}


def minder(db: TenantSession) -> minders.Minder:
    db.session.expire_all()
    return db.session.scalars(db.rows(minders.Minder)).one()


def later(agent: Agent, **length: float) -> None:
    agent.clock.at = NIGHT + timedelta(**length)


def test_a_minder_comes_back_at_its_time_of_the_towns_clock(
    maya: Agent, riverton: TenantSession
) -> None:
    status, there = maya.send("/desk/minders", **CALL_CREW)

    assert (status, there) == (303, "/desk")
    assert "1 minder later" in maya.get("/desk/minders")
    later(maya, hours=1, minutes=18)
    page = maya.get("/desk/minders")
    assert 'data-say="Minder: Call the crew again, City of Riverton."' in page


def test_what_one_sets_for_oneself_nobody_else_sees(maya: Agent, louis: Agent) -> None:
    maya.send("/desk/minders", **CALL_CREW)

    assert "Call the crew again" in maya.get("/desk/minders")
    assert "Call the crew again" not in louis.get("/desk/minders")


def test_the_desks_minder_is_everybodys_who_serves_the_town(
    maya: Agent, louis: Agent, tom: Agent
) -> None:
    french = CALL_CREW | {"town": "sainte-aurore", "whose": "desk"}
    maya.send("/desk/minders", **french)

    assert "Call the crew again" in louis.get("/desk/minders")
    assert "Call the crew again" not in tom.get("/desk/minders")


def test_what_is_done_is_gone_and_in_the_log(
    maya: Agent, louis: Agent, riverton: TenantSession
) -> None:
    maya.send("/desk/minders", **CALL_CREW, whose="desk")
    it = minder(riverton)

    for _ in ("once", "and a second press"):
        assert louis.send(f"/desk/minders/riverton/{it.id}/done")[0] == 303

    assert "Call the crew again" not in maya.get("/desk/minders")
    events = [each.event for each in proof.timeline(riverton, it.id)]
    assert events == ["minder.set", "minder.done"]
    facts = [each.facts for each in proof.timeline(riverton, it.id)]
    assert not any("crew" in each for each in facts)


def test_a_minder_about_a_ticket_is_in_its_timeline(
    maya: Agent, riverton: TenantSession, reported: UUID
) -> None:
    about = {"about": "ticket", "about_id": str(reported)}

    form = maya.get(f"/desk/tickets/riverton/{reported}")
    assert f'name="about_id" value="{reported}"' in form
    status, there = maya.send("/desk/minders", **CALL_CREW, **about)

    assert (status, there) == (303, f"/desk/tickets/riverton/{reported}")
    assert proof.timeline(riverton, reported)[-1].event == "minder.set"


def test_put_off_it_comes_again(maya: Agent, riverton: TenantSession) -> None:
    maya.send("/desk/minders", **CALL_CREW)
    later(maya, hours=2)

    maya.send(f"/desk/minders/riverton/{minder(riverton).id}/snooze", minutes="15")

    assert minder(riverton).due_at == NIGHT + timedelta(hours=2, minutes=15)
    assert "1 minder later" in maya.get("/desk/minders")


def test_handed_over_it_is_the_colleagues(
    maya: Agent, louis: Agent, riverton: TenantSession
) -> None:
    maya.send("/desk/minders", **CALL_CREW)
    here = f"/desk/minders/riverton/{minder(riverton).id}"
    form = maya.get(here)
    theirs = form.split(">Louis Tremblay<")[0].rsplit('value="', 1)[1].rstrip('"')

    maya.send(f"{here}/owner", to=theirs)

    assert "Call the crew again" in louis.get("/desk/minders")
    assert "Call the crew again" not in maya.get("/desk/minders")


def test_nothing_is_handed_to_who_does_not_serve_the_town(
    maya: Agent, riverton: TenantSession
) -> None:
    maya.send("/desk/minders", **CALL_CREW)

    here = f"/desk/minders/riverton/{minder(riverton).id}"
    assert maya.send(f"{here}/owner", to=str(uuid4()))[0] == 404


def test_what_nobody_has_done_becomes_the_supervisors_business(
    maya: Agent, engine_database: Database, riverton: TenantSession
) -> None:
    maya.send("/desk/minders", **CALL_CREW)
    late = NIGHT + timedelta(hours=1, minutes=24)

    shown = [jobs.show_overdue(engine_database, at=late) for _ in ("one", "another")]

    assert shown == [1, 0]
    assert minder(riverton).overdue_at == late


@pytest.mark.parametrize("act", ["", "/done", "/snooze", "/owner"])
def test_another_towns_minder_is_not_there(
    maya: Agent, tom: Agent, sainte_aurore: TenantSession, act: str
) -> None:
    maya.send("/desk/minders", **CALL_CREW | {"town": "sainte-aurore"})
    it = minder(sainte_aurore).id

    for town in ("riverton", "sainte-aurore"):
        address = f"/desk/minders/{town}/{it}{act}"
        if act:
            assert tom.send(address, minutes="5", to="")[0] == 404
        else:
            assert tom.client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("clock", "after"),
    [
        pytest.param(time(3, 30), timedelta(hours=1, minutes=18), id="tonight"),
        pytest.param(time(2, 12), timedelta(days=1), id="now is tomorrow"),
        pytest.param(time(1, 0), timedelta(hours=22, minutes=48), id="tomorrow"),
    ],
)
def test_a_time_is_the_next_that_the_towns_clocks_show(
    clock: time, after: timedelta
) -> None:
    due = minders.next_time(clock, "America/Chicago", at=NIGHT)

    assert due == NIGHT + after
