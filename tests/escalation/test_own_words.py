"""A relay in the town's own words, as it goes out and as its taking is answered."""

from __future__ import annotations

from dataclasses import replace as with_

import pytest
from msgspec.structs import replace

import escalation
import notify
from escalation import phrases
from escalation.phrases import Subject
from notify.channels.recording import RecordingCarrier
from notify.rendering import compose, letterhead
from notify.rules import texts
from tenants.town import Text, Wording
from tests.escalation.conftest import main_break
from tests.escalation.ladders import NIGHT, RIVERTON, minutes
from tests.tenants.published import Publish, publish
from townline.db import Database
from townline.i18n import speaking
from townline.tenancy import TenantSession

__all__ = ["publish"]

RELAY = Wording(
    key="relay", channel="sms", text=Text(en="{place}! {category}. {code} and go.")
)
ACCEPTED = Wording(
    key="accepted", channel="sms", text=Text(en="Thanks. {place}, {tracking}.")
)


def test_a_crew_reads_the_words_that_hold_when_it_is_written_to(
    riverton: TenantSession, publish: Publish, engine_database: Database
) -> None:
    ticket = main_break(riverton)
    run = escalation.start(riverton, ticket, at=NIGHT)
    riverton.session.commit()
    publish(replace(RIVERTON, messages=(RELAY, ACCEPTED)))
    carrier = RecordingCarrier()

    notify.send_due(engine_database, carrier.everywhere(), at=NIGHT)
    said = [
        escalation.accept(riverton, run.id, contact="ana-ruiz", via=via, at=minutes(1))
        for via in ("sms", "link")
    ]

    body = carrier.sent[0].body
    assert body.startswith("RIV L1 Elm St and 4th Ave! Water Main Break. 41 and go. #")
    assert said == [
        f"Thanks. Elm St and 4th Ave, {ticket.tracking}.",
        "You have it already: Water Main Break, Elm St and 4th Ave.",
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("code", ["41", ""])
def test_what_may_be_worded_is_what_is_said(language: str, code: str) -> None:
    """The page on which a town words it shows what the engine would say."""
    subject = Subject("Water Main Break", "Elm St", "RIV-482-731-7", code)
    head = letterhead(RIVERTON, language=language, public_url="")

    with speaking(language):
        said = phrases.yours(subject)

    for channel in ("sms", "voice"):
        shown = compose("accepted", channel, subject.facts, with_(head, code=code))
        assert texts.fold(shown.body) == texts.fold(said)
