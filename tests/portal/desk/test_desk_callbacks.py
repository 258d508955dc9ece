"""The desk's list of calls to make: each number once, one agent at a time."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

import calls
from calls import Call
from calls.returning import CallBack, Message, Voicemail, keep_message, want
from tests.conftest import NIGHT
from tests.portal.desk.cast import HELEN, Agent, ring
from townline.tenancy import TenantSession


def hung_up(
    db: TenantSession, sid: str, *, after: int = 40, caller: str = HELEN
) -> UUID:
    """Who waited so many seconds, and then no longer."""
    at = NIGHT - timedelta(minutes=10)
    id = ring(db, sid, at=at, caller=caller)
    calls.end(db, sid, at=at + timedelta(seconds=after))
    db.session.commit()
    return id


def entries(db: TenantSession) -> list[CallBack]:
    db.session.rollback()
    rows = db.rows(CallBack).execution_options(populate_existing=True)
    return list(db.session.scalars(rows))


@pytest.fixture
def owed(riverton: TenantSession, maya: Agent) -> str:
    """Helen hung up after 40 seconds."""
    hung_up(riverton, "CA1")
    (entry,) = entries(riverton)
    return f"/desk/callbacks/riverton/{entry.id}"


def left_message(db: TenantSession, sid: str, *, caller: str) -> Voicemail:
    call = db.get(Call, ring(db, sid, at=NIGHT, caller=caller))
    message = Message(recording=f"RE{sid}", url="https://c.example/RE", seconds=14)
    voicemail = keep_message(db, call, message, at=NIGHT)
    calls.end(db, sid, at=NIGHT)
    db.session.commit()
    return voicemail


def test_a_number_is_listed_once_with_its_age(
    riverton: TenantSession, maya: Agent, owed: str
) -> None:
    hung_up(riverton, "CA2")

    page = maya.get("/desk/callbacks")

    assert page.count("(312) 555-0142</b>") == 1
    assert "called 2 times" in page
    assert "Hung up" in page
    assert 'data-since="2026-' in page
    assert f'action="{owed}/ring"' in page
    assert 'aria-keyshortcuts="F4"' in page


def test_the_list_is_said_in_french_too(louis: Agent, owed: str) -> None:
    page = louis.get("/desk/callbacks")

    assert "À rappeler" in page
    assert "A raccroché" in page


def test_misdials_stand_apart_and_withheld_numbers_are_counted(
    riverton: TenantSession, maya: Agent
) -> None:
    hung_up(riverton, "CA1", after=9)
    hung_up(riverton, "CA2", caller="anonymous")

    page = maya.get("/desk/callbacks")

    assert "1 hung up within ten seconds" in page
    assert "1 more withheld the number" in page
    assert "Nobody is to be called back." in page


def test_who_asked_comes_before_who_hung_up(
    riverton: TenantSession, maya: Agent, owed: str
) -> None:
    asked = ring(riverton, "CA2", at=NIGHT, caller="+13125550177")
    want(riverton, riverton.get(Call, asked), at=NIGHT)
    calls.end(riverton, "CA2", at=NIGHT)
    riverton.session.commit()

    page = maya.get("/desk/callbacks/list")

    assert page.index("Asked to be called back") < page.index("Hung up")


def test_a_message_is_heard_through_us_even_without_a_number(
    riverton: TenantSession, maya: Agent
) -> None:
    voicemail = left_message(riverton, "CA1", caller="anonymous")
    voicemail.transcript = "The hydrant leaks."
    riverton.session.commit()
    address = f"/desk/messages/riverton/{voicemail.id}"

    page = maya.get("/desk/callbacks")
    sound = maya.client.get(address)

    assert f'src="{address}"' in page
    assert "The hydrant leaks." in page
    assert "Number withheld" in page
    assert (sound.headers["content-type"], sound.content) == ("audio/wav", b"RIFF")


def test_ringing_rings_the_agent_first_and_opens_the_call(
    riverton: TenantSession, maya: Agent, owed: str
) -> None:
    status, where = maya.send(f"{owed}/ring")

    assert status == 303
    (wish,) = maya.exchange.wishes
    assert wish.sid is None
    assert where == f"/desk/calls/riverton/{wish.call_id}"
    call = riverton.get(Call, wish.call_id)
    assert (call.outbound, call.caller, call.claimed_by_name) == (
        True,
        HELEN,
        "Maya Okafor",
    )


def test_two_agents_never_ring_the_same_person(
    maya: Agent, louis: Agent, owed: str
) -> None:
    maya.send(f"{owed}/ring")

    for verb in ("ring", "claim"):
        status, page = louis.send(f"{owed}/{verb}")

        assert status == 409
        assert "Quelqu’un d’autre appelle ce numéro." in page
    assert len(maya.exchange.wishes) == 1
    assert "Maya Okafor appelle ce numéro" in louis.get("/desk/callbacks")


def test_a_hold_that_nobody_ended_runs_out(
    maya: Agent, louis: Agent, owed: str
) -> None:
    maya.send(f"{owed}/claim")
    maya.clock.at += timedelta(minutes=16)

    status, _ = louis.send(f"{owed}/claim")

    assert status == 303


def test_what_came_of_it_is_said_by_a_key(maya: Agent, owed: str) -> None:
    maya.send(f"{owed}/claim")

    page = maya.get("/desk/callbacks")

    for key in range(1, 6):
        assert f'aria-keyshortcuts="{key}"' in page
    assert 'href="tel:+13125550142"' in page


@pytest.mark.parametrize(
    ("result", "done"),
    [
        ("reached", True),
        ("no_answer", False),
        ("voicemail_left", True),
        ("invalid_number", True),
        ("not_needed", True),
    ],
)
def test_only_a_call_that_nobody_answered_is_made_again(
    riverton: TenantSession, maya: Agent, owed: str, result: str, *, done: bool
) -> None:
    maya.send(f"{owed}/claim")

    for _ in ("once", "and a double click"):
        maya.send(f"{owed}/result", result=result)

    (entry,) = entries(riverton)
    assert (entry.done_at is not None, entry.result) == (done, result)
    assert entry.tries == (result != "not_needed")
    assert ("Nobody is to be called back." in maya.get("/desk/callbacks")) is done


def test_giving_it_back_lets_another_ring(maya: Agent, louis: Agent, owed: str) -> None:
    maya.send(f"{owed}/claim")
    maya.send(f"{owed}/release")

    assert louis.send(f"{owed}/claim")[0] == 303


def test_who_asked_waits_at_their_place_in_the_queue(
    riverton: TenantSession, maya: Agent
) -> None:
    first = NIGHT - timedelta(minutes=5)
    asked = ring(riverton, "CA1", at=first, caller="+13125550177")
    want(riverton, riverton.get(Call, asked), at=NIGHT)
    calls.end(riverton, "CA1", at=NIGHT)
    ring(riverton, "CA2", at=NIGHT)
    riverton.session.commit()

    page = maya.get("/desk/waiting")

    assert page.index("(312) 555-0177") < page.index("(312) 555-0142")
    ours = riverton.session.scalars(riverton.rows(Call).where(Call.outbound)).one()
    status, _ = maya.send(f"/desk/calls/riverton/{ours.id}/claim")
    assert status == 303
    assert [each.call_id for each in maya.exchange.wishes] == [ours.id]


@pytest.mark.parametrize("verb", ["claim", "ring", "release", "result"])
def test_a_town_cannot_touch_anothers_list(
    tom: Agent, sainte_aurore: TenantSession, verb: str
) -> None:
    id = ring(sainte_aurore, "CA1", at=NIGHT, language="fr")
    calls.end(sainte_aurore, "CA1", at=NIGHT + timedelta(seconds=40))
    sainte_aurore.session.commit()
    (entry,) = entries(sainte_aurore)

    theirs, _ = tom.send(
        f"/desk/callbacks/sainte-aurore/{entry.id}/{verb}", result="reached"
    )
    mixed, _ = tom.send(f"/desk/callbacks/riverton/{entry.id}/{verb}", result="reached")

    assert theirs == 404
    assert mixed == (303 if verb == "release" else 404)
    assert entries(sainte_aurore)[0].claimed_by is None
    assert str(id) not in tom.get("/desk/callbacks")


def test_a_town_cannot_hear_anothers_message(
    sainte_aurore: TenantSession, tom: Agent
) -> None:
    voicemail = left_message(sainte_aurore, "CA1", caller="+14185550137")

    for slug in ("riverton", "sainte-aurore"):
        answer = tom.client.get(f"/desk/messages/{slug}/{voicemail.id}")
        assert answer.status_code == 404
