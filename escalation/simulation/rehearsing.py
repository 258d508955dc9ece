"""A scenario in, a timeline out: the engine's decisions, put into words and priced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

import notify
from escalation.messages import Relay
from escalation.rules import Directory, Run, Tell
from escalation.rules.forecast import UNBORN, Rehearsal
from escalation.simulation import prices, reasons
from escalation.simulation.reasons import TELLING
from escalation.simulation.timeline import Line, Scenario, Timeline
from escalation.simulation.world import Happening, World
from tenants.rules import choose_policy
from tenants.rules.policies import Chosen
from tickets import Ticket
from townline import localtime
from townline.i18n import language
from townline.words import clock, zone_name

HUMAN = frozenset({"relay.accepted", "relay.declined"})
# A ticket opened this long before the clocks change is in the middle of its ladder.
BEFORE_THE_CHANGE = timedelta(minutes=5)
YEAR = timedelta(days=366)


def simulate(scenario: Scenario) -> Timeline:
    """What the engine would log, line by line, were the world as scripted."""
    scenario = _at_the_change(scenario)
    chosen, world = rehearse(scenario)
    why = chosen.why.in_(language())
    lines = [_line(scenario, chosen, why, each, world=world) for each in world.happened]
    told = [each for each in world.happened if each.what.event in TELLING]
    calls = [e for e in told if e.tell and e.tell.channel in {"voice", "agent"}]
    return Timeline(
        policy=chosen.policy.name.in_(language()),
        why=why,
        opened_at=scenario.at,
        lines=tuple(_in_a_storm(scenario, lines)),
        first_told=_first(told),
        first_call=_first(calls),
        first_human=_first(e for e in world.happened if e.what.event in HUMAN),
        last_resort=_first(e for e in told if e.tell and e.tell.last_resort),
        cost=sum((line.cost * line.copies for line in lines), Decimal(0)),
        accepted_by=tuple(_names(scenario, world.rehearsal.run.holders)),
    )


def rehearse(scenario: Scenario, *, run_id: UUID = UNBORN) -> tuple[Chosen, World]:
    """The same before it is put into words: what happens, as the log would have it."""
    town, category = scenario.town, scenario.category
    chosen = choose_policy(town, category, level=scenario.level, at=scenario.at)
    people = Directory(town, category.department)
    run = Run.fresh(run_id, level=scenario.level, at=scenario.at)
    world = World(Rehearsal(chosen.policy, people, run), scenario.script)
    world.run_from(scenario.at)
    return chosen, world


def worded(scenario: Scenario, tell: Tell, *, run: Run) -> notify.Rehearsed:
    """Exactly what the message would say, but for its link and the code's digits."""
    ticket = Ticket(
        id=UNBORN,
        tracking=f"{scenario.town.prefix}-000-000-0",
        category=scenario.category.key,
        place=scenario.place,
        directions="",
        words=scenario.words,
        answers=[],
        level=scenario.level,
    )
    message = Relay(ticket, scenario.category, ()).message(tell, run)
    return notify.rehearse(message, scenario.town, public_url=scenario.public_url)


def _line(
    scenario: Scenario, chosen: Chosen, why: str, it: Happening, *, world: World
) -> Line:
    zone = scenario.town.time_zone
    line = Line(
        at=it.at,
        local=f"{clock(it.at, zone, seconds=True)} {zone_name(it.at, zone)}",
        event=it.what.event,
        says=reasons.says(it),
        rule=reasons.rule(scenario, chosen.policy, why, it),
        name=", ".join(_concerned(scenario, it)),
        step=_number(it, "step"),
        round=_number(it, "round"),
    )
    if it.tell is None:
        return line
    line = replace(
        line,
        name=it.tell.contact.name,
        channel=it.tell.channel,
        destination=it.tell.destination,
    )
    if it.what.event not in TELLING:
        return line
    return _with_words(scenario, line, it.tell, world=world)


def _with_words(scenario: Scenario, line: Line, tell: Tell, *, world: World) -> Line:
    words = worded(scenario, tell, run=world.rehearsal.run)
    refused = tell.channel == "sms" and scenario.script.texts == "down"
    answered = world.answered_by(tell)
    price = prices.cost(tell.channel, segments=words.segments, answered=answered)
    return replace(
        line,
        subject=words.subject,
        text=words.body,
        segments=words.segments,
        cost=prices.NOTHING if refused else price,
        copies=scenario.script.tickets,
    )


def _number(it: Happening, fact: str) -> int:
    found = it.what.facts.get(fact, 0)
    return found if isinstance(found, int) else 0


def _names(scenario: Scenario, keys: Iterable[str]) -> list[str]:
    names = {each.key: each.name for each in scenario.town.contacts}
    return [names.get(key, key) for key in keys]


def _concerned(scenario: Scenario, it: Happening) -> list[str]:
    """Who did it, or to whom something is not said any more."""
    if it.what.event == "relay.cancelled":
        names = it.what.facts["to"]
        return [*names] if isinstance(names, list) else []
    return _names(scenario, [it.what.by] if it.what.by else [])


def _first(happened: Iterable[Happening]) -> datetime | None:
    return min((each.at for each in happened), default=None)


def _at_the_change(scenario: Scenario) -> Scenario:
    if not scenario.script.at_clock_change:
        return scenario
    zone, since = scenario.town.time_zone, scenario.at
    change = next(localtime.changes(zone, since=since, until=since + YEAR), None)
    return replace(scenario, at=change - BEFORE_THE_CHANGE) if change else scenario


def _in_a_storm(scenario: Scenario, lines: list[Line]) -> Iterable[Line]:
    """When the last copy of each has left, one number of ours sending them all."""
    free: dict[str, datetime] = {}
    rates = {"sms": prices.SEGMENTS_A_SECOND, "voice": prices.CALLS_A_SECOND}
    for line in lines:
        if line.copies == 1 or line.channel not in rates or not line.text:
            yield line
            continue
        units = line.copies * max(1, line.segments)
        starts = max(line.at, free.get(line.channel, line.at))
        free[line.channel] = starts + timedelta(seconds=units / rates[line.channel])
        yield replace(line, leaves_by=free[line.channel])
