"""Residents are asked seldom, answer once, and are called when it went badly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

import surveys
from surveys import Answers
from surveys.models import Task
from tests.surveys.cast import (
    BY_EMAIL,
    BY_TEXT,
    DAY,
    NOT_TOLD,
    close,
    happened,
    invitations,
    report_sampled,
    tick,
    watched,
    written,
)
from tickets import Caller
from townline.db import Database
from townline.tenancy import TenantSession

NOON = datetime(2026, 2, 11, 18, tzinfo=UTC)  # in Riverton
GOOD = Answers("yes", 5, "Quick work.")
BAD = Answers("no", 2)


@pytest.fixture(autouse=True)
def followed() -> Iterator[None]:
    with watched():
        yield


def finish(db: TenantSession, caller: Caller = BY_TEXT, *, at: datetime) -> None:
    close(db, report_sampled(db, caller, at=at), at=at)
    db.session.commit()


def ask(db: TenantSession, engine: Database, caller: Caller = BY_TEXT) -> str:
    """Close a ticket, let the invitation go out, and return its token."""
    finish(db, caller, at=NOON)
    tick(engine, at=NOON + DAY)
    return str(written(db, "survey_invitation")[-1].context["token"])


def test_everybody_who_wants_to_know_hears_that_it_is_closed(
    riverton: TenantSession,
) -> None:
    ticket = report_sampled(riverton, BY_EMAIL, at=NOON)

    close(riverton, ticket, at=NOON)
    riverton.session.commit()

    (news,) = written(riverton, "resident_done")
    assert (news.channel, news.destination) == ("email", "luc@roy.example")
    assert "resident.told" in happened(riverton, ticket)


def test_who_does_not_want_to_be_told_is_not_asked_either(
    riverton: TenantSession,
) -> None:
    finish(riverton, NOT_TOLD, at=NOON)

    assert written(riverton, "resident_done") == []
    assert invitations(riverton) == []


def test_the_invitation_goes_out_a_day_later_and_once(
    riverton: TenantSession, engine_database: Database
) -> None:
    finish(riverton, at=NOON)

    tick(engine_database, at=NOON + DAY - timedelta(minutes=1))
    assert written(riverton, "survey_invitation") == []
    for _ in range(2):
        tick(engine_database, at=NOON + DAY)

    (invitation,) = written(riverton, "survey_invitation")
    assert invitation.destination == "+13125550171"


@pytest.mark.parametrize(
    ("days", "asked"),
    [
        pytest.param(0, 1, id="two tickets on one day"),
        pytest.param(89, 1, id="not again this season"),
        pytest.param(90, 2, id="but again in the next"),
    ],
)
def test_nobody_is_asked_twice_in_a_while(
    riverton: TenantSession, days: int, asked: int
) -> None:
    finish(riverton, at=NOON)

    finish(riverton, at=NOON + days * DAY)

    assert len(invitations(riverton)) == asked


def test_an_answer_counts_once(
    riverton: TenantSession, engine_database: Database
) -> None:
    token = ask(riverton, engine_database)

    surveys.answer(riverton, token, GOOD, at=NOON + 2 * DAY)
    with pytest.raises(surveys.AlreadyAnswered):
        surveys.answer(riverton, token, BAD, at=NOON + 2 * DAY)

    found = surveys.result(riverton, since=NOON)
    assert (found.invited, found.n, found.scores) == (1, 1, {5: 1})
    (said,) = surveys.answered(riverton, since=NOON)
    assert (said.solved, said.comment) == ("yes", "Quick work.")


@pytest.mark.parametrize(
    "token",
    [
        pytest.param("", id="no token"),
        pytest.param("Qk3T9xWb4LmA", id="a guess"),
    ],
)
def test_a_guess_opens_nothing(
    riverton: TenantSession, engine_database: Database, token: str
) -> None:
    ask(riverton, engine_database)

    with pytest.raises(surveys.NoSuchSurvey):
        surveys.answer(riverton, token, GOOD, at=NOON + 2 * DAY)


def test_a_link_is_good_for_a_month(
    riverton: TenantSession, engine_database: Database
) -> None:
    token = ask(riverton, engine_database)

    with pytest.raises(surveys.NoSuchSurvey):
        surveys.invitation(riverton, token, at=NOON + 31 * DAY)

    found = surveys.invitation(riverton, token, at=NOON + 30 * DAY)
    assert found.sent_at == NOON + DAY


def test_another_towns_link_opens_nothing(
    riverton: TenantSession, sainte_aurore: TenantSession, engine_database: Database
) -> None:
    token = ask(riverton, engine_database)

    with pytest.raises(surveys.NoSuchSurvey):
        surveys.answer(sainte_aurore, token, GOOD, at=NOON + 2 * DAY)

    assert surveys.result(sainte_aurore, since=NOON).invited == 0


@pytest.mark.parametrize(
    ("answers", "calls"),
    [
        pytest.param(GOOD, 0, id="content"),
        pytest.param(BAD, 1, id="not solved"),
        pytest.param(Answers("yes", 2), 1, id="solved, badly"),
    ],
)
def test_a_bad_answer_asks_the_desk_to_call(
    riverton: TenantSession, engine_database: Database, answers: Answers, calls: int
) -> None:
    token = ask(riverton, engine_database)

    surveys.answer(riverton, token, answers, at=NOON + 2 * DAY)

    found = riverton.session.scalars(riverton.rows(Task)).all()
    assert [(each.kind, each.phone) for each in found] == (
        [("bad_score", "+13125550171")] * calls
    )


def test_who_does_not_want_to_be_asked_never_is_again(
    riverton: TenantSession, engine_database: Database
) -> None:
    token = ask(riverton, engine_database)

    surveys.refuse(riverton, token, at=NOON + 2 * DAY)
    finish(riverton, at=NOON + 400 * DAY)

    assert len(invitations(riverton)) == 1
