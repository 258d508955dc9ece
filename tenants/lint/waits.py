"""How long, at worst, until somebody is called: never longer than was promised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from tenants.lint.findings import Weakness, policy_path
from tenants.lint.horizon import Horizon, Reign
from tenants.lint.knowledge import Knowledge
from tenants.lint.reach import ALOUD, is_open
from tenants.rules.preferences import channels
from tenants.rules.promises import due
from tenants.rules.quiet import held
from tenants.rules.spoken import spoken
from tenants.town import Category, Policy, QuietHours, Step, Text

# Who is asked this gravely is rung; others may be written to.
RUNG = (1, 2)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def waits(
    horizon: Horizon, reigns: Iterable[Reign], known: Knowledge
) -> Iterator[Weakness]:
    """One weakness a policy: the first instant at which a promise could not be kept."""
    told: set[str] = set()
    looked: set[tuple[str, str, bool, datetime]] = set()
    for reign in sorted(reigns, key=_promised_within):
        category = _hastiest(reign)
        if category is None or reign.policy.key in told:
            continue
        if _longest(reign.policy) <= category.promise.hours * HOUR:
            continue
        for at in horizon.instants(reign):
            # The same people at the same instant, and the soonest promise came first.
            case = reign.policy.key, reign.group.department, reign.level in RUNG, at
            if category.promise.clock == "elapsed" and case in looked:
                continue
            looked.add(case)
            called_at = first_call(horizon, reign, known, at=at)
            if called_at > at + category.promise.hours * HOUR and (
                called_at > due(horizon.town, category, at=at)
            ):
                told.add(reign.policy.key)
                yield _late(horizon, reign, category, called_at, at=at)
                break


def _longest(policy: Policy) -> timedelta:
    """No ticket waits longer for its last step: most promises need no closer look."""
    climbing = sum(step.wait * (step.repeat + 1) for step in policy.steps)
    length = timedelta(seconds=climbing * policy.rounds)
    if policy.quiet is None:
        return length
    # Quiet hours stop it once on each of its days, and once more at its beginning.
    return (length // (DAY - _quiet(policy.quiet)) + 2) * DAY


def _quiet(quiet: QuietHours) -> timedelta:
    wall = datetime.combine(date.min, quiet.ends) - datetime.combine(
        date.min, quiet.starts
    )
    return min(wall % DAY, DAY - HOUR)


def _promised_within(reign: Reign) -> float:
    category = _hastiest(reign)
    return category.promise.hours if category else 0.0


def _hastiest(reign: Reign) -> Category | None:
    """The one promised for soonest of those that are at least as grave by themselves.

    Whoever lowers a ticket's level has looked at it, and lowers the promise with it.
    """
    own = (each for each in reign.group.categories if reign.level <= each.level)
    return min(own, key=lambda each: each.promise.hours, default=None)


def first_call(
    horizon: Horizon, reign: Reign, known: Knowledge, *, at: datetime
) -> datetime:
    """When somebody is first rung, or written to where that is enough."""
    policy, town = reign.policy, horizon.town
    base = at
    for step in (*policy.steps,) * policy.rounds:
        base = held(policy.quiet, zone=town.time_zone, level=reign.level, at=base)
        offset = _offset(horizon, reign, step, known, at=base)
        if offset is not None:
            return base + timedelta(seconds=offset)
        if horizon.called(step.to, reign.group.department, base):
            base += timedelta(seconds=step.wait * (step.repeat + 1))
    return held(policy.quiet, zone=town.time_zone, level=reign.level, at=base)


def _offset(
    horizon: Horizon, reign: Reign, step: Step, known: Knowledge, *, at: datetime
) -> int | None:
    """How far into the step its first call is, if it makes one."""
    people = horizon.called(step.to, reign.group.department, at)
    offsets = [
        rung.after
        for contact in people
        for rung, by in zip(step.rungs, channels(contact, step.rungs), strict=True)
        if (by in ALOUD or reign.level not in RUNG)
        and (rung.after == 0 or rung.after < step.wait)
        and by is not None
        and is_open(contact, by, known)
    ]
    return min(offsets, default=None)


def _late(
    horizon: Horizon,
    reign: Reign,
    category: Category,
    called_at: datetime,
    *,
    at: datetime,
) -> Weakness:
    zone = horizon.town.time_zone

    def said(moment: datetime, language: str) -> str:
        return spoken(moment, at=horizon.since, zone=zone, language=language)

    due_at = due(horizon.town, category, at=at)
    says = Text(
        en=f"“{category.name.in_('en')}” reported at {said(at, 'en')}, at level "
        f"{reign.level}, is promised for {said(due_at, 'en')}, and nobody is called "
        f"before {said(called_at, 'en')}. Call sooner, or promise later.",
        fr=f"«\u00a0{category.name.in_('fr')}\u00a0» signalé {said(at, 'fr')}, au "
        f"niveau {reign.level}, est promis pour {said(due_at, 'fr')}, et personne "
        f"n’est appelé avant {said(called_at, 'fr')}. Appelez plus tôt, ou promettez "
        "plus tard.",
    )
    return Weakness("error", policy_path(reign.policy.key), says, "late-call")
