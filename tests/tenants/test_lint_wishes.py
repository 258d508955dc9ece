"""What would go wrong where a step leaves it to each person how to be told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

import tenants
from tenants import Knowledge
from tenants.lint import NOTHING
from tenants.town import Contact, OwnChannel, Rung, Town
from tests.tenants.larkfield import EVERYDAY, LARKFIELD, utc

AT = utc("2026-02-12T09:12")
ANA, *OTHERS = LARKFIELD.contacts
MOBILE = "+13125550151"
EMAIL = "ana@larkfield.example"
PREFERRED = Rung(channel="preferred")
NEXT = Rung(channel="preferred", after=60)
LAST = Rung(channel="preferred", after=120)


def town(*rungs: Rung, ana: Contact = ANA) -> Town:
    """Ana and Dan take turns; a text or a call may come to either."""
    step = replace(EVERYDAY.steps[0], rungs=rungs)
    policy = replace(EVERYDAY, steps=(step,))
    return replace(LARKFIELD, policies=(policy,), contacts=(ana, *OTHERS))


def wishing(*channels: OwnChannel, **changes: object) -> Contact:
    return replace(ANA, **{"email": EMAIL, "channels": channels, **changes})


def said(checked: Town, known: Knowledge = NOTHING) -> list[str]:
    found = tenants.lint(checked, at=AT, ahead=timedelta(days=14), known=known)
    inside = (each for each in found if each.path.startswith("policies"))
    return [f"{each.severity}, {each.kind}: {each.says.in_('en')}" for each in inside]


@pytest.mark.parametrize(
    "rungs",
    [
        pytest.param((PREFERRED,), id="each by one way"),
        pytest.param((PREFERRED, NEXT), id="each by two"),
        pytest.param((Rung(channel="sms"), NEXT), id="after a text to everybody"),
    ],
)
def test_wishes_that_can_be_kept_have_no_weakness(rungs: tuple[Rung, ...]) -> None:
    assert said(town(*rungs)) == []


@pytest.mark.parametrize(
    "ana",
    [
        pytest.param(replace(ANA, mobile=None), id="without any"),
        pytest.param(replace(ANA, unverified=(MOBILE,)), id="with none verified"),
    ],
)
def test_somebody_whom_no_way_reaches_is_an_error(ana: Contact) -> None:
    [weakness] = said(town(PREFERRED, ana=ana))

    assert weakness == (
        "error, no-destination: Ana Ruiz has neither a number nor an address that is "
        "verified: nothing they prefer arrives. Add one, or have one verified."
    )


def test_a_further_rung_that_tells_nobody_is_a_warning() -> None:
    [weakness] = said(town(PREFERRED, NEXT, LAST))

    assert weakness == (
        "warning, never-fires: The rung at 120 seconds tells nobody: everybody has been"
        " told by then in each of their ways. Take it out, or name a channel."
    )


def test_one_person_with_a_third_way_is_enough_for_a_third_rung() -> None:
    assert said(town(PREFERRED, NEXT, LAST, ana=wishing())) == []


def test_an_emergency_by_email_only_is_found_as_where_the_rule_says_so() -> None:
    """Level 1 is rung: a letter that somebody prefers is no call either."""
    by_wish, by_rule = (
        slow(town(rung, ana=wishing("email")))
        for rung in (PREFERRED, Rung(channel="email"))
    )

    assert said(by_wish) == said(by_rule)
    assert any("error, late-call" in each for each in said(by_wish))


def slow(checked: Town) -> Town:
    """Ana alone, and nothing further for longer than was promised."""
    [policy], [roster] = checked.policies, checked.rosters
    step = replace(policy.steps[0], wait=604_800)
    return replace(
        checked,
        policies=(replace(policy, steps=(step,)),),
        rosters=(replace(roster, members=("ana",)),),
    )


def test_a_call_that_somebody_prefers_must_have_rung_out() -> None:
    late = Rung(channel="preferred", after=280)

    quiet, ringing = (
        said(town(late, ana=each)) for each in (wishing("sms"), wishing("voice"))
    )

    assert quiet == []
    assert ringing == [
        "error, outlives-its-step: The call at 280 seconds still rings when the next "
        "step begins: let the step wait 30 seconds longer than its last call."
    ]


def test_a_preferred_number_that_was_sent_stop_is_found() -> None:
    known = Knowledge(opted_out=frozenset({MOBILE}))

    kinds = [each.partition(":")[0] for each in said(town(PREFERRED), known)]

    assert kinds == ["error, opted-out"]
