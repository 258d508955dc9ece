"""What happens in a night without anybody at a screen: rings, reports, time."""

from __future__ import annotations

import re
from itertools import groupby

import escalation
import tickets
from notify.carrier import BenchPhone
from surveys.rules import sampled
from tests.browser.house import House
from tests.browser.scenes import Scene, Somebody
from tickets import Caller, Intake, Ticket
from townline.db import new_id
from townline.proof import Actor

CODE = re.compile(r"\b(\d{2,3}) (?:no|non)\b")
LINK = re.compile(r"http://127\.0\.0\.1:\d+/[rst]/\S+")


def ring(house: House, scene: Scene) -> BenchPhone:
    """The caller is in line, greeted, and has chosen a language if asked."""
    caller = house.bench.phone(scene.caller.number)
    caller.ring(scene.line)
    if scene.key:
        caller.wait_until_listened_to()
        caller.press(scene.key)
    caller.wait_until_heard(scene.next_in_line)
    return caller


def hung_up(house: House, scene: Scene) -> None:
    """The caller has rung once more, and did not wait."""
    house.bench.phone(scene.caller.number).hang_up()
    ring(house, scene).hang_up()


def report(house: House, scene: Scene) -> Ticket:
    """A main break as the desk would save it, and the text is with the crew."""
    ticket = saved(house, scene)
    house.bench.phone(scene.on_call.number).wait_for_text(scene.place)
    return ticket


def saved(house: House, scene: Scene) -> Ticket:
    """The same, whoever is told of it first.

    Towns ask some of their residents how it went: this is one of those they ask.
    """
    caller = Caller(
        name=scene.caller.name,
        phone=scene.caller.number,
        language=scene.town.languages[0],
        tell_by="sms",
    )
    intake = Intake(
        client_key=new_id(),
        category=scene.category,
        channel="phone",
        caller=caller,
        place=scene.place,
        words=scene.words,
        answers=scene.answers,
        read_back=True,
    )
    agent = Actor("agent", scene.agent.name)
    with house.town(scene.slug) as db:
        while True:
            attempt = db.session.begin_nested()
            ticket = tickets.open(db, intake, at=house.clock(), by=agent)
            if sampled(ticket.id, percent=scene.town.survey.percent):
                attempt.commit()
                break
            attempt.rollback()
    return ticket


def nobody_answers(
    house: House, scene: Scene, ticket: Ticket, *, until: Somebody
) -> None:
    """Call after call rings out, as foreseen, until that person's telephone rings."""
    with house.town(scene.slug) as db:
        coming = escalation.happens_next(db, ticket.id, at=house.clock())
    for at, lines in groupby(coming, key=lambda line: line.at):
        house.hear_back()
        house.later(seconds=(at - house.clock()).total_seconds())
        for line in (each for each in lines if each.channel == "voice"):
            phone = house.bench.phone(scene.number_of(line.name))
            phone.wait_until_ringing()
            if line.name == until.name:
                return
            phone.let_it_ring_out()
    raise AssertionError(f"{until.name} was never rung.")


def code_of(house: House, somebody: Somebody) -> str:
    """What their text says to send back."""
    return _found(CODE, house, somebody, "/r/")[1]


def link_of(house: House, somebody: Somebody, kind: str = "/r/") -> str:
    """Where the link in their latest text of a kind leads."""
    return _found(LINK, house, somebody, kind)[0]


def _found(
    what: re.Pattern[str], house: House, somebody: Somebody, kind: str
) -> re.Match[str]:
    body = house.bench.phone(somebody.number).wait_for_text(kind).body
    found = what.search(body)
    assert found, body
    return found
