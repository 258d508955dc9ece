"""One sender fails and the next takes over, through the real SDKs and a carrier of our
own: nothing is lost, nothing is said twice, and operations hear of it.
"""

from __future__ import annotations

import pytest

from notify import Message, Recipient
from notify.channels.errors import TWILIO
from notify.rules.circuits import COOLS, IN_A_ROW
from notify.rules.outcomes import FailureKind
from tests.notify.cast import ANA, RIVERTON_LINE, Ear, relay
from tests.notify.senders import (
    SECOND_LINE,
    SERVICE,
    Clerk,
    hear,
)

# What follows for the message, for its sender and for people, code by code.
CLASSES: list[tuple[int, FailureKind, list[str], list[str]]] = [
    (30001, "other_sender", [SECOND_LINE], []),
    (30034, "stop", [SECOND_LINE], []),
    (21606, "stop", [SECOND_LINE], []),
    (20003, "operations", [], ["operations"]),
    (30002, "operations", [], ["operations"]),
    (30003, "later", [], []),
    (30004, "other_channel", [], ["30004"]),
    (30005, "fix_contact", [], ["fix_contact"]),
    (30006, "other_channel", [], ["30006"]),
    (30007, "other_channel", [], ["30007"]),
    (30008, "retry", [], []),
    (21211, "fix_contact", [], ["fix_contact"]),
    (21614, "other_channel", [], ["21614"]),
    (21610, "opted_out", [], ["opted_out"]),
    (63999, "other_channel", [], ["63999"]),
]


@pytest.mark.parametrize(
    ("code", "kind", "senders", "told"), CLASSES, ids=[str(row[0]) for row in CLASSES]
)
def test_each_refusal_has_its_consequence(
    two_senders: Clerk,
    ear: Ear,
    code: int,
    kind: FailureKind,
    senders: list[str],
    told: list[str],
) -> None:
    two_senders.bench.fault("refused", channel="sms", code=code, count=1)
    two_senders.promise(relay())

    two_senders.send(0, 1, 1.5)

    assert TWILIO.get(str(code), "other_channel") == kind
    assert two_senders.taken() == senders
    assert ear.failures == [("Ana Ruiz", why) for why in told]


def test_what_is_wrong_with_a_contact_stands_in_the_log(clerk: Clerk) -> None:
    clerk.bench.fault("refused", channel="sms", code=21211, count=1)
    clerk.promise(relay())

    clerk.send(0)

    assert "relay.contact_wrong" in clerk.place.log()


def test_a_full_queue_is_left_for_the_second_sender(two_senders: Clerk) -> None:
    two_senders.bench.fault("refused", channel="sms", number=RIVERTON_LINE, code=30001)
    two_senders.promise(relay())

    two_senders.send(0, 0.1)

    assert two_senders.taken() == [SECOND_LINE]
    assert two_senders.place.states() == ["accepted"]


def test_a_provider_that_is_down_is_passed_by_until_a_probe_gets_through(
    two_senders: Clerk, ear: Ear
) -> None:
    two_senders.bench.fault("server_error_refused", number=RIVERTON_LINE)
    two_senders.promise(*texts("a", "b", "c", "d", "e"))
    two_senders.send(0)
    assert two_senders.taken() == []

    two_senders.promise(*texts("next"))
    two_senders.send(1)
    shut = two_senders.taken()
    two_senders.bench.clear_faults()
    two_senders.promise(*texts("x", "y"))
    cooled = 1 + COOLS.total_seconds()
    two_senders.send(cooled)
    two_senders.promise(*texts("again"))
    two_senders.send(cooled + 1)

    assert len("abcde") == IN_A_ROW
    assert shut == [SECOND_LINE]
    assert two_senders.taken()[-1] == RIVERTON_LINE
    assert sorted(set(two_senders.taken())) == [RIVERTON_LINE, SECOND_LINE]


def test_what_was_taken_without_a_word_is_found_before_another_sender_is_used(
    two_senders: Clerk,
) -> None:
    two_senders.bench.fault("drop_connection", channel="sms", count=1)
    two_senders.promise(relay(level=3))

    two_senders.send(0, 3, 30, 60)

    assert two_senders.taken() == [RIVERTON_LINE]
    assert two_senders.place.attempts()[0].sid


def test_what_the_first_sender_never_had_goes_by_the_second(
    two_senders: Clerk,
) -> None:
    two_senders.bench.fault("server_error_refused", number=RIVERTON_LINE)
    two_senders.promise(relay(level=3))

    two_senders.send(0, 3, 10, 19, 20)

    assert two_senders.taken() == [SECOND_LINE]


def test_a_service_texts_for_the_town_and_is_stood_in_for(with_service: Clerk) -> None:
    with_service.promise(relay())
    with_service.send(0)
    with_service.bench.fault("refused", channel="sms", code=30034, count=1)
    with_service.promise(*texts("ben"))

    with_service.send(1, 2)

    [first, stopped, second] = with_service.place.attempts()
    assert [first.ours, stopped.ours] == [SERVICE, SERVICE]
    assert second.ours == RIVERTON_LINE
    assert with_service.taken() == [SECOND_LINE, RIVERTON_LINE]


def test_what_a_service_took_without_a_word_is_found_by_its_mark(
    with_service: Clerk,
) -> None:
    with_service.bench.fault("server_error_accepted", channel="sms", count=1)
    with_service.promise(relay(level=3))

    with_service.send(0, 3, 60)

    assert with_service.taken() == [SECOND_LINE]
    assert with_service.place.attempts()[0].sid


def test_a_code_means_one_ticket_whichever_number_it_came_from(
    with_service: Clerk, ear: Ear
) -> None:
    with_service.promise(relay())
    with_service.send(0)
    with_service.bench.fault("refused", channel="sms", number=SECOND_LINE, code=30001)
    with_service.promise(relay(key="run/2/0/ana/sms"))
    with_service.send(1, 1.1)

    [first, second] = [said.body for said in with_service.bench.phone(ANA).inbox]
    answered = hear(with_service.place, "41 ok", ours=RIVERTON_LINE)

    assert "Reply 41" in first
    assert "Reply 41" not in second
    assert answered == "accept: 41"
    assert ear.answers == [("Ana Ruiz", "accept", "sms")]


def texts(*names: str) -> list[Message]:
    """To people who get no other, so that nothing is gathered or held back."""
    return [
        relay(
            key=name,
            to=Recipient("contact", name, name.title()),
            destination=f"+1312556{1000 + sum(map(ord, name)):04}",
            level=3,
        )
        for name in names
    ]
