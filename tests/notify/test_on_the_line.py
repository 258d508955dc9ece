"""Somebody waits for an answer while the database is slow or a lock is held."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from urllib.parse import urldefrag
from xml.etree import ElementTree

import pytest
from litestar.testing import TestClient

import notify
from notify.channels.recording import RecordingCarrier
from notify.models import Notification, ProviderEvent
from notify.service import deciding, events
from notify.service.events import Report
from notify.web.turns import MOST_TURNS
from tests.notify.cast import ANA, NIGHT, RIVERTON_LINE, Ear, Place, relay
from tests.notify.office import application, settings_for
from tests.notify.test_hooks import CARRIER, PUBLIC, Hooks
from townline.clock import utc_now
from townline.db import Database
from townline.roles import ENGINE
from townline.tenancy import town

Taking = Callable[[], AbstractContextManager[object]]
IN_CALL = {"CallSid": "CA1", "CallStatus": "in-progress", "To": ANA}


@pytest.fixture
def hooks(rivertown: Place) -> Iterator[Hooks]:
    settings = settings_for(PUBLIC, CARRIER, rivertown.database.url)
    with TestClient(application(settings, rivertown.database)) as client:
        yield Hooks(client, (rivertown,))


@pytest.fixture
def called(rivertown: Place, carrier: RecordingCarrier, ear: Ear) -> str:
    """Ana is being called; the address of the key she presses."""
    rivertown.promise(relay(channel="voice"))
    notify.send_due(rivertown.database, carrier.everywhere(), at=NIGHT)
    [attempt] = rivertown.attempts()
    return f"/hooks/twilio/relay/RIV/{attempt.id}/key?language=en"


def test_a_held_lock_is_waited_for_in_the_call_and_the_key_is_not_lost(
    rivertown: Place, hooks: Hooks, called: str, ear: Ear
) -> None:
    with locked(rivertown):
        # The lock is held until after the answer: it was not waited out.
        said = press(hooks, called, "1")

    after_it = press(hooks, led_to(said))

    assert words(said) == "One moment, please."
    assert words(after_it) == "accept: 41"
    assert ear.answers == [("Ana Ruiz", "accept", "voice")]


def test_a_moment_is_asked_for_in_the_callers_language(
    rivertown: Place, hooks: Hooks, called: str
) -> None:
    with locked(rivertown):
        said = press(hooks, called.replace("language=en", "language=fr"), "1")

    assert words(said) == "Un instant, s’il vous plaît."


def test_a_key_is_decided_once_though_the_first_turn_came_through_after_all(
    rivertown: Place, hooks: Hooks, called: str, ear: Ear
) -> None:
    with locked(rivertown):
        said = press(hooks, called, "1")

    answers = [words(press(hooks, led_to(said))) for _ in range(2)]

    assert answers == ["accept: 41"] * 2
    assert len(ear.answers) == 1


def test_whoever_hangs_up_meanwhile_has_answered_all_the_same(
    rivertown: Place,
    hooks: Hooks,
    called: str,
    ear: Ear,
    carrier: RecordingCarrier,
) -> None:
    with locked(rivertown):
        press(hooks, called, "1")

    decide_late(rivertown)
    notify.send_due(rivertown.database, carrier.everywhere(), at=later())

    assert ear.answers == [("Ana Ruiz", "accept", "voice")]
    assert (carrier.sent[-1].theirs, carrier.sent[-1].channel) == (ANA, "sms")
    assert carrier.sent[-1].body.startswith("accept: 41")


def test_after_the_last_turn_the_desk_takes_over(
    rivertown: Place, hooks: Hooks, called: str
) -> None:
    with locked(rivertown):
        said = press(hooks, f"{called}&turn={MOST_TURNS}", "1")

    assert words(said) == "We put you through to the desk."
    assert led_to(said).startswith("/hooks/twilio/voice/crew/desk/RIV")


def test_a_slow_database_loses_no_key_either(
    rivertown: Place, called: str, ear: Ear
) -> None:
    with slow(rivertown) as (hooks, connection):
        with connection():
            # The connection is taken until after the answer.
            said = press(hooks, called, "1")
        after_it = press(hooks, led_to(said))

    assert words(said) == "One moment, please."
    assert words(after_it) == "accept: 41"
    assert len(ear.answers) == 1


def test_the_words_of_a_call_wait_for_a_slow_database_too(
    rivertown: Place, called: str, ear: Ear
) -> None:
    page = called.partition("/key")[0]
    with slow(rivertown) as (hooks, connection):
        with connection():
            said = press(hooks, page, AnsweredBy="machine_end_beep")
        after_it = press(hooks, led_to(said))

    assert words(said) == "One moment, please."
    # It is still a mailbox that hears it.
    assert "Your code is 4 1." in words(after_it)


def test_a_text_that_meets_a_lock_is_answered_by_a_text_of_its_own(
    rivertown: Place, hooks: Hooks, carrier: RecordingCarrier, ear: Ear
) -> None:
    rivertown.promise(relay())
    notify.send_due(rivertown.database, carrier.everywhere(), at=NIGHT)
    text = {"From": ANA, "To": RIVERTON_LINE, "Body": "41 ok", "MessageSid": "SM1"}
    with locked(rivertown):
        status, said = hooks.twilio("/hooks/twilio/sms", text)

    decide_late(rivertown)
    notify.send_due(rivertown.database, carrier.everywhere(), at=later())

    assert status == 200
    assert "Message>" not in said
    assert ear.answers == [("Ana Ruiz", "accept", "sms")]
    assert carrier.sent[-1].body.startswith("accept: 41")


def test_a_text_that_cannot_be_kept_is_asked_for_again(
    rivertown: Place, ear: Ear
) -> None:
    text = {"From": ANA, "To": RIVERTON_LINE, "Body": "41 ok", "MessageSid": "SM1"}
    with slow(rivertown) as (hooks, connection), connection():
        status, _ = hooks.twilio("/hooks/twilio/sms", text)

    assert status == 503


def test_what_can_never_be_decided_is_set_aside(rivertown: Place, ear: Ear) -> None:
    report = Report(source="key", key="key:x", attempt_id=None, payload={"Digits": "1"})
    with town(rivertown.database, rivertown.tenant_id) as db:
        events.keep(db, [report], at=utc_now())

    decide_late(rivertown)

    with town(rivertown.database, rivertown.tenant_id) as db:
        [event] = db.session.scalars(db.rows(ProviderEvent))
    assert event.answer == "set aside: NotFound"
    assert ear.answers == []


@contextmanager
def locked(place: Place) -> Iterator[None]:
    """Somebody holds what every answer must lock."""
    with town(place.database, place.tenant_id) as db:
        db.session.scalars(db.rows(Notification).with_for_update()).all()
        yield


@contextmanager
def slow(place: Place) -> Iterator[tuple[Hooks, Taking]]:
    """A web process whose one connection is taken for as long as a story says."""
    narrow = Database(place.database.url, role=ENGINE, connections=1)
    settings = settings_for(PUBLIC, CARRIER, narrow.url)
    with TestClient(application(settings, narrow)) as client:
        yield Hooks(client, ()), narrow.engine.connect
    narrow.dispose()


def press(hooks: Hooks, address: str, digit: str = "", **more: str) -> str:
    form = {**IN_CALL, **more} | ({"Digits": digit} if digit else {})
    status, document = hooks.twilio(address, form)
    assert status == 200
    return document


def words(document: str) -> str:
    # What is read here was written by the application under test.
    root = ElementTree.fromstring(document)  # noqa: S314
    return " ".join(each.text or "" for each in root.iter("Say"))


def led_to(document: str) -> str:
    root = ElementTree.fromstring(document)  # noqa: S314
    address = root.findtext("Redirect") or ""
    assert address.endswith("#rc=5&rp=all")
    return urldefrag(address).url


def decide_late(place: Place) -> None:
    """A worker's round, when whoever was on the line has long been answered."""
    with town(place.database, place.tenant_id) as db:
        for key in deciding.undecided(db, at=later()):
            deciding.settle_late(db, key, at=later())


def later() -> datetime:
    return utc_now() + deciding.LATE + timedelta(seconds=1)
