"""Dan asks Teresa to take his Thursday night; she answers on her phone, once."""

from __future__ import annotations

import re

import pytest
from msgspec import structs

import tenants
from notify import Notification
from tests.portal.town.cast import Clerk, Hire
from tests.portal.town.nights import Night
from tests.portal.town.rostering import (
    ROSTERS,
    WATER,
    drafted,
    holding,
    on_water,
    unwritten,
)

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
        letter = db.session.scalars(asked.order_by(Notification.id.desc())).first()
        assert letter is not None
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


def test_no_answer_but_yes_in_time_changes_anything(
    tom: Clerk, claire: Clerk, stranger: Clerk, night: Night
) -> None:
    tom.send(f"{WATER}/swaps", **ASKED)
    [back] = re.findall(rf'"({WATER}/swaps/[\w-]+/withdrawal)"', tom.get(ROSTERS))
    first = link(night)
    night.clock.later(days=2)
    late = stranger.get(first)
    stranger.send(first, answer="yes")
    night.clock.later(days=-2)
    elsewhere = claire.send(back.replace("riverton", "sainte-aurore"))
    tom.send(back)
    tom.send(f"{WATER}/swaps", **ASKED)
    stranger.send(link(night), answer="no")

    assert elsewhere.status_code == 404
    assert "This shift has begun" in late
    assert "The question was taken back" in stranger.get(first)
    assert "You said that you cannot." in stranger.get(link(night))
    assert on_water(holding(night), NIGHT) == ("dan-ortiz",)
    [(who, words)] = told(night)
    assert who == "dan-ortiz"
    assert "it is still yours" in words


def test_whoever_may_sets_an_exchange_without_asking(
    priya: Clerk, night: Night
) -> None:
    both = {"back_starts": "2026-02-17T07:00", "back_ends": "2026-02-18T07:00"}

    priya.send(f"{WATER}/swaps", **{**ASKED, **both, "holds": "later"})
    late = priya.send(f"{WATER}/swaps", **{**ASKED, "starts": "2026-02-10T18:00"})

    assert on_water(drafted(night), NIGHT) == ("teresa-novak",)
    assert on_water(drafted(night), "2026-02-17T20:00") == ("dan-ortiz",)
    assert late.status_code == 422
    assert "begun already" in late.text
    assert "concert" in late.text


@pytest.mark.usefixtures("unwritten")
def test_a_reader_gives_their_own_shift_and_a_second_person_approves(
    hire: Hire, stranger: Clerk, night: Night
) -> None:
    reader = hire("Rae Lind", night.tenant_id, role="viewer")
    refused = reader.send(f"{WATER}/swaps", **ASKED)
    publish(night, email="rae@hall.example")
    evening = {"since": ASKED["starts"], "until": ASKED["ends"]}
    offered = reader.get(f"{WATER}/shift", **evening)

    reader.send(f"{WATER}/swaps", **ASKED)
    stranger.send(link(night), answer="yes")

    assert refused.status_code == 403
    assert "Ask somebody to take it" in offered
    assert "Replace somebody" not in offered
    assert on_water(holding(night), NIGHT) == ("dan-ortiz",)
    assert on_water(drafted(night), NIGHT) == ("teresa-novak",)
    assert "once a second person" in stranger.get(link(night))
    assert "once your town has approved" in told(night)[0][1]


def test_another_town_is_asked_nothing(claire: Clerk, stranger: Clerk) -> None:
    assert claire.send(f"{WATER}/swaps", **ASKED).status_code == 404
    assert stranger.look("/swap/RIV/made-up").status_code == 404


def publish(night: Night, *, email: str) -> None:
    """Dan's address is that of an account, and two people look at every change."""
    town = holding(night)
    dan = structs.replace(town.contact("dan-ortiz"), email=email)
    others = (each for each in town.contacts if each.key != dan.key)
    careful = structs.replace(
        town,
        contacts=(dan, *others),
        publishing=structs.replace(town.publishing, second_person=True),
    )
    with night.town() as db:
        tenants.import_town(
            db.session,
            tenants.write(careful),
            author="tests",
            reason="",
            at=night.clock(),
        )
