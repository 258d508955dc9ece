"""A ladder that leaves it to each person how to be told, told as they wish."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

import escalation
from escalation import Scenario, conformance
from escalation.rules import Directory, RungFailed
from escalation.simulation import SCRIPTS, simulate
from tenants.town import Contact, OwnChannel, Policy, Rung, Step, Town
from tests.escalation.conftest import main_break
from tests.escalation.ladders import (
    NIGHT,
    PEOPLE,
    RIVERTON,
    ladder,
    last_told,
    minutes,
    opened,
    step,
    told,
)
from tests.escalation.plays import Stage, in_step, of_the_simulator
from tests.escalation.relays import promised, standing, timeline
from tests.tenants.published import Publish, publish
from townline.db import Database
from townline.i18n import speaking
from townline.tenancy import TenantSession

__all__ = ["publish"]

MAIN_BREAK = RIVERTON.category("water-main-break")
BOTH = ("ana-ruiz", "dan-ortiz")


def preferring(*seconds: int, to: tuple[str, ...] = BOTH) -> Step:
    rungs = tuple(Rung(channel="preferred", after=after) for after in seconds)
    return replace(step(*to), rungs=rungs)


def asked(contact: str, *channels: OwnChannel, town: Town = RIVERTON) -> Town:
    def wishing(each: Contact) -> Contact:
        return replace(each, channels=channels) if each.key == contact else each

    return replace(town, contacts=tuple(map(wishing, town.contacts)))


ANA_CALLED_FIRST = asked("ana-ruiz", "voice", "sms")


def as_published(*steps: Step) -> Town:
    """Ana's wish, and one ladder for everything."""
    policy = ladder(*steps, key="all", levels=(1, 2, 3, 4, 5), on_the_way_within=900)
    return replace(ANA_CALLED_FIRST, policies=(policy,))


def with_people(town: Town) -> Directory:
    return Directory(town, PEOPLE.department)


def test_each_is_told_first_as_they_asked_and_then_by_their_next_way() -> None:
    policy = ladder(preferring(0, 120))

    relay = opened(policy, people=with_people(ANA_CALLED_FIRST))

    assert told(relay) == [
        (0, "ana-ruiz", "voice"),
        (0, "dan-ortiz", "sms"),
        (2, "ana-ruiz", "sms"),
        (2, "dan-ortiz", "voice"),
    ]


def test_a_channel_that_the_rule_names_outranks_a_wish() -> None:
    never_by_voice = asked("ana-ruiz", "sms")

    relay = opened(
        ladder(step("ana-ruiz", voice=0)), people=with_people(never_by_voice)
    )

    assert told(relay) == [(0, "ana-ruiz", "voice")]


def test_each_repeat_of_a_step_begins_again_with_the_first_wish() -> None:
    policy = ladder(replace(preferring(0, to=("ana-ruiz",)), repeat=1))

    relay = opened(policy, people=with_people(ANA_CALLED_FIRST))
    relay.let_time_pass()

    assert told(relay) == [(0, "ana-ruiz", "voice"), (5, "ana-ruiz", "voice")]


def test_when_the_last_way_of_all_has_failed_the_next_step_begins() -> None:
    """I11: who has no further way is not waited for."""
    policy = ladder(preferring(0, 120, to=("ana-ruiz",)), step("walter-greene"))
    relay = opened(policy, people=with_people(asked("ana-ruiz", "voice")))

    relay.play(RungFailed(last_told(relay, "ana-ruiz").key), at=minutes(1))

    assert told(relay)[-1] == (1, "walter-greene", "sms")


def test_a_changed_wish_counts_from_the_next_step_on() -> None:
    """I15: a run keeps its policy, and looks its people up at each step."""
    one = preferring(0, to=("ana-ruiz",))
    relay = opened(ladder(one, one), people=with_people(ANA_CALLED_FIRST))
    relay.people = with_people(asked("ana-ruiz", "email"))
    relay.let_time_pass()

    assert told(relay) == [(0, "ana-ruiz", "voice"), (5, "ana-ruiz", "email")]


def reasons(town: Town) -> list[tuple[str, str]]:
    """Of the ladder's first step: by what, and what speaks for it."""
    lines = simulate(Scenario(town=town, category=MAIN_BREAK, level=1, at=NIGHT)).lines
    return [
        (line.channel, line.rule)
        for line in lines
        if line.channel and line.at < minutes(5) and line.text
    ]


@pytest.mark.parametrize(
    ("town", "why"),
    [
        pytest.param(
            as_published(preferring(0, 120, to=("ana-ruiz",))),
            [
                ("voice", "Ana Ruiz asked to be called first."),
                ("sms", "Of what Ana Ruiz asked for, this is next."),
            ],
            id="what she asked for, and what comes next",
        ),
        pytest.param(
            as_published(preferring(0, to=("dan-ortiz",))),
            [("sms", "Dan Ortiz has no wish: the usual order is kept.")],
            id="who has asked for nothing",
        ),
        pytest.param(
            as_published(step("ana-ruiz", sms=0)),
            [("sms", "Step 1, a text: Water and sewer foreman.")],
            id="what the rule names",
        ),
        pytest.param(
            replace(
                as_published(preferring(0, to=("ana-ruiz",))),
                contacts=tuple(
                    replace(each, unverified=("+13125550161",))
                    if each.key == "ana-ruiz"
                    else each
                    for each in ANA_CALLED_FIRST.contacts
                ),
            ),
            [("email", "What Ana Ruiz asked for does not reach them now; this does.")],
            id="what does not reach her now",
        ),
    ],
)
def test_the_simulator_says_why_it_is_this_way(
    town: Town, why: list[tuple[str, str]]
) -> None:
    said = reasons(town)

    assert [by for by, _ in said] == [by for by, _ in why]
    assert all(
        rule.endswith(end) for (_, rule), (_, end) in zip(said, why, strict=True)
    )


def test_the_simulator_says_why_in_french() -> None:
    with speaking("fr"):
        [(_, rule), *_] = reasons(as_published(preferring(0, to=("ana-ruiz",))))

    assert rule.endswith("Ana Ruiz a demandé d’abord un appel.")


def test_the_desk_sees_the_real_channel_of_each_before_saving() -> None:
    town = as_published(preferring(0))

    seen = escalation.preview(town, MAIN_BREAK, 1, at=NIGHT)

    assert [(each.name, each.channel) for each in seen.lines][:2] == [
        ("Ana Ruiz", "voice"),
        ("Dan Ortiz", "sms"),
    ]


def test_a_relay_is_promised_logged_and_replayed_by_the_real_channels(
    riverton: TenantSession, publish: Publish, engine_database: Database
) -> None:
    """I4, and I22 backwards: deciding anew finds the same channel for each."""
    publish(as_published(preferring(0, 120), step("walter-greene")))
    ticket = main_break(riverton)
    run = escalation.start(riverton, ticket, at=NIGHT)
    riverton.session.commit()

    assert set(promised(riverton)) == {
        (0, "Ana Ruiz", "voice"),
        (0, "Dan Ortiz", "sms"),
        (2, "Ana Ruiz", "sms"),
        (2, "Dan Ortiz", "voice"),
    }
    escalation.tick(engine_database, at=minutes(5))
    escalation.accept(
        riverton, run.id, contact="walter-greene", via="sms", at=minutes(6)
    )
    escalation.close(riverton, ticket.id, reason="done", at=minutes(9))
    assert timeline(riverton, ticket.id)[:2] == ["started", "step_started"]
    assert conformance.replay(riverton, run.id) == ()


def test_what_happens_next_is_told_by_the_real_channels(
    riverton: TenantSession, publish: Publish
) -> None:
    publish(as_published(preferring(0, 120)))
    ticket = main_break(riverton)
    escalation.start(riverton, ticket, at=NIGHT)
    riverton.session.commit()

    seen = escalation.happens_next(riverton, ticket.id, at=minutes(1))

    assert standing(riverton, ticket.id).state == "running"
    assert [(each.name, each.channel) for each in seen][:2] == [
        ("Ana Ruiz", "sms"),
        ("Dan Ortiz", "voice"),
    ]


def test_a_policy_is_the_same_with_or_without_the_wishes_it_does_not_ask_for() -> None:
    """A town whose ladders name their channels behaves to the letter as before."""
    policies: tuple[Policy, ...] = RIVERTON.policies

    for policy in policies:
        before, after = (
            opened(policy, level=policy.levels[0], people=with_people(town))
            for town in (RIVERTON, ANA_CALLED_FIRST)
        )
        assert told(after) == told(before)


@pytest.mark.parametrize("script", ["nobody", "undelivered", "sms-down", "declines"])
def test_what_is_simulated_of_wishes_is_what_the_engine_logs(
    riverton: TenantSession,
    publish: Publish,
    database: Database,
    engine_database: Database,
    script: str,
) -> None:
    """I22: by the real channel of each, through every round."""
    rules = as_published(preferring(0, 120), step("walter-greene"))
    publish(rules)
    scenario = Scenario(
        town=rules, category=MAIN_BREAK, level=1, at=NIGHT, script=SCRIPTS[script]
    )
    foreseen = simulate(scenario)

    stage = Stage(riverton.tenant_id, rules, database, engine_database)
    happened = stage.play(scenario, until=foreseen.lines[-1].at)

    assert in_step(happened) == in_step(of_the_simulator(foreseen.lines))
