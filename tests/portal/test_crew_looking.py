"""A crew that reads who called is kept with the ticket; so is who opens their link."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from tests.conftest import NIGHT
from tests.portal.phones import DAN, Street, street
from tickets import Caller
from townline import looks
from townline.db import Database
from townline.looks import SAME_LOOK, IdentityLook

JUNE = Caller(name="June Park", phone="+13125550142")


@pytest.fixture
def phones(
    database: Database, engine_database: Database, towns: dict[str, UUID], clean: None
) -> Iterator[Street]:
    with street(database, engine_database, towns, at=NIGHT) as phones:
        yield phones


def kept(phones: Street, slug: str = "riverton") -> list[IdentityLook]:
    with phones.town(slug) as db:
        found = looks.looks(db, before=NIGHT + timedelta(1), limit=9)
        db.session.expunge_all()
        return list(found)


def test_a_crew_that_reads_who_called_is_kept_once_a_quarter_of_an_hour(
    phones: Street,
) -> None:
    ticket = phones.report(caller=JUNE)
    link = phones.relayed()[DAN]

    assert "June Park" in phones.get(link).text
    phones.post(f"{link}/answer", answer="accept")
    assert "June Park" in phones.get(link).text
    [look] = kept(phones)
    phones.at += SAME_LOOK
    phones.get(link)

    shown = look.actor, look.door, look.subject, look.subject_id, look.residents
    assert shown == ("crew Dan Ortiz", "crew", "ticket", ticket.id, 1)
    assert len(kept(phones)) == 2
    assert kept(phones, "sainte-aurore") == []


@pytest.mark.parametrize(
    "caller",
    [
        pytest.param(Caller(identity="anonymous"), id="nobody"),
        pytest.param(
            Caller(name="June Park", phone="+13125550142", identity="confidential"),
            id="hidden from crews",
        ),
    ],
)
def test_whom_a_crew_may_not_know_is_no_look(phones: Street, caller: Caller) -> None:
    phones.report(caller=caller)
    link = phones.relayed()[DAN]

    assert "June Park" not in phones.get(link).text
    assert kept(phones) == []
