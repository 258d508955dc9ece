"""The carriers' callbacks: signed, kept raw once, and never another town's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient

import notify
from notify.carrier import CarrierConfig
from notify.carrier.signing import event_signature, twilio_signature
from notify.channels.recording import RecordingCarrier
from notify.models import ProviderEvent
from notify.samples import SAMPLES
from notify.service import events
from tests.notify.cast import ANA, NIGHT, RIVERTON_LINE, Ear, Place, relay
from tests.notify.office import application, settings_for
from townline.clock import utc_now
from townline.db import new_id
from townline.tenancy import town

PUBLIC = "https://townline.example"
CARRIER = CarrierConfig(
    account_sid="AC" + "5" * 32, auth_token="token", sendgrid_key="SG.key"
)
TEXT = {"From": ANA, "To": RIVERTON_LINE, "Body": "41 ok", "MessageSid": "SM1"}


@dataclass(frozen=True, slots=True)
class Hooks:
    """Calls our addresses as the carriers would; a worker's next round follows."""

    client: TestClient[Litestar]
    places: tuple[Place, ...]

    def twilio(
        self, path: str, form: dict[str, str], *, token: str = "", forged: bool = False
    ) -> tuple[int, str]:
        secret = "guessed" if forged else CARRIER.auth_token
        headers = {
            "X-Twilio-Signature": twilio_signature(secret, PUBLIC + path, form.items())
        }
        if token:
            headers["I-Twilio-Idempotency-Token"] = token
        answer = self.client.post(path, data=form, headers=headers)
        self._apply()
        return answer.status_code, answer.text

    def sendgrid(self, reports: list[dict[str, str]], *, forged: bool = False) -> int:
        body = msgspec.json.encode(reports)
        signature = event_signature(
            CARRIER.sendgrid_signing_key, timestamp="1770884000", body=body
        )
        headers = {
            "X-Twilio-Email-Event-Webhook-Signature": signature,
            "X-Twilio-Email-Event-Webhook-Timestamp": "9" if forged else "1770884000",
            "Content-Type": "application/json",
        }
        path = "/hooks/sendgrid/events"
        answer = self.client.post(path, content=body, headers=headers)
        self._apply()
        return answer.status_code

    def _apply(self) -> None:
        for place in self.places:
            with town(place.database, place.tenant_id) as db:
                events.join(db, at=utc_now())


@pytest.fixture
def hooks(rivertown: Place, aurore: Place) -> Iterator[Hooks]:
    settings = settings_for(PUBLIC, CARRIER, rivertown.database.url)
    with TestClient(application(settings, rivertown.database)) as client:
        yield Hooks(client, (rivertown, aurore))


@pytest.fixture
def texted(rivertown: Place, carrier: RecordingCarrier, ear: Ear) -> Place:
    rivertown.promise(relay())
    notify.send_due(rivertown.database, carrier.everywhere(), at=NIGHT)
    return rivertown


def test_a_receipt_is_kept_raw_and_applied(texted: Place, hooks: Hooks) -> None:
    status, _ = hooks.twilio(receipt(texted), {"MessageStatus": "delivered"})

    assert status == 204
    assert texted.states() == ["delivered"]
    [event] = kept(texted)
    assert event.payload == {"MessageStatus": "delivered"}
    assert event.applied_at


def test_a_receipt_that_comes_twice_is_kept_once(texted: Place, hooks: Hooks) -> None:
    for _ in range(2):
        hooks.twilio(receipt(texted), {"MessageStatus": "sent"}, token="one")

    assert len(kept(texted)) == 1


def test_a_wrong_signature_is_refused_and_changes_nothing(
    texted: Place, hooks: Hooks
) -> None:
    form = {"MessageStatus": "delivered"}

    status, _ = hooks.twilio(receipt(texted), form, forged=True)

    assert status == 403
    assert texted.states() == ["accepted"]
    assert kept(texted) == []


@pytest.mark.parametrize(
    "noun", ["message-status", "call-status", "relay"], ids=["text", "call", "words"]
)
def test_another_towns_prefix_finds_nothing_and_changes_nothing(
    texted: Place, aurore: Place, hooks: Hooks, noun: str
) -> None:
    [attempt] = texted.attempts()
    form = {"MessageStatus": "delivered", "CallStatus": "completed", "Digits": "1"}

    status, _ = hooks.twilio(f"/hooks/twilio/{noun}/SAU/{attempt.id}", form)

    assert status == 404
    assert texted.states() == ["accepted"]
    assert kept(texted) == kept(aurore) == []


def test_a_report_about_nothing_we_know_is_kept_and_joined_later(
    rivertown: Place, hooks: Hooks, carrier: RecordingCarrier
) -> None:
    unknown = new_id()
    path = f"/hooks/twilio/message-status/RIV/{unknown}"
    hooks.twilio(path, {"MessageStatus": "delivered", "MessageSid": "SM1"})
    [waiting] = kept(rivertown)
    assert waiting.applied_at is None
    rivertown.promise(relay())
    notify.send_due(rivertown.database, carrier.everywhere(), at=NIGHT)
    [attempt] = rivertown.attempts()
    with town(rivertown.database, rivertown.tenant_id) as db:
        db.get(ProviderEvent, waiting.id).attempt_id = attempt.id

    with town(rivertown.database, rivertown.tenant_id) as db:
        joined = events.join(db, at=waiting.received_at)

    assert joined == 1
    assert rivertown.states() == ["delivered"]


def test_a_text_that_twilio_repeats_is_answered_alike_and_acted_on_once(
    texted: Place, hooks: Hooks, ear: Ear
) -> None:
    answers = [hooks.twilio("/hooks/twilio/sms", TEXT, token="t") for _ in range(2)]

    assert answers[0] == answers[1]
    assert "<Message>accept: 41</Message>" in answers[0][1]
    assert len(ear.answers) == 1


def test_a_forged_text_accepts_nothing(texted: Place, hooks: Hooks, ear: Ear) -> None:
    status, _ = hooks.twilio("/hooks/twilio/sms", TEXT, forged=True)

    assert status == 403
    assert ear.answers == []


def test_a_text_to_nobodys_number_is_not_found(texted: Place, hooks: Hooks) -> None:
    status, _ = hooks.twilio("/hooks/twilio/sms", {**TEXT, "To": "+13125559999"})

    assert status == 404


def test_a_key_that_twilio_repeats_is_pressed_once(
    rivertown: Place, hooks: Hooks, carrier: RecordingCarrier, ear: Ear
) -> None:
    rivertown.promise(relay(channel="voice"))
    notify.send_due(rivertown.database, carrier.everywhere(), at=NIGHT)
    [attempt] = rivertown.attempts()
    path = f"/hooks/twilio/relay/RIV/{attempt.id}/key"
    form = {"CallSid": "CA1", "CallStatus": "in-progress", "Digits": "1"}

    answers = [hooks.twilio(path, form, token="t") for _ in range(2)]

    assert answers[0] == answers[1]
    assert "accept: 41" in answers[0][1]
    assert ear.answers == [("Ana Ruiz", "accept", "voice")]


def test_a_call_that_only_tells_something_asks_for_no_key(
    rivertown: Place, hooks: Hooks, carrier: RecordingCarrier
) -> None:
    context = SAMPLES["destination_code"].context
    told = {"purpose": "notice", "template": "destination_code", "context": context}
    rivertown.promise(relay(channel="voice", code=False, **told))
    notify.send_due(rivertown.database, carrier.everywhere(), at=NIGHT)
    [attempt] = rivertown.attempts()

    _, said = hooks.twilio(f"/hooks/twilio/relay/RIV/{attempt.id}", {"CallSid": "CA1"})

    assert "Your code is: 4, 8, 2, 9, 1, 3." in said
    assert "Gather" not in said
    assert "Hangup" in said


def test_a_letters_events_are_believed_only_when_signed(
    rivertown: Place, hooks: Hooks, carrier: RecordingCarrier
) -> None:
    report = letter_to_ana(rivertown, carrier)

    forged = hooks.sendgrid([report], forged=True)
    after_forgery = rivertown.states()
    genuine = hooks.sendgrid([report])

    assert (forged, genuine) == (403, 204)
    assert after_forgery == ["accepted"]
    assert rivertown.states() == ["delivered"]


@pytest.mark.parametrize("prefix", ["SAU", "XXX", ""], ids=["other", "no", "none"])
def test_a_letters_event_in_another_towns_name_is_passed_over(
    rivertown: Place, hooks: Hooks, carrier: RecordingCarrier, prefix: str
) -> None:
    report = letter_to_ana(rivertown, carrier)

    status = hooks.sendgrid([{**report, "town": prefix}])

    assert status == 204
    assert rivertown.states() == ["accepted"]


def test_a_letter_that_answers_nothing_is_taken_and_forgotten(hooks: Hooks) -> None:
    form = {"to": "relay+RIV.xxxxxxxxxxxx@townline.example", "text": "ok"}

    parts = {name: (None, value) for name, value in form.items()}
    answer = hooks.client.post("/hooks/sendgrid/inbound", files=parts)

    assert answer.status_code == 200


def letter_to_ana(place: Place, carrier: RecordingCarrier) -> dict[str, str]:
    place.promise(relay(channel="email", destination="ana.ruiz@riverton.example"))
    notify.send_due(place.database, carrier.everywhere(), at=NIGHT)
    [attempt] = place.attempts()
    return {
        "event": "delivered",
        "sg_event_id": "event-1",
        "town": "RIV",
        "attempt": str(attempt.id),
    }


def receipt(place: Place) -> str:
    [attempt] = place.attempts()
    return f"/hooks/twilio/message-status/RIV/{attempt.id}"


def kept(place: Place) -> list[ProviderEvent]:
    with town(place.database, place.tenant_id) as db:
        return list(db.session.scalars(db.rows(ProviderEvent)))
