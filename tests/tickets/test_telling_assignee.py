"""Whoever is given a ticket by somebody else gets a letter, in their language, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

import tickets
from notify import Notification
from tests.conftest import NIGHT
from tests.tickets.cast import MAYA, hydrant
from tickets import Ticket
from townline import auth
from townline.proof import Actor
from townline.tenancy import TenantSession

PRIYA = Actor("town", "Priya Nair")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def leak(riverton: TenantSession) -> Ticket:
    return tickets.open(riverton, hydrant(), at=NIGHT, by=MAYA)


def hired(db: TenantSession, name: str, language: str | None = None) -> UUID:
    account = auth.open_account(
        db.session,
        f"{uuid4()}@hall.example",
        name=name,
        password="night-and-day",
        language=language,
    )
    auth.grant(db, account.id, role="dispatcher", departments=(), at=NIGHT)
    return account.id


def letters(db: TenantSession) -> Sequence[Notification]:
    ours = db.rows(Notification).where(Notification.template == "assigned")
    return db.session.scalars(ours.order_by(Notification.id)).all()


def test_the_letter_says_which_and_by_whom_and_nothing_of_the_caller(
    riverton: TenantSession, sainte_aurore: TenantSession, leak: Ticket
) -> None:
    lise = hired(riverton, "Lise Roy", "fr")

    tickets.assign(riverton, leak.id, lise, by=PRIYA, at=NIGHT)
    tickets.assign(riverton, leak.id, lise, by=PRIYA, at=NIGHT + MINUTE)

    [letter] = letters(riverton)
    assert (letter.channel, letter.recipient_name) == ("email", "Lise Roy")
    assert (letter.language, letter.purpose) == ("fr", "notice")
    assert letter.subject_id == leak.id
    assert letter.context == {
        "tracking": leak.tracking,
        "category": "Fire Hydrant",
        "place": leak.place,
        "by": "Priya Nair",
        "slug": "riverton",
    }
    assert letters(sainte_aurore) == []


def test_each_time_it_is_given_somebody_is_told_and_nobody_by_themselves(
    riverton: TenantSession, leak: Ticket
) -> None:
    tom, lea = hired(riverton, "Tom"), hired(riverton, "Lea")

    for minute, (to, by) in enumerate(
        [(tom, tom), (lea, tom), (tom, lea), (None, lea), (tom, None)]
    ):
        at = NIGHT + minute * MINUTE
        tickets.assign(riverton, leak.id, to, by=PRIYA, at=at, self_id=by)

    assert [each.recipient_name for each in letters(riverton)] == ["Lea", "Tom", "Tom"]
    assert {each.language for each in letters(riverton)} == {"en"}
