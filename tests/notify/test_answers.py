"""What people write back: codes, late codes, bare words, and STOP in one town."""

from __future__ import annotations

from uuid import UUID

import pytest

import notify
from notify import Recipient
from notify.channels.recording import RecordingCarrier
from notify.models import Fence, OptOut
from notify.rules.codes import RESTS
from notify.service.hearing import IncomingText, hear
from tests.notify.cast import (
    ANA,
    NIGHT,
    RIVERTON_LINE,
    TO_DAN,
    Ear,
    Place,
    after,
    relay,
)
from townline.tenancy import town

AURORE_LINE = "+14185550100"


@pytest.fixture
def texted(rivertown: Place, carrier: RecordingCarrier, ear: Ear) -> Place:
    """Ana and Dan have a text about one main break, each with a code of their own."""
    rivertown.promise(relay(), relay(**TO_DAN))
    notify.send_due(rivertown.database, carrier.everywhere(), at=NIGHT)
    return rivertown


def test_a_code_means_the_ticket_it_was_printed_for(texted: Place, ear: Ear) -> None:
    said = write(texted, "41 ok")

    assert said == "accept: 41"
    assert ear.answers == [("Ana Ruiz", "accept", "sms")]


def test_a_bare_word_means_the_only_open_one(texted: Place, ear: Ear) -> None:
    write(texted, "👍")

    assert ear.answers == [("Ana Ruiz", "accept", "sms")]


def test_a_bare_word_is_asked_back_while_two_are_open(
    texted: Place, carrier: RecordingCarrier, ear: Ear
) -> None:
    texted.promise(relay(key="run/2/0/ana/sms"))
    notify.send_due(texted.database, carrier.everywhere(), at=after(1))

    said = write(texted, "ok")

    assert said == "Which one? Open: 41, 78. Write the code and ok or no."
    assert ear.answers == []


def test_repeats_of_one_ticket_keep_their_code(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    rivertown.promise(relay(), relay(key="run/1/1/ana/sms", due_at=after(60)))

    for seconds in (0, 60):
        notify.send_due(rivertown.database, carrier.everywhere(), at=after(seconds))

    assert ["Reply 41 " in each.body for each in carrier.sent] == [True, True]


def test_a_retired_code_is_answered_and_touches_nothing(
    texted: Place, ear: Ear
) -> None:
    group = group_of(texted)
    texted.accept(group, by="Dan Ortiz", at=after(120))
    with town(texted.database, texted.tenant_id) as db:
        notify.retire_codes(db, group, at=after(7200))

    said = write(texted, "41 ok", seconds=9000)

    assert said == "41 was already taken by Dan Ortiz at 02:14."
    assert ear.answers == []


def test_a_retired_code_rests_for_a_week_before_it_is_given_again(
    texted: Place, carrier: RecordingCarrier
) -> None:
    with town(texted.database, texted.tenant_id) as db:
        notify.retire_codes(db, group_of(texted), at=NIGHT)
    week = RESTS.total_seconds()

    for number, seconds in enumerate((week - 1, week)):
        texted.promise(relay(key=f"later-{number}", due_at=after(seconds)))
        notify.send_due(texted.database, carrier.everywhere(), at=after(seconds))

    assert "Reply 78 " in carrier.sent[-2].body
    assert "Reply 41 " in carrier.sent[-1].body


def test_a_code_that_was_never_theirs_changes_nothing(texted: Place, ear: Ear) -> None:
    said = write(texted, "62 ok")

    assert said == "We know no 62 of yours. Nothing was changed."
    assert ear.answers == []


def test_a_code_from_another_phone_is_not_that_phones(texted: Place, ear: Ear) -> None:
    write(texted, "41 ok", theirs="+13125550199")

    assert ear.answers == []


def test_what_is_not_understood_is_said_to_be_so(texted: Place, ear: Ear) -> None:
    said = write(texted, "41 what is it")

    assert said.startswith("Not understood. Reply 41 to take it")
    assert ear.answers == []


def test_a_stranger_is_told_where_to_call(texted: Place) -> None:
    said = write(texted, "my street is dark", theirs="+13125550199")

    assert said == (
        "City of Riverton: nothing is asked of you here."
        " To report something call (312) 555-0100."
    )


def test_progress_goes_to_whoever_listens(texted: Place, ear: Ear) -> None:
    write(texted, "41")
    write(texted, "41 on site")
    write(texted, "done valve closed")

    assert [kind for _, kind, _ in ear.answers] == ["accept", "on_site", "done"]


def test_stop_ends_the_open_rungs_tells_the_town_and_is_not_answered(
    texted: Place, carrier: RecordingCarrier, ear: Ear
) -> None:
    said = write(texted, "STOP")
    notify.send_due(texted.database, carrier.everywhere(), at=after(5))

    assert said == ""
    assert ear.failures == [("Ana Ruiz", "opted_out")]
    letter = carrier.sent[-1]
    assert letter.theirs == "desk@riverton.example"
    assert letter.subject == "(312) 555-0161 takes no more texts from you"


def test_an_opted_out_destination_is_never_attempted(
    texted: Place, carrier: RecordingCarrier, ear: Ear
) -> None:
    """I16."""
    write(texted, "ARRET")
    before = len(texted.attempts())
    texted.promise(relay(key="run/2/0/ana/sms"))

    notify.send_due(texted.database, carrier.everywhere(), at=after(5))

    later = [each for each in texted.attempts()[before:] if each.theirs == ANA]
    assert later == []
    assert ear.failures == [("Ana Ruiz", "opted_out")] * 2


def test_stop_in_one_town_does_not_silence_another(
    texted: Place, aurore: Place, carrier: RecordingCarrier
) -> None:
    write(texted, "STOP")
    aurore.promise(relay(to=Recipient("contact", "ana", "Ana Ruiz", "en")))

    notify.send_due(texted.database, carrier.everywhere(), at=after(5))

    assert [each.prefix for each in carrier.sent if each.theirs == ANA] == [
        "RIV",
        "SAU",
    ]
    with town(aurore.database, aurore.tenant_id) as db:
        assert db.session.scalars(db.rows(OptOut)).all() == []


def test_start_lets_them_be_written_to_again(
    texted: Place, carrier: RecordingCarrier
) -> None:
    write(texted, "STOP")
    write(texted, "START")
    texted.promise(relay(key="run/2/0/ana/sms", due_at=after(10)))

    notify.send_due(texted.database, carrier.everywhere(), at=after(10))

    assert [each.theirs for each in carrier.sent].count(ANA) == 2


def test_a_phone_that_two_towns_share_has_a_code_in_each(
    texted: Place, aurore: Place, carrier: RecordingCarrier, ear: Ear
) -> None:
    aurore.promise(relay(to=Recipient("contact", "ana", "Ana of Aurore", "en")))
    notify.send_due(aurore.database, carrier.everywhere(), at=NIGHT)

    write(aurore, "41 ok", ours=AURORE_LINE)

    assert ear.answers == [("Ana of Aurore", "accept", "sms")]


def write(
    place: Place,
    body: str,
    *,
    theirs: str = ANA,
    ours: str = RIVERTON_LINE,
    seconds: float = 2,
) -> str:
    incoming = IncomingText(ours=ours, theirs=theirs, body=body)
    with town(place.database, place.tenant_id) as db:
        return hear(db, incoming, at=after(seconds))


def group_of(place: Place) -> UUID:
    with town(place.database, place.tenant_id) as db:
        return db.session.scalars(db.rows(Fence)).one().id
