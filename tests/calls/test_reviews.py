"""Which calls are drawn, who may score them, and what the scores say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calls import Call, measures, reviews
from calls.measures import Days
from calls.reviews import Draw, Month, Scores, Standing
from calls.reviews.errors import (
    AlreadyReviewed,
    EmptyAnswer,
    NotDrawn,
    NotYourReview,
    OwnCall,
)
from tests.calls.cast import agent
from tests.calls.rung import CHICAGO, INES, MAYA, Rang, ring
from tests.conftest import NIGHT
from townline import proof
from townline.auth import Person
from townline.db import Database
from townline.errors import Forbidden
from townline.tenancy import TenantSession, board

KEY = reviews.sub_key("a secret of the tests")
ALL = Draw(KEY, 100, CHICAGO)
GOOD = Scores(greeting=4, script=3, read_back=4, tone=4, accuracy=3, remarks=" Calm. ")


def supervisor(db: TenantSession) -> Person:
    return replace(agent("Inès Roy"), roles={db.tenant_id: "supervisor"})


def maya(db: TenantSession) -> Person:
    return replace(agent("Maya Okafor", db.tenant_id), account_id=MAYA)


def answered(db: TenantSession, number: int = 1) -> Call:
    return ring(db, *(Rang(5, talk=60) for _ in range(number)))[0]


def february(db: TenantSession, percent: int) -> Month:
    since, until = Days(date(2026, 2, 1), date(2026, 2, 28)).instants(CHICAGO)
    return Month(db.tenant_id, since, until, percent, "2026-02")


def score(
    db: TenantSession, call: Call, by: Person, scores: Scores = GOOD, draw: Draw = ALL
) -> None:
    reviews.score(db, call.id, scores, draw=draw, by=by, at=NIGHT)
    db.session.commit()


@given(ids=st.lists(st.uuids(), min_size=1, max_size=40), percent=st.integers(0, 99))
def test_what_is_drawn_at_a_rate_is_drawn_at_every_higher_one(
    ids: list[UUID], percent: int
) -> None:
    def draw(share: int) -> set[UUID]:
        asked = {"month": "2026-02", "key": KEY}
        return {id for id in ids if reviews.is_drawn(id, percent=share, **asked)}

    assert draw(percent) <= draw(percent + 1)
    assert draw(0) == set()
    assert draw(100) == set(ids)


def test_the_lot_falls_otherwise_in_another_month_and_with_another_key() -> None:
    ids = [uuid4() for _ in range(200)]
    asked = ((KEY, "2026-02"), (KEY, "2026-03"), ("other", "2026-02"))

    lots = {
        tuple(reviews.lot(id, month=month, key=key) for id in ids)
        for key, month in asked
    }

    assert len(lots) == len(asked)


def test_about_as_many_are_drawn_as_the_town_asks() -> None:
    ids = [UUID(int=number) for number in range(4000)]

    drawn = [reviews.is_drawn(id, month="2026-02", key=KEY, percent=10) for id in ids]

    assert 300 < sum(drawn) < 500


def test_the_database_draws_the_same_lot(
    database: Database, riverton: TenantSession
) -> None:
    answered(riverton, 12)
    month = february(riverton, 40)

    with board(database, [riverton.tenant_id]) as session:
        lots = reviews.lots(session, [month], key=KEY)
        drawn = {each.id for each in reviews.drawn(session, [month], key=KEY)}

    assert lots == {id: reviews.lot(id, month="2026-02", key=KEY) for id in lots}
    assert drawn == {
        id for id in lots if reviews.is_drawn(id, month="2026-02", key=KEY, percent=40)
    }


def test_tests_and_mystery_calls_are_not_drawn(
    database: Database, riverton: TenantSession
) -> None:
    call = answered(riverton)
    measures.exclude(riverton, call.id, "mystery", by=INES, at=NIGHT)
    riverton.session.commit()

    with board(database, [riverton.tenant_id]) as session:
        assert reviews.drawn(session, [february(riverton, 100)], key=KEY) == []


def test_a_sheet_is_kept_and_only_that_it_was_is_logged(
    riverton: TenantSession,
) -> None:
    call = answered(riverton)

    score(riverton, call, supervisor(riverton))

    kept = reviews.of_call(riverton, call.id)
    assert kept is not None
    assert (kept.agent, kept.greeting, kept.remarks) == ("Maya Okafor", 4, "Calm.")
    entry = proof.timeline(riverton, call.id)[-1]
    assert (entry.event, entry.told()) == ("call.reviewed", {})


def test_nobody_reviews_their_own_call(riverton: TenantSession) -> None:
    own = replace(supervisor(riverton), account_id=MAYA)

    with pytest.raises(OwnCall):
        score(riverton, answered(riverton), own)


@pytest.mark.parametrize("role", ["agent", "none"])
def test_only_a_supervisor_of_the_town_reviews(
    riverton: TenantSession, role: str
) -> None:
    roles = {riverton.tenant_id: "agent"} if role == "agent" else {}

    with pytest.raises(Forbidden):
        score(riverton, answered(riverton), replace(agent(), roles=roles))


def test_a_call_that_was_not_drawn_is_not_reviewed(riverton: TenantSession) -> None:
    nothing = Draw(KEY, 0, CHICAGO)

    with pytest.raises(NotDrawn):
        score(riverton, answered(riverton), supervisor(riverton), draw=nothing)


def test_one_sheet_a_call_which_its_writer_may_correct(riverton: TenantSession) -> None:
    call, first = answered(riverton), supervisor(riverton)
    score(riverton, call, first)

    score(riverton, call, first, replace(GOOD, tone=1))
    with pytest.raises(AlreadyReviewed):
        score(riverton, call, supervisor(riverton))

    riverton.session.rollback()
    riverton.session.expire_all()
    kept = reviews.of_call(riverton, call.id)
    assert kept is not None
    assert kept.tone == 1


def test_the_agent_answers_once_and_the_sheet_stands(riverton: TenantSession) -> None:
    call, by = answered(riverton), supervisor(riverton)
    score(riverton, call, by)
    for words in ("The line was bad.", "And I was tired."):
        reviews.answer(riverton, call.id, words, by=maya(riverton), at=NIGHT)
    riverton.session.commit()
    riverton.session.expire_all()

    kept = reviews.of_call(riverton, call.id)
    assert kept is not None
    assert kept.answer == "The line was bad."
    with pytest.raises(AlreadyReviewed):
        score(riverton, call, by)


@pytest.mark.parametrize(
    ("who", "words", "refusal"),
    [
        pytest.param("maya", "  ", EmptyAnswer, id="with nothing to say"),
        pytest.param("louis", "No.", NotYourReview, id="by somebody else"),
    ],
)
def test_an_answer_is_refused(
    riverton: TenantSession, who: str, words: str, refusal: type[Exception]
) -> None:
    call = answered(riverton)
    score(riverton, call, supervisor(riverton))
    by = maya(riverton) if who == "maya" else agent("Louis", riverton.tenant_id)

    with pytest.raises(refusal):
        reviews.answer(riverton, call.id, words, by=by, at=NIGHT)


def test_an_agents_mean_comes_with_how_many_and_how_far_off(
    database: Database, riverton: TenantSession
) -> None:
    rung = ring(riverton, *(Rang(5, talk=60) for _ in range(2)))
    for call, tone in zip(rung, (4, 0), strict=True):
        score(riverton, call, supervisor(riverton), replace(GOOD, tone=tone))

    with board(database, [riverton.tenant_id]) as session:
        [it] = reviews.standings(session, since=NIGHT - timedelta(days=1))

    assert (it.agent, it.n, round(it.mean, 6)) == ("Maya Okafor", 2, 3.2)
    assert it.margin == 4


@pytest.mark.parametrize(
    ("n", "deviation", "margin"),
    [
        pytest.param(1, None, None, id="one sheet says nothing"),
        pytest.param(2, 0.1, 0.898, id="two say little"),
        pytest.param(10, 0.5, 0.358, id="ten say something"),
        pytest.param(400, 0.5, 0.049, id="many say it well"),
    ],
)
def test_the_margin_narrows_with_the_sheets(
    n: int, deviation: float | None, margin: float | None
) -> None:
    found = Standing("Maya", n, 3.0, deviation).margin

    assert found == (margin and pytest.approx(margin, abs=0.001))
