from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

import calls
import tickets
from calls import Disposition, knowledge
from calls.rules.deflection import Told, is_failing, outcome
from tests.conftest import NIGHT
from tests.tickets.cast import MAYA, hydrant
from tickets import Caller
from townline.errors import NotFound
from townline.tenancy import TenantSession

HELEN, WITHHELD = "+13125550142", "anonymous"
DAY = timedelta(days=1)
MONTHS_LATER = NIGHT + 60 * DAY


def told(
    *,
    answered: bool = True,
    disposition: Disposition | None = "information_given",
    is_known: bool = True,
    called_again: bool = False,
) -> Told:
    return Told("valve", answered, disposition, NIGHT, is_known, called_again)


@pytest.mark.parametrize(
    ("use", "days", "expected"),
    [
        pytest.param(told(), 7, "deflected", id="a week without another call"),
        pytest.param(told(), 6, "not_over_yet", id="the week is not over"),
        pytest.param(told(called_again=True), 2, "called_again", id="called again"),
        pytest.param(told(is_known=False), 9, "not_followed", id="withheld"),
        pytest.param(told(answered=False), 9, "unhelpful", id="did not help"),
        pytest.param(
            told(disposition="ticket_created"), 9, "made_work", id="a ticket was needed"
        ),
        pytest.param(told(disposition=None), 9, "not_over_yet", id="still on the line"),
    ],
)
def test_an_answer_counts_once_a_week_has_shown_it(
    use: Told, days: int, expected: str
) -> None:
    assert outcome(use, at=NIGHT + days * DAY) == expected


@pytest.mark.parametrize(
    ("deflected", "called_again", "unhelpful", "fails"),
    [
        pytest.param(0, 2, 0, False, id="two calls say nothing"),
        pytest.param(1, 1, 1, True, id="most of three"),
        pytest.param(3, 2, 0, False, id="it helped more often"),
    ],
)
def test_an_article_fails_that_seldom_settles_anything(
    deflected: int, called_again: int, unhelpful: int, *, fails: bool
) -> None:
    failing = is_failing(
        deflected=deflected, called_again=called_again, unhelpful=unhelpful
    )

    assert failing == fails


def answered_call(
    db: TenantSession, sid: str, *, days: int = 0, caller: str = HELEN
) -> UUID:
    """Somebody is told how to shut off the water, and that is all they wanted."""
    at = NIGHT + days * DAY
    call_id = rung(db, sid, days=days, caller=caller)
    knowledge.note_article(db, call_id, "shut-off-water", answered=True, by=MAYA, at=at)
    calls.wrap_up(db, call_id, "information_given", by=MAYA, at=at)
    return call_id


def rung(db: TenantSession, sid: str, *, days: int, caller: str = HELEN) -> UUID:
    at = NIGHT + days * DAY
    call = calls.arrive(
        db, sid, line="+13125550100", caller=caller, language="en", at=at
    )
    calls.end(db, sid, at=at)
    return call.id


def figures(db: TenantSession) -> knowledge.ArticleFigures:
    found = knowledge.article_figures(db, since=NIGHT - DAY, at=MONTHS_LATER)
    return found["shut-off-water"]


def test_a_press_repeated_is_one_use_and_the_last_holds(
    riverton: TenantSession,
) -> None:
    call_id = answered_call(riverton, "CA1")
    for answered in (True, False, False):
        knowledge.note_article(
            riverton,
            call_id,
            "shut-off-water",
            answered=answered,
            by=MAYA,
            at=NIGHT,
        )

    assert knowledge.used_on(riverton, call_id) == {"shut-off-water": False}
    assert (figures(riverton).told, figures(riverton).unhelpful) == (1, 1)


def test_a_ticket_on_the_topic_within_the_week_is_another_call(
    riverton: TenantSession,
) -> None:
    answered_call(riverton, "CA1")
    again = rung(riverton, "CA2", days=3)
    leak = hydrant(
        category="water-main-break",
        call_id=again,
        answers={"flow": "stream", "cars": "no"},
    )
    tickets.open(riverton, leak, at=NIGHT + 3 * DAY, by=MAYA)

    assert (figures(riverton).called_again, figures(riverton).deflected) == (1, 0)


@pytest.mark.parametrize(
    ("category", "days"),
    [
        pytest.param("fire-hydrant", 3, id="on something else"),
        pytest.param("water-main-break", 8, id="after the week"),
    ],
)
def test_other_calls_do_not_take_it_back(
    riverton: TenantSession, category: str, days: int
) -> None:
    answered_call(riverton, "CA1")
    later = rung(riverton, "CA2", days=days)
    other = hydrant(
        category=category,
        call_id=later,
        caller=Caller(phone="312 555 0142"),
        answers={"flow": "stream", "cars": "no", "state": "leaking"},
    )
    tickets.open(riverton, other, at=NIGHT + days * DAY, by=MAYA)

    assert figures(riverton).deflected == 1


def test_the_same_answer_told_again_did_not_settle_it_the_first_time(
    riverton: TenantSession,
) -> None:
    answered_call(riverton, "CA1")
    answered_call(riverton, "CA2", days=5)

    assert (figures(riverton).called_again, figures(riverton).deflected) == (1, 1)


def test_who_withholds_their_number_is_counted_apart(riverton: TenantSession) -> None:
    answered_call(riverton, "CA1", caller=WITHHELD)

    assert (figures(riverton).not_followed, figures(riverton).deflected) == (1, 0)


def test_another_town_has_neither_the_call_nor_its_figures(
    riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    call_id = answered_call(riverton, "CA1")
    riverton.session.commit()

    with pytest.raises(NotFound):
        knowledge.note_article(
            sainte_aurore, call_id, "fermer-eau", answered=True, by=MAYA, at=NIGHT
        )
    assert knowledge.article_figures(sainte_aurore, since=NIGHT, at=MONTHS_LATER) == {}
