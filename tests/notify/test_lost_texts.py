"""A text that was taken and then lost: the receipt's code says what follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine

import notify
from notify.channels.recording import RecordingCarrier
from notify.service import events
from notify.service.events import Report
from tests.notify.cast import RIVERTON_LINE, Ear, Place, after, relay
from tests.notify.senders import SECOND_LINE, TWO_SENDERS, published
from townline.tenancy import town


@dataclass(frozen=True, slots=True)
class Loss:
    """Who sends it again a second later, or in a minute; and what the ladder hears."""

    code: str
    at_once: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


LOSSES = [
    Loss("30001", at_once=(SECOND_LINE,)),
    Loss("30034", at_once=(SECOND_LINE,)),
    Loss("30002", told=("operations",)),
    Loss("30003", later=(RIVERTON_LINE,), told=("30003",)),
    Loss("30004", told=("30004",)),
    Loss("30005", told=("fix_contact",)),
    Loss("30006", told=("30006",)),
    Loss("30007", told=("30007",)),
    Loss("30008", later=(RIVERTON_LINE,)),
    Loss("21610", told=("opted_out",)),
    Loss("63999", told=("63999",)),
]


@pytest.fixture
def two_lines(rivertown: Place, sweeper: Engine) -> Iterator[Place]:
    with published(rivertown, sweeper, TWO_SENDERS):
        yield rivertown


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.code)
def test_each_loss_has_its_consequence(
    two_lines: Place, carrier: RecordingCarrier, ear: Ear, loss: Loss
) -> None:
    two_lines.promise(relay())
    send(two_lines, carrier, 0)
    lose(two_lines, loss.code)

    send(two_lines, carrier, 21, 22)
    soon = repeats(carrier)
    send(two_lines, carrier, 81, 82)

    assert soon == loss.at_once
    assert repeats(carrier) == loss.at_once + loss.later
    assert ear.failures == [("Ana Ruiz", why) for why in loss.told]


def test_a_handset_that_was_off_gets_the_text_unless_somebody_has_accepted(
    rivertown: Place, carrier: RecordingCarrier, ear: Ear
) -> None:
    group = rivertown.promise(relay())
    send(rivertown, carrier, 0)
    lose(rivertown, "30003")
    rivertown.accept(group, at=after(40))

    send(rivertown, carrier, 81)

    assert len(carrier.sent) == 1
    assert rivertown.states() == ["cancelled"]


def send(place: Place, carrier: RecordingCarrier, *seconds: float) -> None:
    for each in seconds:
        notify.send_due(place.database, carrier.everywhere(), at=after(each))


def lose(place: Place, code: str) -> None:
    [attempt] = place.attempts()
    report = Report(
        source="text_status",
        key="lost",
        attempt_id=attempt.id,
        payload={"MessageStatus": "undelivered", "ErrorCode": code},
    )
    with town(place.database, place.tenant_id) as db:
        events.receive(db, report, at=after(20))


def repeats(carrier: RecordingCarrier) -> tuple[str, ...]:
    """The senders of the texts after the first."""
    texts = [each.ours for each in carrier.sent if each.channel == "sms"]
    return tuple(texts[1:])
