from __future__ import annotations

from datetime import datetime

import pytest
from msgspec.structs import replace

from tenants.rules import choose_policy, resolve
from tenants.town import Category, Policy
from tests.tenants.larkfield import EVERYDAY, LARKFIELD, MAIN_BREAK, POTHOLE, both, utc

NIGHT, DAY = utc("2026-02-10T06:00"), utc("2026-02-09T15:00")


def policy(key: str, **fields: object) -> Policy:
    name = both(key.title(), key.title())
    return replace(EVERYDAY, key=key, name=name, **fields)


POLICIES = (
    EVERYDAY,
    policy("night", hours="closed"),
    policy("water", departments=("water",)),
    policy("water-night", departments=("water",), hours="closed"),
    policy("breaks", categories=("main-break",), levels=(1, 2)),
    policy("breaks-day", categories=("main-break",), hours="open", levels=(1,)),
)


@pytest.mark.parametrize(
    ("category", "level", "at", "expected", "why"),
    [
        pytest.param(
            POTHOLE,
            4,
            DAY,
            "everyday",
            "“Everyday” applies: it covers every category at level 4.",
            id="the one for everything",
        ),
        pytest.param(
            POTHOLE,
            4,
            NIGHT,
            "night",
            "“Night” applies: it covers every category at level 4, while the town "
            "hall is closed.",
            id="one for the night is more specific",
        ),
        pytest.param(
            MAIN_BREAK,
            3,
            DAY,
            "water",
            "“Water” applies: it names the department “Water” at level 3.",
            id="one for the department is more specific",
        ),
        pytest.param(
            MAIN_BREAK,
            3,
            NIGHT,
            "water-night",
            "“Water-Night” applies: it names the department “Water” at level 3, while "
            "the town hall is closed.",
            id="one for the department at night",
        ),
        pytest.param(
            MAIN_BREAK,
            2,
            NIGHT,
            "breaks",
            "“Breaks” applies: it names the category “Water main break” at level 2.",
            id="the category outweighs the hours",
        ),
        pytest.param(
            MAIN_BREAK,
            1,
            DAY,
            "breaks-day",
            "“Breaks-Day” applies: it names the category “Water main break” at level "
            "1, while the town hall is open.",
            id="the category and the hours",
        ),
    ],
)
def test_the_most_specific_policy_wins(
    category: Category, level: int, at: datetime, expected: str, why: str
) -> None:
    town = replace(LARKFIELD, policies=POLICIES)

    chosen = choose_policy(town, category, level=level, at=at)

    assert (chosen.policy.key, chosen.why.en) == (expected, why)


@pytest.mark.parametrize(
    ("category", "at", "why"),
    [
        pytest.param(
            POTHOLE,
            DAY,
            "« Ordinaire » s’applique : elle vaut pour toutes les catégories "
            "au niveau 2.",
            id="everything",
        ),
        pytest.param(
            MAIN_BREAK,
            NIGHT,
            "« Breaks » s’applique : elle nomme la catégorie « Bris d’aqueduc » "
            "au niveau 2.",
            id="category",
        ),
        pytest.param(
            replace(MAIN_BREAK, key="leak"),
            NIGHT,
            "« Water-Night » s’applique : elle nomme le service « Eau » au niveau 2, "
            "hors des heures d’ouverture.",
            id="department",
        ),
    ],
)
def test_the_reason_is_said_in_french_too(
    category: Category, at: datetime, why: str
) -> None:
    town = replace(LARKFIELD, policies=POLICIES)

    chosen = choose_policy(town, category, level=2, at=at)

    assert chosen.why.fr.replace("\u00a0", " ") == why


def test_of_two_equal_policies_the_first_in_the_file_wins() -> None:
    town = replace(LARKFIELD, policies=(policy("first"), policy("second")))

    assert choose_policy(town, POTHOLE, level=4, at=DAY).policy.key == "first"


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        pytest.param("roster:water", ["dan"], id="who is on call"),
        pytest.param("contact:desk", ["desk"], id="one contact"),
        pytest.param("department", ["ana", "dan"], id="the category's department"),
    ],
)
def test_targets_resolve_to_people(target: str, expected: list[str]) -> None:
    found = resolve(LARKFIELD, target, department="water", at=utc("2026-01-28T06:00"))

    assert [contact.key for contact in found] == expected


def test_a_roster_with_nobody_on_call_resolves_to_nobody() -> None:
    before = utc("2025-12-01T00:00")

    assert resolve(LARKFIELD, "roster:water", department="water", at=before) == ()
