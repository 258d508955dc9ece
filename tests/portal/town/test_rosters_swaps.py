"""Dan asks Teresa to take his Thursday night; she answers on her phone, once."""

from __future__ import annotations

import re

import pytest

from notify import Notification
from tests.portal.town.cast import Clerk, Hire
from tests.portal.town.nights import Night
from tests.portal.town.rostering import ROSTERS, WATER, holding, on_water, unwritten

__all__ = ["unwritten"]

NIGHT = "2026-02-12T20:00"
ASKED = {
    "giver": "dan-ortiz",
    "taker": "teresa-novak",
    "starts": "2026-02-12T18:00",
    "ends": "2026-02-13T07:00",
    "words": "My daughter’s concert.",
    "holds": "asked",
}


def link(night: Night) -> str:
    with night.town() as db:
        asked = db.rows(Notification).where(Notification.template == "swap")
        letter = db.session.scalars(asked).one()
        return f"/swap/RIV/{letter.context['token']}"


def told(night: Night) -> list[tuple[str, str]]:
    with night.town() as db:
        answers = db.rows(Notification).where(Notification.template == "swap_answered")
        found = db.session.scalars(answers).all()
        return [(each.recipient_key, str(each.context["words"])) for each in found]


@pytest.mark.usefixtures("unwritten")
def test_nothing_changes_before_the_other_one_agrees(
    tom: Clerk, stranger: Clerk, night: Night
) -> None:
    answer = tom.send(f"{WATER}/swaps", **ASKED)
    before = on_water(holding(night), NIGHT)
    page = stranger.get(link(night))
    calendar = tom.get(ROSTERS)
    first = stranger.send(link(night), answer="yes")
    again = stranger.send(link(night), answer="no")

    assert answer.status_code == 303
    assert before == ("dan-ortiz",)
    assert "Dan Ortiz asks you to be on call" in page
    assert "concert" in page
    assert "Asked, and not answered yet" in calendar
    assert (first.status_code, again.status_code) == (303, 303)
    assert on_water(holding(night), NIGHT) == ("teresa-novak",)
    assert "You have taken it." in stranger.get(link(night))
    [(who, words)] = told(night)
    assert who == "dan-ortiz"
    assert words.startswith("Teresa Novak takes your shift: Thu 12 Feb, 18:00")


def test_whoever_cannot_says_so_and_the_shift_stays(
    tom: Clerk, stranger: Clerk, night: Night
) -> None:
    tom.send(f"{WATER}/swaps", **ASKED)

    stranger.send(link(night), answer="no")

    assert on_water(holding(night), NIGHT) == ("dan-ortiz",)
    assert "it is still yours" in told(night)[0][1]
    assert "You said that you cannot." in stranger.get(link(night))


def test_a_question_can_be_taken_back_and_is_over_when_the_shift_begins(
    tom: Clerk, stranger: Clerk, night: Night
) -> None:
    tom.send(f"{WATER}/swaps", **ASKED)
    [back] = re.findall(rf'"({WATER}/swaps/[\w-]+/withdrawal)"', tom.get(ROSTERS))
    night.clock.later(days=2)
    late = stranger.get(link(night))
    stranger.send(link(night), answer="yes")
    night.clock.later(days=-2)
    tom.send(back)

    assert "This shift has begun" in late
    assert on_water(holding(night), NIGHT) == ("dan-ortiz",)
    assert "The question was taken back" in stranger.get(link(night))


@pytest.mark.usefixtures("unwritten")
def test_whoever_may_sets_an_exchange_without_asking(tom: Clerk, night: Night) -> None:
    both = {"back_starts": "2026-02-17T07:00", "back_ends": "2026-02-18T07:00"}

    tom.send(f"{WATER}/swaps", **{**ASKED, **both, "holds": "now"})

    assert on_water(holding(night), NIGHT) == ("teresa-novak",)
    assert on_water(holding(night), "2026-02-17T20:00") == ("dan-ortiz",)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        pytest.param({"taker": "dan-ortiz"}, "somebody else to take it", id="oneself"),
        pytest.param({"taker": ""}, "Choose somebody.", id="nobody"),
        pytest.param({"starts": "2026-02-10T18:00"}, "begun already", id="too late"),
        pytest.param({"back_ends": "2026-02-17T07:00"}, "Fill this in", id="half back"),
    ],
)
def test_what_cannot_be_asked_is_said(
    tom: Clerk, wrong: dict[str, str], says: str
) -> None:
    answer = tom.send(f"{WATER}/swaps", **{**ASKED, **wrong})

    assert answer.status_code == 422
    assert says in answer.text
    assert "concert" in answer.text


def test_a_reader_asks_for_their_own_shifts_alone(
    hire: Hire, claire: Clerk, stranger: Clerk, night: Night
) -> None:
    reader = hire("Rae Lind", night.tenant_id, role="viewer")

    assert reader.send(f"{WATER}/swaps", **ASKED).status_code == 403
    assert claire.send(f"{WATER}/swaps", **ASKED).status_code == 404
    assert stranger.look("/swap/RIV/made-up").status_code == 404
