"""Many tickets for one person: few texts, every ticket in them, each its own."""

from __future__ import annotations

import pytest

import notify
from notify import sending
from notify.channels import DeliveryFailed
from notify.channels.recording import RecordingCarrier
from notify.models import Notification
from notify.service.outcomes import Outcome
from tests.notify.cast import (
    ANA,
    NIGHT,
    TICKET,
    TO_DAN,
    Ear,
    Place,
    after,
)
from tests.notify.crowds import (
    CODE,
    claim,
    closed,
    codes_in,
    promise_each,
    promised,
    send,
    ticket,
    write,
)
from townline.tenancy import town


def test_each_code_takes_its_own_ticket_and_touches_no_other(
    rivertown: Place, carrier: RecordingCarrier, ear: Ear
) -> None:
    """I8 and I25."""
    fences = promise_each(rivertown, *(ticket(n) for n in range(4)))
    send(rivertown, carrier)
    second = promised(rivertown)[1]

    said = write(rivertown, f"{second.code} ok")

    assert said == f"accept: {second.code}"
    assert closed(rivertown) == [fences[1]]
    assert [each.state for each in promised(rivertown)][1] == "answered"


def test_one_that_is_accepted_in_between_is_left_out(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    fences = promise_each(rivertown, *(ticket(n) for n in range(6)))

    rivertown.accept(fences[0], at=NIGHT)
    send(rivertown, carrier)

    [text] = carrier.sent
    assert "5 tickets" in text.body
    assert rivertown.states().count("cancelled") == 1


@pytest.mark.parametrize(
    ("refusal", "why"),
    [
        pytest.param(DeliveryFailed("other_channel", "30006"), "30006", id="refused"),
        pytest.param(DeliveryFailed("fix_contact", "21211"), "fix_contact", id="wrong"),
    ],
)
def test_a_refused_list_fails_for_every_ticket_in_it(
    rivertown: Place,
    carrier: RecordingCarrier,
    ear: Ear,
    refusal: DeliveryFailed,
    why: str,
) -> None:
    promise_each(rivertown, *(ticket(n) for n in range(4)))
    carrier.refusals.append(refusal)

    send(rivertown, carrier)

    assert ear.failures == [("Ana Ruiz", why)] * 4
    assert set(rivertown.states()) == {"failed"}


def test_a_list_that_comes_again_lists_them_all_under_the_same_codes(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    promise_each(rivertown, *(ticket(n) for n in range(4)))
    carrier.refusals.append(DeliveryFailed("retry", "20429", after=1.0))

    send(rivertown, carrier)
    before = {each.id: each.code for each in promised(rivertown)}
    send(rivertown, carrier, seconds=2)

    [text] = carrier.sent
    assert CODE.findall(text.body) == list(before.values())
    assert {each.id: each.code for each in promised(rivertown)} == before


def test_one_that_is_answered_while_the_list_is_refused_does_not_hide_the_others(
    rivertown: Place, carrier: RecordingCarrier, ear: Ear
) -> None:
    """The list belongs to the first ticket, which an older text let somebody take."""
    promise_each(rivertown, *(ticket(n) for n in range(4)))
    [parcel] = claim(rivertown)
    with town(rivertown.database, rivertown.tenant_id) as db:
        lead = db.get(Notification, parcel.notification_id)
        said = notify.Answer(kind="accept", via="link", name="Ana Ruiz")
        notify.answer(db, lead, said, at=after(1))

    refused = Outcome(parcel, DeliveryFailed("other_channel", "30006"))
    sending.write_down(rivertown.database, [refused], at=after(2))

    assert ear.failures == [("Ana Ruiz", "30006")] * 3
    assert sorted(rivertown.states()) == ["answered", "failed", "failed", "failed"]


def test_nothing_is_merged_across_levels_people_or_towns(
    rivertown: Place, aurore: Place, carrier: RecordingCarrier
) -> None:
    """I25."""
    crowd = [ticket(n) for n in range(2)]
    crowd += [ticket(n, level=4) for n in range(2, 4)]
    crowd += [ticket(n, **TO_DAN | {"key": f"{n}/dan"}) for n in range(4, 6)]
    promise_each(rivertown, *crowd)
    promise_each(aurore, *(ticket(n) for n in range(2)))

    send(rivertown, carrier)

    assert len(carrier.sent) == 8
    assert not any("tickets" in each.body for each in carrier.sent)


def test_a_crowd_is_told_at_once_of_three_and_then_each_minute_of_all_that_came(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    """Forty routine tickets in two minutes, one each three seconds."""
    for number in range(40):
        at = 3.0 * number
        promise_each(rivertown, ticket(number, due_at=after(at)))
        send(rivertown, carrier, seconds=at)
    for seconds in (130, 190):
        send(rivertown, carrier, seconds=seconds)

    listed = [code for each in carrier.sent for code in CODE.findall(each.body)]
    assert sorted(set(listed)) == sorted(listed)
    assert len(carrier.sent) <= 10
    assert {each.code for each in promised(rivertown)} == codes_in(carrier)
    assert not set(rivertown.states()) & {"held", "pending"}


def test_what_gathers_says_so_once_on_its_page(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    """I17 and I18: what waits is seen to wait, and is sent."""
    promise_each(rivertown, *(ticket(n) for n in range(3)))
    send(rivertown, carrier)
    promise_each(rivertown, ticket(3, subject_id=TICKET))

    for seconds in (1, 2, 30):
        send(rivertown, carrier, seconds=seconds)
    waiting = promised(rivertown)[-1]
    send(rivertown, carrier, seconds=61)

    assert (waiting.state, waiting.held_for) == ("held", "gather")
    assert waiting.due_at == after(61)
    assert rivertown.log() == ["relay.held", "relay.attempted"]
    assert len(carrier.sent) == 4


def test_an_acceptance_cancels_what_gathers(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    promise_each(rivertown, *(ticket(n) for n in range(3)))
    send(rivertown, carrier)
    [fence] = promise_each(rivertown, ticket(3, subject_id=TICKET))
    send(rivertown, carrier, seconds=1)

    rivertown.accept(fence, at=after(30))
    send(rivertown, carrier, seconds=61)

    assert rivertown.log() == ["relay.held", "relay.cancelled"]
    assert len(carrier.sent) == 3


def test_stop_in_between_ends_every_ticket_of_the_list(
    rivertown: Place, carrier: RecordingCarrier, ear: Ear
) -> None:
    promise_each(rivertown, *(ticket(n) for n in range(4)))
    send(rivertown, carrier)
    promise_each(rivertown, ticket(4, due_at=after(2)))
    send(rivertown, carrier, seconds=2)

    write(rivertown, "STOP", seconds=3)
    send(rivertown, carrier, seconds=90)

    assert ear.failures == [("Ana Ruiz", "opted_out")] * 5
    assert [each.theirs for each in carrier.sent].count(ANA) == 1
