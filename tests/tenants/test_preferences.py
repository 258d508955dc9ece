"""How each person of a step is told, where its rungs leave that to them."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tenants.rules.preferences import USUAL, channels, destination, preferred
from tenants.town import Channel, Contact, OwnChannel, Rung, RungChannel

MOBILE, LANDLINE, EMAIL = "+13125550161", "+13125550160", "ana@larkfield.example"
ANA = Contact(
    key="ana", name="Ana Ruiz", department="water", mobile=MOBILE, email=EMAIL
)
AT_DESK = replace(ANA, mobile=None, landline=LANDLINE, email=None)

# On a machine that is busy elsewhere drawing takes as long as it takes.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

orders = [order for n in range(4) for order in permutations(USUAL, n)]
some_destinations = st.fixed_dictionaries(
    {
        "mobile": st.sampled_from([None, MOBILE]),
        "landline": st.sampled_from([None, LANDLINE]),
        "email": st.sampled_from([None, EMAIL]),
    }
)
doubts = st.sampled_from(
    [some for n in range(4) for some in combinations((MOBILE, LANDLINE, EMAIL), n)]
)
people = st.builds(
    lambda reached, order, unverified: replace(
        ANA, **reached, channels=order, unverified=unverified
    ),
    some_destinations,
    st.sampled_from(orders),
    doubts,
)
fixed: list[RungChannel] = ["sms", "voice", "email", "agent"]
seconds = st.sampled_from([0, 60, 120])
named_rungs = st.builds(Rung, channel=st.sampled_from(fixed), after=seconds)
any_rungs = named_rungs | st.builds(Rung, channel=st.just("preferred"), after=seconds)
steps = st.lists(any_rungs, min_size=1, max_size=5).map(tuple)


def ladder(*written: str) -> tuple[Rung, ...]:
    """``"preferred 60"``: a channel and the second at which it is used."""
    parts = (each.partition(" ") for each in written)
    return tuple(Rung(channel=by, after=int(at or 0)) for by, _, at in parts)  # type: ignore[arg-type]  # a table's row


@pytest.mark.parametrize(
    ("wished", "rungs", "by"),
    [
        pytest.param((), ("preferred",), ["sms"], id="usually a text"),
        pytest.param(
            (),
            ("preferred", "preferred 60", "preferred 120"),
            ["sms", "voice", "email"],
            id="then a call, then an email",
        ),
        pytest.param(("voice",), ("preferred",), ["voice"], id="as they asked"),
        pytest.param(
            ("voice", "sms"),
            ("preferred", "preferred 60", "preferred 120"),
            ["voice", "sms", None],
            id="and not again by what they did not ask for",
        ),
        pytest.param(
            ("voice", "sms"),
            ("preferred 60", "preferred"),
            ["sms", "voice"],
            id="in the order of time, not of the file",
        ),
        pytest.param(
            ("sms", "voice"),
            ("sms", "preferred 60"),
            ["sms", "voice"],
            id="not again what the rule has said by then",
        ),
        pytest.param(
            ("voice",),
            ("preferred", "voice 60"),
            ["voice", "voice"],
            id="though the rule may say it again later",
        ),
        pytest.param(
            ("sms", "voice"),
            ("preferred", "sms"),
            ["voice", "sms"],
            id="nor what the rule says at the same second",
        ),
        pytest.param(
            ("email",),
            ("voice", "agent 60"),
            ["voice", "agent"],
            id="the rule outranks a wish",
        ),
    ],
)
def test_each_rung_comes_by_the_rule_or_by_the_wish(
    wished: tuple[OwnChannel, ...], rungs: tuple[str, ...], by: list[Channel | None]
) -> None:
    assert [*channels(replace(ANA, channels=wished), ladder(*rungs))] == by


def test_a_landline_is_rung_first_since_it_cannot_be_texted() -> None:
    assert channels(AT_DESK, ladder("preferred")) == ("voice",)


def test_who_cannot_be_told_as_they_wish_is_told_otherwise() -> None:
    doubtful = replace(ANA, channels=("sms", "voice"), unverified=(MOBILE,))

    assert preferred(doubtful) == ("email",)


@unhurried
@given(people, steps)
def test_what_a_rule_names_is_never_changed(
    contact: Contact, rungs: tuple[Rung, ...]
) -> None:
    by = channels(contact, rungs)

    named = [(r.channel, c) for r, c in zip(rungs, by, strict=True)]
    assert all(one == other for one, other in named if one != "preferred")


@unhurried
@given(people, st.lists(named_rungs, min_size=1, max_size=5))
def test_a_step_without_wishes_is_as_it_was_written(
    contact: Contact, rungs: list[Rung]
) -> None:
    assert [*channels(contact, rungs)] == [rung.channel for rung in rungs]


@unhurried
@given(people, steps)
def test_nobody_is_told_twice_the_same_way_by_a_wish(
    contact: Contact, rungs: tuple[Rung, ...]
) -> None:
    by = channels(contact, rungs)

    told = [(r, c) for r, c in zip(rungs, by, strict=True) if c]
    wishes = [(rung.after, c) for rung, c in told if rung.channel == "preferred"]
    for after, channel in wishes:
        named = (r for r, _ in told if r.channel == channel and r.after <= after)
        assert [*named] == []
    assert len(wishes) == len({channel for _, channel in wishes})


@unhurried
@given(people, steps)
def test_a_wish_is_kept_in_its_order_and_only_where_something_arrives(
    contact: Contact, rungs: tuple[Rung, ...]
) -> None:
    by = channels(contact, rungs)

    in_time = sorted(zip(rungs, by, strict=True), key=lambda each: each[0].after)
    told = [c for rung, c in in_time if rung.channel == "preferred" and c]
    assert told == [each for each in preferred(contact) if each in told]
    assert all(destination(contact, each) for each in told)


@unhurried
@given(people)
def test_whoever_can_be_reached_at_all_is_told(contact: Contact) -> None:
    (told,) = channels(contact, ladder("preferred"))

    assert (told is not None) == any(destination(contact, each) for each in USUAL)


@unhurried
@given(people, st.integers(1, 5))
def test_whoever_has_no_further_way_is_passed_over(
    contact: Contact, number: int
) -> None:
    """Never told again the same way: a repetition is the town's to decide."""
    rungs = ladder(*(f"preferred {60 * each}" for each in range(number)))

    mine = preferred(contact)
    expected = [*mine, *[None] * number][:number]
    assert [*channels(contact, rungs)] == expected
