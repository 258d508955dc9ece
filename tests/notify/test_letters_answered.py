"""Letters that come back: accepted, declined, or set aside for somebody to look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from msgspec import structs
from sqlalchemy import select

import notify
from notify.carrier.mail.answers import inbound_form
from notify.carrier.mail.letters import Letter
from notify.channels import Parcel
from notify.channels.recording import RecordingCarrier
from notify.models import ProviderEvent
from notify.rules.letters import fields, read
from notify.sending import REHEARSAL
from notify.web.quarantine import SET_ASIDE
from tests.environment import SECRET
from tests.notify.cast import Ear, Place, relay
from tests.notify.office import application, settings_for
from tests.notify.test_hooks import CARRIER, PUBLIC
from townline.clock import utc_now
from townline.db import Database

ANA_READS = "ana.ruiz@riverton.example"
INBOUND = "/hooks/sendgrid/inbound"
DESK = replace(REHEARSAL, secret=SECRET)


@pytest.fixture
def post(rivertown: Place) -> Iterator[TestClient[Litestar]]:
    settings = settings_for(PUBLIC, CARRIER, rivertown.database.url)
    with TestClient(application(settings, rivertown.database)) as client:
        yield client


@pytest.fixture
def sent(rivertown: Place, carrier: RecordingCarrier, ear: Ear) -> Parcel:
    """Ana has a letter about a main break."""
    at = utc_now()
    rivertown.promise(relay(channel="email", destination=ANA_READS, due_at=at))
    deliver(rivertown, carrier)
    return carrier.sent[-1]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        pytest.param("ok", "accept", id="taken"),
        pytest.param("Oui, je le prends.\n\n> RIV niveau 1", None, id="a sentence"),
        pytest.param("non", "decline", id="declined in French"),
        pytest.param("No\n> quoted", "decline", id="declined above a quote"),
    ],
)
def test_a_letter_answers_for_whoever_it_was_sent_to(
    post: TestClient[Litestar],
    rivertown: Place,
    sent: Parcel,
    ear: Ear,
    words: str,
    kind: str | None,
) -> None:
    assert write(post, sent, words) == 200

    expected = [("Ana Ruiz", kind, "email")] if kind else []
    assert ear.answers == expected


def test_an_answer_by_letter_is_answered_by_letter(
    post: TestClient[Litestar],
    rivertown: Place,
    sent: Parcel,
    carrier: RecordingCarrier,
) -> None:
    write(post, sent, "ok")
    deliver(rivertown, carrier)

    answer = carrier.sent[-1]
    assert answer.theirs == ANA_READS
    assert answer.subject == "City of Riverton: to your answer"
    assert "accept:" in answer.body


def test_a_letter_that_is_handed_on_twice_answers_once(
    post: TestClient[Litestar], sent: Parcel, ear: Ear
) -> None:
    for _ in range(2):
        write(post, sent, "ok", message_id="one")

    assert len(ear.answers) == 1


def test_a_letter_in_an_old_character_set_is_read(
    post: TestClient[Litestar], sent: Parcel, ear: Ear
) -> None:
    body, content_type = form(sent, "oui\n> é")
    body = body.decode().replace("UTF-8", "iso-8859-1").encode("iso-8859-1")

    answer = post.post(INBOUND, content=body, headers={"content-type": content_type})

    assert answer.status_code == 200
    assert ear.answers == [("Ana Ruiz", "accept", "email")]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param({"text": "what is this about"}, "no_answer", id="a question"),
        pytest.param(
            {"text": "ok", "headers": {"Auto-Submitted": "auto-replied"}},
            "automatic",
            id="an answering machine",
        ),
        pytest.param({"text": "ok", "token": "x" * 12}, "NoSuchLink", id="forged"),
        pytest.param({"text": "ok", "token": ""}, "no_address", id="to nobody"),
        pytest.param({"text": "ok", "prefix": "XXX"}, "no_town", id="no town"),
        pytest.param({"text": "ok", "prefix": "SAU"}, "NoSuchLink", id="another town"),
    ],
)
def test_what_nobody_can_use_is_taken_counted_and_kept(
    post: TestClient[Litestar],
    aurore: Place,
    sent: Parcel,
    ear: Ear,
    change: dict[str, Any],
    why: str,
) -> None:
    before = counted(why)

    status = write(post, sent, **change)

    assert status == 200
    assert counted(why) == before + 1
    assert ear.answers == []
    aside = [each.answer for each in set_aside(aurore.database)]
    nowhere = why in {"no_address", "no_town"}
    assert aside == ([] if nowhere else [f"set aside: {why}"])


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param(b"", "multipart/form-data; boundary=x", id="empty"),
        pytest.param(b"\xff\xfe", "multipart/form-data", id="no boundary"),
        pytest.param(b"ok", "text/plain", id="no form"),
        pytest.param(b"--x\r\ngarbage", "multipart/form-data; boundary=x", id="cut"),
        pytest.param(b"a=1", "\xe9", id="an odd type"),
    ],
)
def test_what_is_no_letter_at_all_is_answered_alike(
    post: TestClient[Litestar], body: bytes, content_type: str
) -> None:
    headers = {b"content-type": content_type.encode("latin-1")}

    answer = post.post(INBOUND, content=body, headers=headers)

    assert answer.status_code == 200


def test_a_letter_is_found_by_the_envelope_too() -> None:
    envelope = '{"to": ["relay+RIV.abc@townline.example"]}'

    found = read({"to": "relay@townline.example", "envelope": envelope})

    assert found
    assert (found.prefix, found.token) == ("RIV", "abc")


def test_the_fields_of_a_form_are_read() -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="to"\r\n\r\n'

    told = fields(head + b"a@b.example\r\n--x--\r\n", "multipart/form-data; boundary=x")

    assert told == {"to": "a@b.example"}


def write(
    post: TestClient[Litestar],
    sent: Parcel,
    text: str,
    *,
    prefix: str = "RIV",
    token: str | None = None,
    message_id: str = "",
    headers: dict[str, str] | None = None,
) -> int:
    known = sent.token if token is None else token
    named = structs.replace(sent, prefix=prefix, token=known)
    body, content_type = form(named, text, message_id=message_id, headers=headers)
    answer = post.post(INBOUND, content=body, headers={"content-type": content_type})
    return answer.status_code


def form(
    to: Parcel,
    text: str,
    *,
    message_id: str = "",
    headers: dict[str, str] | None = None,
) -> tuple[bytes, str]:
    """As SendGrid's inbound parse hands on an answer to the parcel."""
    letter = Letter(
        sid=message_id or uuid4().hex,
        sender=ANA_READS,
        sender_name="Ana Ruiz",
        to=f"relay+{to.prefix}.{to.token}@townline.example",
        subject_line="Re: RIV level 1",
        text=text,
        at=utc_now(),
        headers=headers or {},
    )
    return inbound_form(letter)


def deliver(place: Place, carrier: RecordingCarrier) -> None:
    notify.send_due(place.database, carrier.everywhere(), at=utc_now(), desk=DESK)


def set_aside(engine: Database) -> list[ProviderEvent]:
    """In whatever town."""
    letters = select(ProviderEvent).where(ProviderEvent.source == "letter")
    with engine.everybody() as session:
        return list(session.scalars(letters))


def counted(why: str) -> float:
    number: float = SET_ASIDE.labels("letter", why)._value.get()
    return number
