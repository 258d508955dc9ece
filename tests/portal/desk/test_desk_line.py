"""The line of a call on the desk: its state in words, its keys, and what they do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest

import calls
from calls.legs import service as legs
from calls.recordings import service as recordings
from calls.recordings.models import Recording
from calls.telephony import ExchangeDown
from tests.conftest import NIGHT
from tests.portal.desk.cast import Agent, Minutes, ring
from townline.tenancy import TenantSession


@dataclass(frozen=True, slots=True)
class Talk:
    """Helen's call, with Maya on the line; ``here`` is its address."""

    maya: Agent
    call_id: UUID
    here: str
    db: TenantSession

    def send(self, path: str, **form: str) -> str:
        status, shown = self.maya.send(f"{self.here}/{path}", **form)
        assert status == 200, shown
        return shown

    def asked(self) -> list[str]:
        return [verb for verb, _ in self.maya.exchange.asked]

    def now(self) -> calls.Call:
        self.db.session.rollback()
        return self.db.get(calls.Call, self.call_id, lock=True)


@pytest.fixture
def talk(maya: Agent, riverton: TenantSession) -> Talk:
    call_id = ring(riverton, "CA1", at=NIGHT)
    riverton.session.commit()
    here = f"/desk/calls/riverton/{call_id}"
    maya.send(f"{here}/claim")
    [leg] = legs.of_call(riverton, call_id)
    legs.joined(riverton, leg.id, "CA2", at=NIGHT)
    calls.connected(riverton, call_id, at=NIGHT)
    riverton.session.commit()
    return Talk(maya, call_id, here, riverton)


def joins(talk: Talk, name: str) -> UUID:
    """Whoever was rung has lifted."""
    talk.db.session.rollback()
    leg = next(e for e in legs.of_call(talk.db, talk.call_id) if e.name == name)
    legs.joined(talk.db, leg.id, "CA9", at=NIGHT)
    talk.db.session.commit()
    return leg.id


def test_the_page_says_how_the_line_is_and_what_may_be_done(talk: Talk) -> None:
    shown = talk.maya.get(f"{talk.here}/controls")

    assert "They hear you" in shown
    for key in ("F4", "F6"):
        assert f'aria-keyshortcuts="{key}"' in shown
    assert 'id="controls"' in talk.maya.get(talk.here)


def test_hold_is_said_counted_and_taken_off(talk: Talk, clock: Minutes) -> None:
    held = talk.send("hold")
    clock.at = NIGHT + timedelta(seconds=30)
    back = talk.send("hold/end")

    assert "On hold" in held
    assert "Take off hold" in held
    assert "They hear you" in back
    assert talk.now().held_seconds == 30
    assert talk.asked()[-2:] == ["hold", "take_off_hold"]


def test_a_dead_exchange_is_said_and_changes_nothing(talk: Talk) -> None:
    talk.maya.exchange.answer = ExchangeDown()

    shown = talk.send("hold")

    assert "The telephone exchange did not do it" in shown
    assert "They hear you" in shown
    assert talk.now().held_since is None


def test_911_is_rung_joins_and_stays_with_the_caller(talk: Talk) -> None:
    rung = talk.send("legs", how="conference", target="911")
    joins(talk, "911")
    with_them = talk.maya.get(f"{talk.here}/controls")
    talk.send("departure")

    assert "911 is being rung" in rung
    assert "911 is on the line" in with_them
    assert "Leave them together" in with_them
    assert talk.asked()[-2:] == ["outlive", "drop"]


def test_a_department_is_spoken_to_first_while_the_caller_is_on_hold(
    talk: Talk,
) -> None:
    shown = talk.send("legs", how="warm", target="contact:dan-ortiz")

    assert "On hold" in shown
    assert "Dan Ortiz" in shown
    assert talk.asked()[-2:] == ["hold", "invite"]


def test_a_caller_is_sent_on_with_one_request(talk: Talk) -> None:
    talk.send("legs", how="cold", target="contact:dan-ortiz")

    assert talk.asked()[-1] == "pass_on"


def test_a_number_of_nobodys_is_rung_only_when_it_is_meant(talk: Talk) -> None:
    unsure = talk.send("legs", number="312 555 0188")
    sure = talk.send("legs", number="312 555 0188", meant="yes")

    assert "on no list of the town" in unsure
    assert "is being rung" in sure
    [leg] = [e for e in legs.on_line(talk.db, talk.call_id) if e.kind == "number"]
    assert leg.number == "+13125550188"


def test_somebody_is_rung_once_and_dropped(talk: Talk) -> None:
    talk.send("legs", target="911")
    twice = talk.send("legs", target="911")
    leg_id = joins(talk, "911")
    dropped = talk.send(f"legs/{leg_id}/end")

    assert "being rung for this call already" in twice
    assert "911" not in dropped


def test_nobody_is_left_alone(talk: Talk) -> None:
    assert "the caller would be left alone" in talk.send("departure")


def test_a_broken_line_is_rung_again_with_one_key(talk: Talk) -> None:
    calls.end(talk.db, "CA1", at=NIGHT)
    talk.db.session.commit()
    shown = talk.maya.get(f"{talk.here}/controls")
    talk.send("redial")

    assert "Ring them again" in shown
    talk.db.session.rollback()
    ours = talk.db.rows(calls.Call).where(calls.Call.redial_of == talk.call_id)
    made = talk.db.session.scalars(ours).one()
    talk.db.session.rollback()
    there = f"/desk/calls/riverton/{made.id}/controls"
    assert "Your telephone rings first" in talk.maya.get(there)


def test_the_recording_is_paused_for_a_card_number(talk: Talk) -> None:
    recordings.begun(talk.db, talk.call_id, "RE1", at=NIGHT)
    talk.db.session.commit()

    paused = talk.send("recording/pause")
    again = talk.send("recording/resumption")

    assert "Record again" in paused
    assert "Pause recording" in again
    assert talk.asked()[-2:] == ["pause_recording", "resume_recording"]


def test_a_call_of_another_system_says_where_it_is_held(talk: Talk) -> None:
    call = talk.now()
    call.provider = "avaya"
    talk.db.session.commit()

    assert "Carried by avaya" in talk.maya.get(f"{talk.here}/controls")
    assert "Another telephone system" in talk.send("hold")


def test_a_colleague_sees_the_line_and_cannot_touch_it(
    talk: Talk, louis: Agent
) -> None:
    _, shown = louis.send(f"{talk.here}/hold")

    assert "Vous n’êtes plus en ligne" in shown
    assert "hold" not in talk.asked()


def test_what_was_recorded_is_heard_at_the_desk_and_nowhere_else(
    talk: Talk, tom: Agent, nobody: Agent
) -> None:
    kept = recordings.begun(talk.db, talk.call_id, "RE1", at=NIGHT)
    recordings.completed(talk.db, talk.call_id, "RE1", seconds=9, at=NIGHT)
    talk.db.session.commit()
    there = f"/desk/recordings/riverton/{kept.id}"

    heard = talk.maya.client.get(there)

    assert heard.content == b"RIFF"
    assert heard.headers["cache-control"] == "no-store"
    assert nobody.client.get(there).status_code in {403, 404}
    assert (
        talk.maya.client.get(f"/desk/recordings/sainte-aurore/{kept.id}").status_code
        == 404
    )
    talk.db.session.rollback()
    assert talk.db.get(Recording, kept.id).seconds == 9


@pytest.mark.parametrize(
    "path",
    [
        "hold",
        "hold/end",
        "legs",
        f"legs/{UUID(int=7)}/end",
        "departure",
        "end",
        "redial",
        "recording/pause",
        "recording/resumption",
    ],
)
def test_another_town_has_no_such_line(talk: Talk, path: str) -> None:
    elsewhere = talk.here.replace("/riverton/", "/sainte-aurore/")

    status, _ = talk.maya.send(f"{elsewhere}/{path}", target="911")

    assert status == 404


@pytest.mark.parametrize("path", ["controls", "targets"])
def test_another_town_shows_nothing_of_the_line(talk: Talk, path: str) -> None:
    elsewhere = talk.here.replace("/riverton/", "/sainte-aurore/")

    assert talk.maya.client.get(f"{elsewhere}/{path}").status_code == 404
