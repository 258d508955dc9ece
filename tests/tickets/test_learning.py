from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

import tickets
from tests.conftest import NIGHT
from tests.tickets.cast import MAYA, hydrant, main_break
from tickets.suggesting import forget, learn, suggested
from tickets.suggesting.jobs import keep_up
from tickets.suggesting.models import Lesson, Wording
from townline.db import Database
from townline.tenancy import TenantSession

LATER = NIGHT + timedelta(minutes=10)
SAID = ("a geyser by the plug", "water from the plug", "the plug is on its side")


def told(db: TenantSession) -> None:
    for minutes, words in enumerate(SAID):
        at = NIGHT + timedelta(minutes=minutes)
        tickets.open(db, hydrant(words=words), at=at, by=MAYA)
    tickets.open(db, main_break(words="the road lifts"), at=NIGHT, by=MAYA)


def wording(db: TenantSession) -> dict[object, object]:
    rows = db.session.execute(
        select(Wording.id, Wording.leanings).where(Wording.tenant_id == db.tenant_id)
    )
    return {row.id: row.leanings for row in rows}


def test_words_of_tickets_find_their_category(riverton: TenantSession) -> None:
    told(riverton)
    before = suggested(riverton, "it is the plug", language="en", at=LATER)

    assert learn(riverton, at=LATER) == 4

    first = suggested(riverton, "it is the plug", language="en", at=LATER)[0]
    assert "fire-hydrant" not in {each.category.key for each in before[:1]}
    assert (first.category.key, first.like, first.word) == ("fire-hydrant", 3, "plug")


def test_what_is_learnt_bit_by_bit_is_what_a_rebuild_learns(
    riverton: TenantSession,
) -> None:
    told(riverton)
    while learn(riverton, at=LATER, limit=1):
        pass
    bit_by_bit = wording(riverton)

    forget(riverton)
    learn(riverton, at=LATER)

    assert wording(riverton) == bit_by_bit
    assert bit_by_bit


def test_no_ticket_is_learnt_from_twice(riverton: TenantSession) -> None:
    told(riverton)
    learn(riverton, at=LATER)

    assert learn(riverton, at=LATER + timedelta(hours=1)) == 0


def test_a_ticket_is_read_once_everybody_sees_it(riverton: TenantSession) -> None:
    told(riverton)

    assert learn(riverton, at=NIGHT + timedelta(minutes=2)) == 2


def test_another_town_learns_nothing_of_it(
    riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    told(riverton)
    learn(riverton, at=LATER)

    assert learn(sainte_aurore, at=LATER) == 0
    found = suggested(sainte_aurore, "the plug", language="en", at=LATER)
    assert all(each.like == 0 for each in found)
    assert sainte_aurore.session.scalar(select(Lesson.ticket_id)) is not None
    assert wording(sainte_aurore) == {}


def test_every_town_keeps_up(
    engine_database: Database, riverton: TenantSession
) -> None:
    told(riverton)
    riverton.session.commit()

    assert keep_up(engine_database, at=LATER) == 4
    assert keep_up(engine_database, at=LATER) == 0
