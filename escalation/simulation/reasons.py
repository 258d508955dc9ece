"""Why each line happens: which step or rung, and what led there."""

from __future__ import annotations

from datetime import timedelta

from escalation.rules import Declined, RungFailed, Started, Tell, TimerFired
from escalation.rules.events import Event
from escalation.simulation.timeline import Scenario
from escalation.simulation.wishes import wish
from escalation.simulation.world import Happening
from tenants.town import Channel, Policy, Rung
from townline.i18n import gettext, language
from townline.words import elapsed, spoken_time

# A message goes out, or an agent is asked to say it.
TELLING = frozenset({"relay.attempted", "relay.to_dial"})


def rule(scenario: Scenario, policy: Policy, why: str, it: Happening) -> str:
    """A sentence in the language that is spoken."""
    event = it.what.event
    if event == "relay.started":
        return why
    if it.tell and event in TELLING:
        return _rung(scenario, policy, it.tell)
    if event in {"relay.step_started", "relay.last_resort"}:
        return _step(scenario, it)
    if event in {"relay.accepted", "relay.declined"}:
        return _answer(policy, it)
    return _always().get(event, "")


def _always() -> dict[str, str]:
    """What is said of an event whatever the policy."""
    machine = gettext("A machine's word: nobody has been reached.")
    in_time = gettext("It meets the deadline of whoever accepted.")
    return {
        "relay.step_empty": gettext(
            "Nobody is meant by this step now: it takes no time."
        ),
        "relay.undelivered": machine,
        "relay.failed": machine,
        "relay.no_answer": machine,
        "relay.exhausted": gettext("Every step of every round has passed."),
        "relay.cancelled": gettext("What was still to be said is no longer needed."),
        "relay.deadline_missed": gettext("No word came from whoever accepted."),
        "relay.reopened": gettext("It is opened again, once for each miss."),
        "relay.stale_answer": gettext(
            "It came too late, is answered, and changes nothing."
        ),
        "ticket.on_the_way": in_time,
        "ticket.on_site": in_time,
    }


def _rung(scenario: Scenario, policy: Policy, tell: Tell) -> str:
    said = _target(scenario, tell)
    if tell.last_resort:
        return gettext("Last resort: {who}.").format(who=said)
    rung = policy.steps[tell.place.step].rungs[tell.rung]
    sentence = gettext("Step {step}, {channel}: {who}.").format(
        step=tell.place.step + 1, channel=channel_word(tell.channel), who=said
    )
    words = (sentence, _offset(rung), wish(policy, tell))
    return " ".join(filter(None, words))


def _offset(rung: Rung) -> str:
    if not rung.after:
        return ""
    after = elapsed(timedelta(seconds=rung.after))
    return gettext("{time} into the step.").format(time=after)


def _target(scenario: Scenario, tell: Tell) -> str:
    kind, _, key = tell.target.partition(":")
    rosters = {each.key: each for each in scenario.town.rosters}
    if kind == "roster" and key in rosters:
        name = rosters[key].name.in_(language())
        return gettext("on call in “{roster}”").format(roster=name)
    if kind == "department":
        department = scenario.town.department(scenario.category.department)
        return department.name.in_(language())
    return tell.contact.title.in_(language()) or tell.contact.name


def _step(scenario: Scenario, it: Happening) -> str:
    said = _cause(it.cause)
    held = it.what.facts.get("held_until")
    if held is None:
        return said
    until = spoken_time(held, scenario.town.time_zone)  # type: ignore[arg-type]
    words = gettext("Quiet hours hold it until {time}.")
    if it.what.facts.get("held_for") == "digest":
        words = gettext("It is told with others at {time}.")
    return f"{said} {words.format(time=until)}"


def _cause(cause: Event | None) -> str:
    match cause:
        case Started():
            return gettext("The ladder starts at its first step.")
        case RungFailed():
            return gettext("Nothing more can come of the step before: go on early.")
        case Declined():
            return gettext("They cannot: go on at once.")
        case TimerFired(kind="step"):
            return gettext("Nobody has accepted in the time of the step before.")
        case TimerFired():
            return gettext("A deadline was missed: the ladder begins again.")
        case _:
            return gettext("The ladder goes on.")


def _answer(policy: Policy, it: Happening) -> str:
    if it.what.event == "relay.declined":
        return gettext("A person has answered, and cannot.")
    missing = it.what.facts.get("still_needed")
    if missing:
        return gettext("A person has it; {number} more must accept.").format(
            number=missing
        )
    limits = [policy.on_the_way_within, policy.on_site_within]
    if not any(limits):
        return gettext("A person has it: everything else stops.")
    return gettext("A person has it: everything else stops, and deadlines begin.")


def says(it: Happening) -> str:
    """What happens, in a few words; whom it concerns is told beside it."""
    facts = it.what.facts
    match it.what.event:
        case "relay.step_started" if facts["repeat"]:
            return gettext("Step {step} again, round {round}").format(**facts)
        case "relay.step_started":
            return gettext("Step {step}, round {round}").format(**facts)
        case "relay.step_empty":
            return gettext("Step {step}, round {round}: nobody").format(**facts)
        case "relay.attempted" if it.tell:
            return channel_word(it.tell.channel).capitalize()
        case event:
            return _events().get(event, event)


def _events() -> dict[str, str]:
    return {
        "relay.started": gettext("The relay starts"),
        "relay.to_dial": gettext("An agent is asked to dial"),
        "relay.undelivered": gettext("Not delivered"),
        "relay.failed": gettext("Refused by the carrier"),
        "relay.no_answer": gettext("Rings out"),
        "relay.exhausted": gettext("Nobody is left to ask: alarm"),
        "relay.last_resort": gettext("The last resort is told"),
        "relay.accepted": gettext("Accepted"),
        "relay.declined": gettext("Declined"),
        "relay.cancelled": gettext("Not said any more"),
        "relay.deadline_missed": gettext("A deadline is missed"),
        "relay.reopened": gettext("Opened again"),
        "relay.stale_answer": gettext("An answer too late"),
        "ticket.on_the_way": gettext("On the way"),
        "ticket.on_site": gettext("On site"),
    }


def channel_word(channel: Channel) -> str:
    words = {
        "sms": gettext("a text"),
        "voice": gettext("a call"),
        "email": gettext("an email"),
        "agent": gettext("a call by an agent"),
    }
    return words[channel]
