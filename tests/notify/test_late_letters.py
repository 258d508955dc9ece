"""A letter that had to wait too long for its turn is not sent: its claim is ending."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from notify import sending
from notify.channels import DeliveryFailed
from notify.channels.sendgrid_mail import SendGridMail
from notify.message import EMERGENCY_LANE
from notify.rules.outcomes import ANSWER_WITHIN, LEASE, SEND_WITHIN
from notify.sending import REHEARSAL
from tests.notify.cast import NIGHT, relay
from tests.notify.senders import Clerk

LETTER = {"channel": "email", "destination": "ana.ruiz@riverton.example"}


def test_a_letter_that_waited_too_long_for_a_thread_is_left_to_another_try(
    clerk: Clerk,
) -> None:
    """As after a sleep of the whole process: its threads wake with letters in line."""
    clerk.promise(relay(**LETTER))
    [letter] = sending.claim_due(
        clerk.place.database, REHEARSAL, lane=EMERGENCY_LANE, room=9, at=NIGHT
    )
    late = SendGridMail(clerk.settings.sendgrid, waits=timedelta(seconds=-1))

    with pytest.raises(DeliveryFailed) as refusal:
        asyncio.run(late.deliver(letter))

    assert refusal.value.kind == "retry"
    assert clerk.taken("mail") == []
    late.close()


def test_claimed_waited_and_answered_at_the_latest_it_is_still_in_its_lease() -> None:
    assert SEND_WITHIN + ANSWER_WITHIN + ANSWER_WITHIN <= LEASE
