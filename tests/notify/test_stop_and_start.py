"""STOP is for one town, START and YES take it back, and nobody is texted in between."""

from __future__ import annotations

import pytest

import notify
from notify.channels.recording import RecordingCarrier
from notify.models import Notification, OptOut
from notify.service.hearing import IncomingText, hear
from tests.notify.cast import (
    ANA,
    NIGHT,
    RIVERTON_LINE,
    Ear,
    Place,
    after,
    relay,
)
from tests.notify.office import SAINTE_AURORE_LINE
from townline.tenancy import town


@pytest.fixture
def texted(rivertown: Place, carrier: RecordingCarrier, ear: Ear) -> Place:
    rivertown.promise(relay())
    notify.send_due(rivertown.database, carrier.everywhere(), at=NIGHT)
    return rivertown


@pytest.mark.parametrize("word", ["STOP", "stop.", "ARRET", "Arrêt", "UNSUBSCRIBE"])
@pytest.mark.parametrize(
    "state",
    ["pending", "sending", "ambiguous", "accepted", "sent", "delivered", "held"],
)
def test_stop_moves_every_open_rung_on_at_once(
    texted: Place, ear: Ear, word: str, state: str
) -> None:
    with town(texted.database, texted.tenant_id) as db:
        [promised] = db.session.scalars(db.rows(Notification))
        promised.state = state  # type: ignore[assignment]

    said = write(texted, word)

    assert said == ""
    assert ear.failures == [("Ana Ruiz", "opted_out")]
    assert texted.states()[0] == "suppressed"


@pytest.mark.parametrize("word", ["START", "unstop", "YES", "yes."])
def test_the_words_that_carriers_take_back_the_opting_out_for_do_so_here(
    texted: Place, word: str
) -> None:
    write(texted, "STOP")

    write(texted, word)

    assert opted_out(texted) == []


def test_a_yes_that_takes_it_back_is_an_answer_besides(texted: Place, ear: Ear) -> None:
    write(texted, "STOP")

    write(texted, "yes")

    assert ear.answers == [("Ana Ruiz", "accept", "sms")]


def test_the_carriers_own_reading_of_a_word_is_believed(texted: Place) -> None:
    write(texted, "please leave me alone", opt_out_type="STOP")

    assert opted_out(texted) == [ANA]


def test_i16_nothing_goes_out_by_any_channel_to_who_has_opted_out(
    texted: Place, carrier: RecordingCarrier
) -> None:
    write(texted, "STOP")
    before = len(carrier.sent)
    for channel in ("sms", "voice"):
        texted.promise(relay(key=f"later/{channel}", channel=channel, due_at=after(9)))

    for seconds in (10, 70, 700):
        notify.send_due(texted.database, carrier.everywhere(), at=after(seconds))

    assert [each.theirs for each in carrier.sent[before:]].count(ANA) == 0


def test_i19_stop_to_one_town_ends_no_rung_of_another(
    texted: Place, aurore: Place, carrier: RecordingCarrier, ear: Ear
) -> None:
    aurore.promise(relay())
    notify.send_due(aurore.database, carrier.everywhere(), at=NIGHT)

    write(texted, "STOP")

    assert ear.failures == [("Ana Ruiz", "opted_out")]
    assert aurore.states() == ["accepted"]
    assert opted_out(aurore) == []


def test_i19_a_text_from_a_shared_phone_reaches_the_town_it_was_written_to(
    texted: Place, aurore: Place, carrier: RecordingCarrier, ear: Ear
) -> None:
    aurore.promise(relay())
    notify.send_due(aurore.database, carrier.everywhere(), at=NIGHT)

    write(aurore, "ok", ours=SAINTE_AURORE_LINE)

    assert aurore.states() == ["answered"]
    assert texted.states() == ["accepted"]


def opted_out(place: Place) -> list[str]:
    with town(place.database, place.tenant_id) as db:
        return [each.destination for each in db.session.scalars(db.rows(OptOut))]


def write(
    place: Place, body: str, *, ours: str = RIVERTON_LINE, opt_out_type: str = ""
) -> str:
    incoming = IncomingText(ours=ours, theirs=ANA, body=body, opt_out_type=opt_out_type)
    with town(place.database, place.tenant_id) as db:
        return hear(db, incoming, at=after(2))
