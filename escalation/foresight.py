"""Who will be told, when and why: before a ticket is saved, and while it is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import tenants
import tickets
from escalation import timers
from escalation.deciding import policy_of
from escalation.queries import live_run
from escalation.rules import Directory, Tell
from escalation.rules.forecast import Moment, upcoming
from escalation.rules.run import TimerKind
from escalation.simulation import reasons
from escalation.simulation.rehearsing import rehearse
from escalation.simulation.timeline import Scenario
from escalation.simulation.world import World
from tenants.rules import called
from tenants.rules.policies import Chosen
from tenants.town import Category, Channel, Policy, Town
from townline.i18n import gettext, language
from townline.tenancy import TenantSession

# A step that means nobody now.
GAP = "relay.step_empty"
FIRST = 1


@dataclass(frozen=True, slots=True)
class Line:
    """``after`` counts from the asking; ``why`` says what makes it them."""

    after: timedelta
    at: datetime
    channel: Channel
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class ToRing:
    """Somebody to ring when nothing but a telephone works, in the ladder's order."""

    after: timedelta
    name: str
    number: str
    why: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What keeps somebody from being told at once: quiet hours, or nobody on call."""

    after: timedelta
    at: datetime
    says: str
    why: str
    is_gap: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """``why`` is the reason for this policy; the lines are one round of it."""

    policy: str
    why: str
    lines: tuple[Line, ...]
    remarks: tuple[Remark, ...] = ()


def preview(town: Town, category: Category, level: int, *, at: datetime) -> Preview:
    """What a ticket saved now would set going, if nobody answered."""
    scenario = Scenario(town=town, category=category, level=level, at=at)
    chosen, world = rehearse(scenario)
    tells = [each for each in world.said if each.place.round == 0]
    last_resort = [each for each in world.said if each.last_resort]
    shown = dict.fromkeys((*tells, *last_resort))
    return Preview(
        chosen.policy.name.in_(language()),
        chosen.why.in_(language()),
        tuple(_line(town, chosen.policy, tell, at=at) for tell in shown),
        tuple(_remarks(scenario, chosen, world)),
    )


def by_hand(
    town: Town, category: Category, level: int, *, at: datetime
) -> tuple[ToRing, ...]:
    """The same people in the same order, each once, with the number to dial."""
    scenario = Scenario(town=town, category=category, level=level, at=at)
    chosen, world = rehearse(scenario)
    first: dict[str, ToRing] = {}
    for tell in world.said:
        contact = tell.contact
        number = contact.mobile or contact.landline or tell.destination
        if contact.key not in first and number.startswith("+"):
            line = _line(town, chosen.policy, tell, at=at)
            first[contact.key] = ToRing(line.after, line.name, number, line.why)
    return tuple(first.values())


def _remarks(scenario: Scenario, chosen: Chosen, world: World) -> Iterator[Remark]:
    """Of the first round only: the others repeat it."""
    why = chosen.why.in_(language())
    for it in world.happened:
        gap = it.what.event == GAP
        held = it.what.event == "relay.step_started" and "held_until" in it.what.facts
        if it.what.facts.get("round", FIRST) == FIRST and (gap or held):
            rule = reasons.rule(scenario, chosen.policy, why, it)
            after = it.at - scenario.at
            yield Remark(after, it.at, reasons.says(it), rule, gap)


def happens_next(
    db: TenantSession, ticket_id: UUID, *, at: datetime
) -> tuple[Line, ...]:
    """What the ticket's relay will still do, if no word comes from anybody."""
    row = live_run(db, ticket_id)
    if row is None:
        return ()
    ticket = tickets.get(db, ticket_id)
    town = tenants.current(db).town
    due: dict[TimerKind, datetime] = {
        timer.kind: timer.due_at for timer in timers.waiting(db, row.id)
    }
    people, policy = Directory(town, ticket.department), policy_of(db, row)
    moments = upcoming(policy, people, row.value(), due, at=at)
    return tuple(_line(town, policy, tell, at=at) for tell in _tells(moments))


def _tells(moments: Iterable[Moment]) -> list[Tell]:
    return [each.what for each in moments if isinstance(each.what, Tell)]


def _line(town: Town, policy: Policy, tell: Tell, *, at: datetime) -> Line:
    why = _why(town, policy, tell)
    return Line(tell.due_at - at, tell.due_at, tell.channel, tell.contact.name, why)


def _why(town: Town, policy: Policy, tell: Tell) -> str:
    """The roster, the title or the department through which somebody is meant."""
    if tell.last_resort:
        return gettext("last resort")
    if policy.steps[tell.place.step].rungs[tell.rung].after:
        return gettext("if no answer")
    kind, _, _ = tell.target.partition(":")
    match kind:
        case "roster" | "crew" | "role":
            return called(town, tell.target).in_(language())
        case "department":
            return town.department(tell.contact.department).name.in_(language())
        case _:
            return tell.contact.title.in_(language())
