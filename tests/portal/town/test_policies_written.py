"""What stands in a ladder's form, and what is made of it: without any page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.town.aloud import length
from portal.town.policies import lengths
from portal.town.policies.reading import read
from portal.town.policies.showing import likely, shown
from portal.town.policies.typed import NoSuchStep, Typed, written
from tenants import examples
from tenants.files.reading import examined
from tenants.rules import choose_policy
from tenants.town import Policy, Town
from tests.conftest import NIGHT
from tests.tenants.example_towns import TOWNS
from townline.i18n import speaking

LADDERS = [
    pytest.param(town, policy, id=f"{town.slug}: {policy.key}")
    for town in TOWNS.values()
    for policy in town.policies
]


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("5 minutes", 300),
        ("5", 300),
        ("1 h 30", 5400),
        ("2h30m", 9000),
        ("90 s", 90),
        ("1,5 h", 5400),
        ("after 2 minutes", 120),
        ("après 2 minutes", 120),
        ("2 minutes plus tard", 120),
        ("48 hours", 172_800),
        ("1 jour", 86_400),
        ("at once", 0),
        ("Tout de suite", 0),
        ("3 weeks", None),
        ("a while", None),
        ("-5", None),
        ("", None),
    ],
)
def test_a_length_of_time_is_read_as_people_write_it(
    words: str, seconds: int | None
) -> None:
    assert lengths.read(words) == seconds


# The first example in a language reads its catalog.
@settings(deadline=None)
@given(st.integers(0, 604_800), st.sampled_from(["en", "fr"]))
def test_what_is_said_is_read_back(seconds: int, language: str) -> None:
    with speaking(language):
        assert lengths.read(lengths.offset(seconds)) == seconds
        assert lengths.read(length(seconds)) == seconds


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("town", "policy"), LADDERS)
def test_every_ladder_survives_its_form(
    town: Town, policy: Policy, language: str
) -> None:
    with speaking(language):
        found = read(policy.key, written(policy), country="US")

    assert (found.policy, found.faults) == (policy, {})


@pytest.mark.parametrize(
    ("wish", "order"),
    [
        pytest.param("up 1", [1, 0, 2], id="earlier"),
        pytest.param("down 1", [0, 2, 1], id="later"),
        pytest.param("drop 0", [1, 2], id="taken out"),
        pytest.param("up 0", [0, 1, 2], id="the first stays first"),
        pytest.param("down 2", [0, 1, 2], id="the last stays last"),
    ],
)
def test_steps_are_moved_and_taken_out(wish: str, order: list[int]) -> None:
    typed = water_at_night()

    acted = typed.act(wish, target="contact:ana-ruiz")

    assert acted.steps == tuple(typed.steps[number] for number in order)


def test_a_step_is_added_at_the_end_and_told_in_the_usual_way() -> None:
    acted = water_at_night().act("add", target="contact:ana-ruiz")

    assert acted.steps[-1].to == ("contact:ana-ruiz",)
    assert [way.channel for way in acted.steps[-1].ways] == ["sms", "voice"]


def test_a_step_that_is_gone_is_not_moved() -> None:
    with pytest.raises(NoSuchStep):
        water_at_night().act("up 7", target="")


@pytest.mark.parametrize(("town", "policy"), LADDERS)
def test_a_ladder_is_tried_on_a_ticket_for_which_it_is_used(
    town: Town, policy: Policy
) -> None:
    asked = likely(town, policy, at=NIGHT)

    category = town.category(asked.category)
    chosen = choose_policy(town, category, level=asked.level, at=asked.at).policy
    assert chosen.key == policy.key


def water_at_night() -> Typed:
    return written(
        next(each for each in TOWNS["riverton"].policies if each.key == "water-night")
    )


def test_what_forbids_publishing_stands_beside_its_step() -> None:
    """Its number is none, and nobody has that key."""
    strange = 'to = ["contact:ana-ruiz", "number:+12", "contact:anna"]'
    text = examples.text("riverton").replace('to = ["contact:ana-ruiz"]', strange, 1)
    town, faults = examined(text, source="the draft")
    policy = next(each for each in town.policies if each.key == "water")

    page = shown(town, policy, was="", found=(), remarks=faults)

    assert [len(step.remedies) for step in page.steps] == [0, 2, 0]
    assert page.remedies == ()
    assert [who for who in page.steps[1].to if who not in page.choices.targets] == [
        "number:+12",
        "contact:anna",
        "",
    ]
