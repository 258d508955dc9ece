from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product

import pytest

from tenants import examples
from tenants.rules import gaps
from tenants.rules.policies import candidates
from tenants.town import Category, Contact, Policy, RungChannel, Town
from tests.tenants.example_towns import TOWNS, twice


@pytest.fixture(params=TOWNS)
def town(request: pytest.FixtureRequest) -> Town:
    return TOWNS[request.param]


def test_each_file_is_named_after_its_town() -> None:
    assert examples.names() == ("riverton", "sainte-aurore")
    assert [town.slug for town in TOWNS.values()] == list(TOWNS)


def test_every_key_is_given_once(town: Town) -> None:
    lists = {
        "departments": [each.key for each in town.departments],
        "contacts": [each.key for each in town.contacts],
        "rosters": [each.key for each in town.rosters],
        "policies": [each.key for each in town.policies],
        "categories": [each.key for each in town.categories],
        **{
            each.key: [question.key for question in each.questions]
            for each in town.categories
        },
    }

    assert {name: twice(keys) for name, keys in lists.items() if twice(keys)} == {}


def test_every_reference_leads_somewhere(town: Town) -> None:
    there = {
        *(f"department:{each.key}" for each in town.departments),
        *(f"contact:{each.key}" for each in town.contacts),
        *(f"roster:{each.key}" for each in town.rosters),
        *(f"category:{each.key}" for each in town.categories),
        "department",
    }

    assert set(references(town)) - there == set()


def references(town: Town) -> Iterator[str]:
    yield from (f"department:{each.department}" for each in town.contacts)
    yield from (f"department:{each.department}" for each in town.categories)
    for roster in town.rosters:
        yield from (f"contact:{key}" for key in roster.members)
        yield from (f"contact:{each.contact}" for each in roster.overrides)
        yield from (f"contact:{each.contact}" for each in roster.absences)
    for policy in town.policies:
        yield from (f"category:{key}" for key in policy.categories)
        yield from (f"department:{key}" for key in policy.departments)
        yield from policy.last_resort
        for step in policy.steps:
            yield from step.to


def test_a_question_depends_on_an_earlier_ones_answers(town: Town) -> None:
    for category in town.categories:
        asked: dict[str, set[str]] = {}
        for question in category.questions:
            if need := question.shown_if:
                assert set(need.answers) <= asked[need.question], category.key
            asked[question.key] = {choice.key for choice in question.choices}


def test_only_a_choice_has_choices(town: Town) -> None:
    questions = [each for category in town.categories for each in category.questions]

    assert {each.type for each in questions} == {"choice", "text", "number"}
    for question in questions:
        assert bool(question.choices) == (question.type == "choice")


def test_an_answer_only_ever_makes_it_graver(town: Town) -> None:
    for category in town.categories:
        assert all(level < category.level for level in raises(category)), category.key


def test_whoever_is_handed_to_911_is_told_so(town: Town) -> None:
    choices = [
        choice
        for category in town.categories
        for question in category.questions
        for choice in question.choices
    ]

    assert any(choice.stops for choice in choices)
    for choice in choices:
        assert ("911" in choice.say.in_("en")) == (choice.stops == "911")


def test_the_catalogue_is_that_of_a_real_town(town: Town) -> None:
    assert len(town.categories) >= 40
    assert {each.level for each in town.categories} == {1, 2, 3, 4, 5}
    assert {each.kind for each in town.categories} == {
        "information",
        "complaint",
        "problem",
        "request",
    }
    assert sum(bool(each.questions) for each in town.categories) >= 20


def test_every_level_of_every_category_has_a_policy_day_and_night(town: Town) -> None:
    for category, level in product(town.categories, (1, 2, 3, 4, 5)):
        assert candidates(town, category, level=level, is_open=True)
        assert candidates(town, category, level=level, is_open=False)


def test_everybody_can_be_told_by_the_channels_of_their_step(town: Town) -> None:
    for category in town.categories:
        for policy in policies(town, category):
            for contact, channel in told(town, policy, category):
                assert reachable(contact, channel), (category.key, contact.key)


def policies(town: Town, category: Category) -> list[Policy]:
    """Every one that may come to hold for it, by any answer, by day or by night."""
    return [
        policy
        for level in {category.level, *raises(category)}
        for is_open in (True, False)
        for policy in candidates(town, category, level=level, is_open=is_open)
    ]


def raises(category: Category) -> set[int]:
    return {
        choice.raises_to
        for question in category.questions
        for choice in question.choices
        if choice.raises_to is not None
    }


def told(
    town: Town, policy: Policy, category: Category
) -> Iterator[tuple[Contact, RungChannel]]:
    for step in policy.steps:
        contacts = [each for to in step.to for each in behind(town, to, category)]
        assert contacts
        yield from ((one, rung.channel) for one in contacts for rung in step.rungs)


def behind(town: Town, target: str, category: Category) -> list[Contact]:
    """Everybody a target may ever mean, whoever's turn it is."""
    kind, _, key = target.partition(":")
    if kind == "department":
        return [
            each for each in town.contacts if each.department == category.department
        ]
    keys = town.roster(key).members if kind == "roster" else (key,)
    return [town.contact(each) for each in keys]


def reachable(contact: Contact, channel: RungChannel) -> bool:
    means = {
        "sms": contact.mobile,
        "voice": contact.mobile or contact.landline,
        "email": contact.email,
        "preferred": contact.mobile or contact.landline or contact.email,
    }
    return means[channel] is not None


def test_the_gravest_levels_have_deadlines_and_no_quiet_hours(town: Town) -> None:
    for policy in town.policies:
        if {1, 2} & set(policy.levels):
            assert policy.on_the_way_within
            assert policy.on_site_within
        assert policy.quiet is None or 1 not in policy.levels


def test_somebody_is_on_call_at_every_hour_of_two_years(town: Town) -> None:
    since, until = (datetime(year, 1, 1, tzinfo=UTC) for year in (2026, 2028))

    for roster in town.rosters:
        assert gaps(roster, town.time_zone, since=since, until=until) == ()
