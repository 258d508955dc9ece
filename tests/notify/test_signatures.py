"""While a key is exchanged, what is signed with either is believed; else nothing is."""

from __future__ import annotations

import pytest

from notify.carrier.signing import (
    event_signature,
    generate_signing_key,
    public_key_of,
    twilio_signature,
)
from notify.channels import signatures

URL = "https://townline.example/hooks/twilio/sms"
FORM = {"From": "+13125550161", "Body": "41 ok"}
BODY, TIMESTAMP = b'[{"event":"delivered"}]', "1770884000"
OLD, NEW, GUESSED = (generate_signing_key() for _ in range(3))


@pytest.mark.parametrize(
    ("signed_with", "known", "genuine"),
    [
        pytest.param("old", ("old",), True, id="the only token"),
        pytest.param("old", ("new", "old"), True, id="the one that goes"),
        pytest.param("new", ("new", "old"), True, id="the one that comes"),
        pytest.param("guessed", ("new", "old"), False, id="neither"),
        pytest.param("old", ("new",), False, id="the one that is gone"),
        pytest.param("", (), False, id="no token at all"),
    ],
)
def test_a_hook_is_believed_under_either_token(
    signed_with: str, known: tuple[str, ...], *, genuine: bool
) -> None:
    signature = twilio_signature(signed_with, URL, FORM.items())

    believed = signatures.from_twilio(URL, FORM, signature=signature, auth_tokens=known)

    assert believed is genuine


@pytest.mark.parametrize(
    ("signed_with", "known", "genuine"),
    [
        pytest.param(OLD, (OLD,), True, id="the only key"),
        pytest.param(OLD, (NEW, OLD), True, id="the one that goes"),
        pytest.param(NEW, (NEW, OLD), True, id="the one that comes"),
        pytest.param(GUESSED, (NEW, OLD), False, id="neither"),
    ],
)
def test_an_event_is_believed_under_either_key(
    signed_with: str, known: tuple[str, ...], *, genuine: bool
) -> None:
    signature = event_signature(signed_with, timestamp=TIMESTAMP, body=BODY)

    believed = signatures.from_sendgrid(
        BODY,
        signature=signature,
        timestamp=TIMESTAMP,
        public_keys=[public_key_of(each) for each in known],
    )

    assert believed is genuine
