from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

import calls
from calls import Call
from calls.rules.claims import CLAIM_LASTS
from calls.telephony import REST_SECONDS, RING_SECONDS, TRIES
from notify.channels.twiml import INSIST
from tests.calls.cast import PUBLIC_URL, RIVERTON_LINE, TOKEN, VOICE, Switch, said
from tests.conftest import NIGHT
from townline.auth import Person
from townline.tenancy import TenantSession


def the_call(db: TenantSession) -> Call:
    db.session.rollback()
    return db.session.scalars(
        db.rows(Call).execution_options(populate_existing=True)
    ).one()


def taken(db: TenantSession, by: Person) -> Call:
    """Their call, claimed by an agent whose phone rings now."""
    call = calls.claim(db, the_call(db).id, by=by, at=NIGHT)
    db.session.commit()
    return call


def test_a_line_rings_and_the_town_answers_in_its_own_words(
    switch: Switch, riverton: TenantSession
) -> None:
    document = switch.hears(CallStatus="ringing")

    ((language, words),) = said(document)
    assert language == "en-US"
    assert words.startswith("City of Riverton. City Hall is closed, and we answer")
    enqueue = document.find("Enqueue")
    assert enqueue is not None
    assert enqueue.text == "RIV"
    assert enqueue.get("waitUrl") == f"{PUBLIC_URL}{VOICE}/wait{INSIST}"
    assert enqueue.get("action") == f"{PUBLIC_URL}{VOICE}/left{INSIST}"
    call = the_call(riverton)
    assert (call.sid, call.line, call.language) == ("CA1", RIVERTON_LINE, "en")


def test_a_town_of_two_languages_asks_first(
    french_switch: Switch, sainte_aurore: TenantSession
) -> None:
    document = french_switch.hears()

    gather = document.find("Gather")
    assert gather is not None
    assert gather.get("action") == f"{PUBLIC_URL}{VOICE}/language"
    assert said(document) == [
        ("fr-CA", "Ville de Sainte-Aurore. Pour le français, faites le 1."),
        ("en-US", "Town of Sainte-Aurore. For English, press 2."),
    ]
    assert document.find("Enqueue") is None
    assert the_call(sainte_aurore).language == "fr"


@pytest.mark.parametrize(
    ("digits", "locale", "language", "words"),
    [
        pytest.param("1", "fr-CA", "fr", "L’hôtel de ville est fermé", id="French"),
        pytest.param("2", "en-US", "en", "Town hall is closed", id="English"),
        pytest.param("", "fr-CA", "fr", "L’hôtel de ville est", id="no key"),
    ],
)
def test_the_caller_is_greeted_in_the_language_they_chose(
    french_switch: Switch,
    sainte_aurore: TenantSession,
    digits: str,
    locale: str,
    language: str,
    words: str,
) -> None:
    french_switch.hears()

    document = french_switch.hears("/language", Digits=digits)

    ((spoken, greeting),) = said(document)
    assert spoken == locale
    assert words in greeting
    assert document.find("Enqueue") is not None
    assert the_call(sainte_aurore).language == language


def test_a_caller_on_hold_hears_their_place_and_what_they_could_do(
    switch: Switch, riverton: TenantSession
) -> None:
    switch.hears()

    document = switch.hears("/wait", QueuePosition="1", QueueTime="40")

    assert [words for _, words in said(document)] == [
        "You are next. Please stay on the line.",
        "To keep your place and be called back, press 1.",
        "To leave a message instead, press 2.",
    ]
    gather = document.find("Gather")
    assert gather is not None
    assert gather.get("action") == f"{PUBLIC_URL}{VOICE}/wait/key{INSIST}"


def test_a_report_that_is_repeated_makes_one_call(
    switch: Switch, riverton: TenantSession
) -> None:
    first, second = (switch.reports().text for _ in "ab")

    assert first == second
    assert the_call(riverton).sid == "CA1"


def test_an_unknown_line_says_so_politely_and_hangs_up(
    switch: Switch, riverton: TenantSession
) -> None:
    document = replace(switch, line="+13125550999").hears()

    assert [language for language, _ in said(document)] == ["en-US", "fr-CA"]
    assert document.find("Hangup") is not None
    assert not riverton.session.scalars(riverton.rows(Call)).all()


def test_a_caller_who_hangs_up_in_line_is_missed(
    switch: Switch, riverton: TenantSession
) -> None:
    switch.hears()

    switch.hears("/left", QueueResult="hangup", QueueTime="40")

    call = the_call(riverton)
    assert (call.ended_at, call.claimed_at) == (NIGHT, None)


@pytest.mark.parametrize("result", ["queue-full", "error", "system-error"])
def test_a_queue_that_breaks_apologises(
    switch: Switch, riverton: TenantSession, result: str
) -> None:
    switch.hears()

    document = switch.hears("/left", QueueResult=result)

    assert said(document)[0][1].startswith("We cannot take your call this minute.")
    assert document.find("Hangup") is not None


def test_leaving_the_queue_for_an_agent_says_nothing(
    switch: Switch, riverton: TenantSession
) -> None:
    switch.hears()

    assert len(switch.hears("/left", QueueResult="redirected")) == 0
    assert the_call(riverton).ended_at is None


def test_the_end_of_a_call_is_told_by_its_status(
    switch: Switch, riverton: TenantSession
) -> None:
    switch.hears()

    for status in ("in-progress", "completed", "completed"):
        assert switch.reports("/status", CallStatus=status).status_code == 204

    assert the_call(riverton).ended_at == NIGHT


@pytest.mark.parametrize("path", ["/wait", "/left", "/status"])
def test_a_call_that_never_rang_is_nobodys(switch: Switch, path: str) -> None:
    answer = switch.reports(path, CallStatus="completed", QueueResult="hangup")

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/language",
        "/wait",
        "/left",
        f"/legs/{UUID(int=1)}/{UUID(int=2)}",
        f"/legs/{UUID(int=1)}/{UUID(int=2)}/passed",
        f"/legs/{UUID(int=1)}/{UUID(int=2)}/status",
        f"/rooms/{UUID(int=1)}/{UUID(int=2)}",
        f"/rooms/{UUID(int=1)}/{UUID(int=2)}/again",
        f"/rooms/{UUID(int=1)}/{UUID(int=2)}/caller",
        f"/rooms/{UUID(int=1)}/{UUID(int=2)}/music",
        f"/rooms/{UUID(int=1)}/{UUID(int=2)}/over",
        f"/rooms/{UUID(int=1)}/{UUID(int=2)}/recording",
        "/status",
    ],
)
def test_only_the_exchange_may_report(switch: Switch, path: str) -> None:
    form = {"CallSid": "CA1", "To": RIVERTON_LINE}

    assert switch.posts(path, form, token="another").status_code == 403
    assert switch.client.post(f"{VOICE}{path}", data=form).status_code == 403


def test_a_report_without_a_call_is_refused(switch: Switch) -> None:
    assert switch.posts("", {"To": RIVERTON_LINE}, token=TOKEN).status_code == 422


def test_an_agents_phone_stops_ringing_before_the_claim_runs_out() -> None:
    # The caller is looked for first, then the telephone is rung.
    slowest = timedelta(seconds=RING_SECONDS + 2 * TRIES * REST_SECONDS)

    assert slowest < CLAIM_LASTS
