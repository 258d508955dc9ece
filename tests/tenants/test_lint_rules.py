"""Each rule of the linter, broken and kept: what is an error, and what a warning."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from msgspec.structs import replace

import tenants
from notify.rules import replies
from tenants import Knowledge, examples
from tenants.lint.carriers import CARRIER_WORDS
from tenants.town import Override, Policy, Rung, Town
from tests.tenants.larkfield import EVERYDAY, LARKFIELD, WATER, utc
from tests.tenants.test_lint import AT, STEP, town, with_step


def policy(**changes: object) -> Policy:
    return replace(EVERYDAY, **changes)


def ana(**changes: object) -> Town:
    first, *others = LARKFIELD.contacts
    return replace(LARKFIELD, contacts=(replace(first, **changes), *others))


TWICE = (STEP, replace(STEP, to=("contact:ana",)))
SLOW = replace(STEP, wait=30_000)
VOICE = Rung(channel="voice")
UNMANNED = replace(WATER, members=())


@pytest.mark.parametrize(
    ("red", "green", "kind"),
    [
        pytest.param(
            ana(unverified=("+13125550151",)),
            ana(unverified=("+13125550199",)),
            "unverified",
            id="a number nobody has verified",
        ),
        pytest.param(
            town(policy(steps=TWICE), rosters=(replace(WATER, members=("ana",)),)),
            town(policy(steps=(STEP, replace(STEP, to=("contact:desk",))))),
            "same-person",
            id="the same person on every step",
        ),
        pytest.param(
            town(policy(last_resort=("roster:water",)), rosters=(UNMANNED,)),
            town(policy(), rosters=(UNMANNED,)),
            "no-last-resort",
            id="a last resort that may be nobody",
        ),
        pytest.param(
            town(policy(steps=(SLOW, replace(STEP, rungs=(VOICE,))))),
            town(policy(steps=(replace(SLOW, rungs=(VOICE,)),))),
            "late-call",
            id="called later than was promised",
        ),
        pytest.param(
            town(policy(digest=(time(8),))),
            town(policy()),
            "throttled-emergency",
            id="a digest that holds an emergency",
        ),
        pytest.param(
            town(policy(steps=(replace(STEP, wait=0),))),
            town(policy(steps=(STEP,))),
            "endless-loop",
            id="a ladder that never waits",
        ),
        pytest.param(
            town(with_step(rungs=(Rung(channel="voice", after=280),))),
            town(with_step(rungs=(Rung(channel="voice", after=270),))),
            "outlives-its-step",
            id="a call that still rings when the next step begins",
        ),
        pytest.param(
            replace(LARKFIELD, prefix="END"),
            replace(LARKFIELD, prefix="BND"),
            "carrier-word",
            id="texts that begin with a carrier's word",
        ),
    ],
)
def test_an_error_is_found_and_only_where_it_is(
    red: Town, green: Town, kind: str
) -> None:
    found = [kinds(each) for each in (red, green)]

    assert [kind in each for each in found] == [True, False]


def kinds(checked: Town, severity: str = "error", **known: object) -> set[str]:
    """``known`` as in ``Knowledge``."""
    told = Knowledge(**known)  # type: ignore[arg-type]  # a table's row
    found = tenants.lint(checked, at=AT, known=told)
    return {each.kind for each in found if each.severity == severity}


def test_who_answered_stop_is_not_textable() -> None:
    assert "opted-out" in kinds(LARKFIELD, opted_out=frozenset({"+13125550151"}))
    assert "opted-out" not in kinds(LARKFIELD, opted_out=frozenset({"+13125550199"}))


OFFICE = with_step(to=("department",))
ENDING = replace(
    WATER,
    members=(),
    overrides=(
        Override(
            contact="ana",
            starts=utc("2026-02-01T00:00").replace(tzinfo=None),
            ends=utc("2026-02-20T00:00").replace(tzinfo=None),
        ),
    ),
)
LASTING = replace(ENDING, members=("dan",))
DAILY = replace(WATER, anchor=utc("2026-01-05T08:00").replace(tzinfo=None), days=1)
ELSEWHERE = replace(LARKFIELD, slug="elsewhere", prefix="ELS")
STRANGERS = replace(
    ELSEWHERE,
    contacts=tuple(
        replace(each, mobile=f"+1418555{number:04}", landline=None)
        for number, each in enumerate(LARKFIELD.contacts)
    ),
)


@pytest.mark.parametrize(
    ("red", "green", "kind"),
    [
        pytest.param(
            LARKFIELD, replace(LARKFIELD, rosters=()), "long-shift", id="a whole week"
        ),
        pytest.param(
            town(EVERYDAY, rosters=(ENDING,)),
            town(EVERYDAY, rosters=(LASTING,)),
            "roster-ends",
            id="a roster that ends",
        ),
        pytest.param(town(OFFICE), LARKFIELD, "holiday", id="an office on a holiday"),
    ],
)
def test_a_warning_is_given_and_only_where_it_is_due(
    red: Town, green: Town, kind: str
) -> None:
    green = replace(green, policies=green.policies if green.rosters else (AWAKE,))

    found = [kinds(each, "warning") for each in (red, green)]

    assert [kind in each for each in found] == [True, False]


AWAKE = with_step(to=("contact:ana",))


@pytest.mark.parametrize(
    ("elsewhere", "warned"),
    [
        pytest.param((ELSEWHERE,), True, id="the same telephones"),
        pytest.param((STRANGERS,), False, id="other people"),
    ],
)
def test_a_person_on_call_in_two_towns_is_told(
    elsewhere: tuple[Town, ...], *, warned: bool
) -> None:
    found = kinds(LARKFIELD, "warning", elsewhere=elsewhere)

    assert ("two-towns" in found) == warned


def test_a_number_that_has_been_silent_for_long_is_told() -> None:
    numbers = ("+13125550151", "+13125550152", "+13125550153", "+13125550154")
    lively = dict.fromkeys(numbers, AT - timedelta(days=59))

    assert "silent" not in kinds(LARKFIELD, "warning", heard=lively)
    assert "silent" not in kinds(LARKFIELD, "warning")
    late = lively | {"+13125550152": AT - timedelta(days=61)}
    assert "silent" in kinds(LARKFIELD, "warning", heard=late)


def test_two_on_call_while_clocks_are_set_back_are_told() -> None:
    autumn = utc("2026-10-20T12:00")
    at_one = replace(WATER, anchor=utc("2026-01-05T01:30").replace(tzinfo=None), days=1)

    told = [
        {each.kind for each in tenants.lint(town(EVERYDAY, rosters=(each,)), at=autumn)}
        for each in (at_one, DAILY)
    ]

    assert ["clock-change" in each for each in told] == [True, False]


@pytest.mark.parametrize("name", examples.names())
@pytest.mark.parametrize("month", range(1, 13))
def test_the_examples_have_no_error_in_any_month(name: str, month: int) -> None:
    checked = tenants.read(examples.text(name), source=name)
    at = utc(f"2026-{month:02}-01T00:00")

    errors = [e for e in tenants.lint(checked, at=at) if e.severity == "error"]

    assert errors == []


def test_the_carriers_words_are_those_that_replies_know() -> None:
    assert CARRIER_WORDS == replies.CARRIER_WORDS
