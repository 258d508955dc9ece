"""A policy of escalation as sentences that can be read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from portal.town.policies.ways import each_way, listed, rung_word
from tenants.rules import called, is_known, when
from tenants.town import Policy, Step, Town
from townline.i18n import gettext, language, ngettext

MINUTE, HOUR = 60, 3600


@dataclass(frozen=True, slots=True)
class Ladder:
    """``steps`` are numbered; ``last`` and ``after`` follow them."""

    policy: Policy
    applies: str
    steps: tuple[str, ...]
    last: str
    after: tuple[str, ...]


def ladder(town: Town, policy: Policy) -> Ladder:
    return Ladder(
        policy=policy,
        applies=_applies(town, policy),
        steps=tuple(
            _step(town, policy, step, first=number == 0)
            for number, step in enumerate(policy.steps)
        ),
        last=_last_resort(town, policy),
        after=tuple(_after(policy)),
    )


def length(seconds: int) -> str:
    """``5 minutes``, ``90 seconds``, ``1 hour``: never rounded."""
    if not seconds:
        # In French nothing is singular, and the singular says "1".
        return gettext("0 seconds")
    if seconds % HOUR == 0:
        return ngettext("1 hour", "{number} hours", seconds // HOUR).format(
            number=seconds // HOUR
        )
    if seconds % MINUTE == 0:
        return ngettext("1 minute", "{number} minutes", seconds // MINUTE).format(
            number=seconds // MINUTE
        )
    return ngettext("1 second", "{number} seconds", seconds).format(number=seconds)


def _applies(town: Town, policy: Policy) -> str:
    named = [
        *(
            e.name.in_(language())
            for e in town.categories
            if e.key in policy.categories
        ),
        *(
            e.name.in_(language())
            for e in town.departments
            if e.key in policy.departments
        ),
    ]
    reach = ", ".join(named) or gettext("every category")
    holds = when(policy).in_(language()) or f", {gettext('at any hour')}"
    return f"{reach}{holds}"


def _step(town: Town, policy: Policy, step: Step, *, first: bool) -> str:
    opening = gettext("At once") if first else gettext("Then")
    told = "; ".join(_told(town, step))
    sentences = [f"{opening}, {told}."]
    if each := each_way(town, policy, step):
        sentences.append(each)
    if step.repeat:
        words = ngettext(
            "This is done once more.", "This is done {number} times more.", step.repeat
        )
        sentences.append(words.format(number=step.repeat))
    words = gettext("If nobody has accepted after {time}, go on.")
    sentences.append(words.format(time=length(step.wait)))
    return " ".join(sentences)


def _told(town: Town, step: Step) -> Iterator[str]:
    """Channels used at the same second are said together."""
    people = listed([who(town, target) for target in step.to])
    rungs = sorted(step.rungs, key=lambda rung: rung.after)
    said = [
        (rung.after, rung_word(rung.channel, before=rungs[:number]))
        for number, rung in enumerate(rungs)
    ]
    for after, together in groupby(said, key=lambda each: each[0]):
        by = listed([word for _, word in together])
        if after:
            words = gettext("{time} later, {channels} if there is no answer")
            yield words.format(time=length(after), channels=by)
        else:
            yield gettext("{channels} to {people}").format(channels=by, people=people)


def who(town: Town, target: str) -> str:
    """How a target is spoken of; by its name in the file, if nobody has it now."""
    return _named(town, target) if is_known(town, target) else target


def _named(town: Town, target: str) -> str:
    kind, _, key = target.partition(":")
    match kind:
        case "roster":
            words = gettext("whoever is on duty in “{roster}”")
            return words.format(roster=town.roster(key).name.in_(language()))
        case "contact":
            contact = town.contact(key)
            title = contact.title.in_(language())
            return f"{contact.name} ({title})" if title else contact.name
        case "crew":
            words = gettext("everybody of the crew “{crew}”")
            return words.format(crew=town.crew(key).name.in_(language()))
        case "role":
            return gettext("whoever has the role “{role}”").format(role=key)
        case "department":
            return gettext("everybody of the category’s department")
        case _:
            return called(town, target).in_(language())


def _last_resort(town: Town, policy: Policy) -> str:
    words = gettext(
        "If there is still nobody, the last resort: {people}, every {time}, until a"
        " person accepts."
    )
    people = listed([who(town, target) for target in policy.last_resort])
    return words.format(people=people, time=length(policy.last_resort_every))


def _after(policy: Policy) -> Iterator[str]:
    if policy.rounds > 1:
        words = gettext("All steps are gone through {number} times.")
        yield words.format(number=policy.rounds)
    if policy.acceptances > 1:
        words = gettext("{number} people must accept.")
        yield words.format(number=policy.acceptances)
    if policy.on_the_way_within:
        words = gettext("Whoever accepts is on the way within {time}.")
        yield words.format(time=length(policy.on_the_way_within))
    if policy.on_site_within:
        words = gettext("They are on site within {time}, or the ladder starts again.")
        yield words.format(time=length(policy.on_site_within))
    if policy.done_within:
        words = gettext("It is done within {time}, or the ladder starts again.")
        yield words.format(time=length(policy.done_within))
    if policy.digest:
        words = gettext("All of it is told together, at {times}.")
        yield words.format(times=listed([f"{each:%H:%M}" for each in policy.digest]))
    if policy.quiet:
        words = gettext(
            "From {starts} to {ends} messages wait until the end; emergencies never do."
        )
        yield words.format(
            starts=f"{policy.quiet.starts:%H:%M}", ends=f"{policy.quiet.ends:%H:%M}"
        )
