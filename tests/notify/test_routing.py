"""By which way a message goes, in the town's order, and what is left when one fails."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from notify.message import Channel
from notify.rules.circuits import CLOSED, Circuit
from notify.rules.outcomes import FailureKind, next_try, repeat_lost
from notify.rules.routing import Choice, Mail, Tried, Way, choose, remaining, ways
from tenants.town import Sending
from tests.notify.cast import NIGHT, after
from tests.tenants.larkfield import LARKFIELD

MAIN = LARKFIELD.lines[0].number
SERVICE = "MG0123456789abcdef0123456789abcdef"
OTHER = "+13125550199"
BOTH = Mail(sender="desk@townline.example", providers=("sendgrid", "smtp"))

FIRST, SECOND = Way("twilio", MAIN), Way("twilio", OTHER)
LETTER, LETTER_TOO = Way("sendgrid", BOTH.sender), Way("smtp", BOTH.sender)
SHUT = Circuit(open_until=after(30), trips=1, why="failing")


@pytest.mark.parametrize(
    ("sending", "channel", "expected"),
    [
        pytest.param(Sending(), "sms", [MAIN], id="texts from the main line"),
        pytest.param(Sending(), "voice", [MAIN], id="calls from the main line"),
        pytest.param(
            Sending(second_sender=OTHER), "sms", [MAIN, OTHER], id="then the second"
        ),
        pytest.param(
            Sending(sender=OTHER), "voice", [OTHER], id="a sender instead of the line"
        ),
        pytest.param(
            Sending(messaging_service=SERVICE),
            "sms",
            [SERVICE],
            id="the service has numbers of its own",
        ),
        pytest.param(
            Sending(messaging_service=SERVICE, sender=MAIN, second_sender=OTHER),
            "sms",
            [SERVICE, MAIN, OTHER],
            id="the service, then its stand-ins",
        ),
        pytest.param(
            Sending(messaging_service=SERVICE, second_sender=OTHER),
            "voice",
            [MAIN, OTHER],
            id="a service cannot call",
        ),
    ],
)
def test_a_towns_senders_have_an_order(
    sending: Sending, channel: Channel, expected: list[str]
) -> None:
    town = replace(LARKFIELD, sending=sending)

    found = ways(town, channel, BOTH)

    assert found == tuple(Way("twilio", each) for each in expected)


def test_letters_go_by_the_operators_order_unless_the_town_has_its_own() -> None:
    own = Sending(mail_first="smtp", mail_from="311@larkfield.example")
    theirs = replace(LARKFIELD, sending=own)

    assert ways(LARKFIELD, "email", BOTH) == (LETTER, LETTER_TOO)
    assert ways(theirs, "email", BOTH) == (
        Way("smtp", "311@larkfield.example"),
        Way("sendgrid", "311@larkfield.example"),
    )


def test_a_town_cannot_prefer_a_provider_that_the_operator_lacks() -> None:
    theirs = replace(LARKFIELD, sending=Sending(mail_first="smtp"))

    assert ways(theirs, "email", Mail(sender=BOTH.sender)) == (LETTER,)


def test_the_first_way_that_works_is_taken() -> None:
    assert choose([FIRST, SECOND], {}, at=NIGHT) == Choice(way=FIRST)
    assert choose([FIRST, SECOND], {FIRST: SHUT}, at=NIGHT) == Choice(way=SECOND)


def test_the_first_message_after_the_pause_probes() -> None:
    chosen = choose([FIRST, SECOND], {FIRST: SHUT}, at=after(30))

    assert chosen == Choice(way=FIRST, probe=True)


def test_with_every_way_shut_it_is_said_when_the_first_may_open() -> None:
    later = Circuit(open_until=after(90), trips=1, why="30034")

    chosen = choose([FIRST, SECOND], {FIRST: later, SECOND: SHUT}, at=NIGHT)

    assert chosen == Choice(wait_until=after(30), why="no_way")


@pytest.mark.parametrize(
    ("tried", "expected"),
    [
        pytest.param([], [FIRST, SECOND], id="nothing yet"),
        pytest.param(
            [Tried(FIRST, "other_sender")],
            [SECOND, FIRST],
            id="one whose queue is full comes last",
        ),
        pytest.param(
            [Tried(FIRST, "ambiguous")],
            [SECOND, FIRST],
            id="one that never had it comes last",
        ),
        pytest.param(
            [Tried(FIRST, "other_sender"), Tried(SECOND, "other_sender")],
            [FIRST, SECOND],
            id="then they take turns",
        ),
        pytest.param([Tried(FIRST, "stop")], [SECOND], id="one that was stopped never"),
        pytest.param(
            [Tried(FIRST, "operations")], [], id="nor any of a stopped account"
        ),
        pytest.param(
            [Tried(FIRST, "retry")], [FIRST, SECOND], id="the same way, later"
        ),
    ],
)
def test_what_failed_this_message_is_left_for_the_next(
    tried: list[Tried], expected: list[Way]
) -> None:
    assert remaining([FIRST, SECOND], tried) == expected


def test_an_account_that_is_stopped_leaves_the_other_provider() -> None:
    tried = [Tried(LETTER, "operations")]

    assert choose([LETTER, LETTER_TOO], {}, tried, at=NIGHT) == Choice(way=LETTER_TOO)


@pytest.mark.parametrize("kind", ["stop", "operations"])
def test_when_nothing_is_left_it_is_said_why(kind: FailureKind) -> None:
    assert choose([FIRST], {}, [Tried(FIRST, kind)], at=NIGHT) == Choice(why=kind)


kinds = st.sampled_from(["retry", "other_sender", "ambiguous", "stop", "operations"])
some_ways = st.lists(
    st.sampled_from([FIRST, SECOND, LETTER, LETTER_TOO]), min_size=1, unique=True
)
circuits = st.dictionaries(
    st.sampled_from([FIRST, SECOND, LETTER, LETTER_TOO]),
    st.one_of(
        st.just(CLOSED),
        st.builds(
            Circuit,
            open_until=st.integers(-60, 60).map(after),
            why=st.sampled_from(["failing", "30034"]),
        ),
    ),
)


@given(
    offered=some_ways,
    known=circuits,
    tried=st.lists(
        st.builds(Tried, st.sampled_from([FIRST, SECOND, LETTER, LETTER_TOO]), kinds)
    ),
)
def test_every_message_has_a_way_or_a_time_or_an_end(
    offered: list[Way], known: dict[Way, Circuit], tried: list[Tried]
) -> None:
    chosen = choose(offered, known, tried, at=NIGHT)

    if chosen.way:
        assert chosen.way in remaining(offered, tried)
        assert known.get(chosen.way, CLOSED).lets_through(at=NIGHT)
    elif chosen.wait_until:
        assert chosen.wait_until > NIGHT
    else:
        assert chosen.why in {"stop", "operations"}


@given(offered=some_ways, known=circuits)
def test_no_way_is_passed_over_while_it_works(
    offered: list[Way], known: dict[Way, Circuit]
) -> None:
    chosen = choose(offered, known, at=NIGHT)

    for way in offered:
        if way == chosen.way:
            break
        assert not known.get(way, CLOSED).lets_through(at=NIGHT)


@pytest.mark.parametrize(
    ("kind", "tries", "seconds"),
    [
        pytest.param("retry", 1, 2, id="again in two seconds"),
        pytest.param("retry", 3, 32, id="and later in half a minute"),
        pytest.param("retry", 4, None, id="not a fifth time"),
        pytest.param("other_sender", 1, 0, id="at once by another"),
        pytest.param("other_sender", 2, 8, id="with patience after that"),
        pytest.param("stop", 2, 0, id="another sender at once"),
        pytest.param("operations", 1, 0, id="another provider at once"),
        pytest.param("other_channel", 1, None, id="never the same way"),
        pytest.param("fix_contact", 1, None, id="nobody is there"),
        pytest.param("opted_out", 1, None, id="nobody wants it"),
    ],
)
def test_a_refusal_comes_again(
    kind: FailureKind, tries: int, seconds: int | None
) -> None:
    due_at = next_try(kind, tries, at=NIGHT)

    assert due_at == (None if seconds is None else after(seconds))


def test_a_carrier_that_says_when_is_believed() -> None:
    assert next_try("retry", 1, at=NIGHT, after=7.0) == after(7)


@pytest.mark.parametrize(
    ("kind", "tries", "seconds"),
    [
        pytest.param("retry", 1, 60, id="once more"),
        pytest.param("later", 1, 60, id="once more when the handset may be on"),
        pytest.param("retry", 2, None, id="not twice"),
        pytest.param("other_sender", 1, 0, id="by another sender at once"),
        pytest.param("other_channel", 1, None, id="not a filtered text"),
    ],
)
def test_what_was_taken_and_lost_comes_again(
    kind: FailureKind, tries: int, seconds: int | None
) -> None:
    due_at = repeat_lost(kind, tries, at=NIGHT)

    assert due_at == (None if seconds is None else NIGHT + timedelta(seconds=seconds))
