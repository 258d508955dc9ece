"""When, in the days ahead, a step would find nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from tenants.lint.findings import Weakness
from tenants.lint.reach import concerned
from tenants.rules.rosters import gaps, staffed
from tenants.rules.spoken import spoken
from tenants.town import Department, Policy, Text, Town

# What a town is warned of: far enough to find somebody, near enough to be true.
AHEAD = timedelta(days=14)


def nights(town: Town, policy: Policy, *, at: datetime) -> Iterator[Weakness]:
    """One weakness a step and stretch; a step that names a contact is never empty."""
    for number, step in enumerate(policy.steps, 1):
        path = f'policies "{policy.key}".steps[{number}]'
        rosters = [each for each in step.to if each.startswith("roster:")]
        deserted = _deserted(town, policy) if "department" in step.to else []
        if any(each.startswith("contact:") for each in step.to):
            continue
        if not rosters:
            for department in deserted:
                yield Weakness("error", path, _nobody(department))
        elif deserted or "department" not in step.to:
            for since, until in _empty_together(town, rosters, at):
                yield Weakness("error", path, _empty(town, since, until, at))


def _deserted(town: Town, policy: Policy) -> list[Department]:
    """The departments the policy concerns in which there is no contact."""
    staffed = {contact.department for contact in town.contacts}
    keys = sorted(concerned(town, policy) - staffed)
    return [town.department(key) for key in keys]


def _empty_together(
    town: Town, targets: list[str], at: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """The stretches in which none of the rosters has anybody."""
    empty = [(at, at + AHEAD)]
    for target in targets:
        roster = staffed(town, town.roster(target.removeprefix("roster:")))
        holes = gaps(roster, town.time_zone, since=at, until=at + AHEAD)
        empty = [
            (max(start, hole.starts), min(end, hole.ends))
            for start, end in empty
            for hole in holes
            if max(start, hole.starts) < min(end, hole.ends)
        ]
    yield from empty


def _empty(town: Town, since: datetime, until: datetime, at: datetime) -> Text:
    def said(moment: datetime, language: str) -> str:
        return spoken(moment, at=at, zone=town.time_zone, language=language)

    return Text(
        en=f"Nobody is on call from {said(since, 'en')} until {said(until, 'en')}.",
        fr=f"Personne n’est de garde entre {said(since, 'fr')} et {said(until, 'fr')}.",
    )


def _nobody(department: Department) -> Text:
    return Text(
        en=f"Nobody would be told: {department.name.in_('en')} has no contacts.",
        fr="Personne ne serait prévenu\u00a0: "
        f"{department.name.in_('fr')} n’a aucun contact.",
    )
