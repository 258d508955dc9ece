"""Who goes alone, who in a list, who waits: whatever waits, and whatever is granted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from notify.message import Channel, HeldFor
from notify.rules.codes import RESTS, candidates, may_be_taken, next_code
from notify.rules.merges import MOST, Crowd, Waiting, crowd_limit, part
from notify.rules.merges import wanted as tokens_for
from notify.rules.throttles import ask

NOON = datetime(2026, 2, 12, 12, tzinfo=UTC)
# As ``tenants.town.Sending`` has it, unless a town wants it otherwise.
MERGE_AFTER = 3
HELD: tuple[HeldFor, ...] = ("", "gather", "throttle", "quiet", "digest")


def crowd(channel: Channel = "sms", *, level: int = 3, merges: bool = True) -> Crowd:
    return Crowd(channel, "+13125550100", "+13125550161", "ana-ruiz", level, merges)


CROWDS = st.builds(
    crowd,
    st.sampled_from(["sms", "email"]),
    level=st.integers(1, 5),
    merges=st.booleans(),
)
WAITING = st.lists(
    st.builds(
        Waiting,
        id=st.uuids(),
        # Some promises are about the same ticket: a second rung, or one more round.
        ticket=st.integers(0, 30),
        held_for=st.sampled_from(HELD),
        asks=st.booleans(),
    ),
    unique_by=lambda each: each.id,
    min_size=1,
    max_size=60,
)


@given(CROWDS, WAITING, st.integers(0, 10))
def test_everybody_goes_once_or_waits(
    crowd: Crowd, waiting: list[Waiting], granted: int
) -> None:
    """I18."""
    limit = crowd_limit(crowd, merge_after=MERGE_AFTER)
    parting = part(crowd, waiting, granted=granted, limit=limit)

    told = [each.id for party in parting.parties for each in party]
    assert sorted([*told, *(each.id for each in parting.held)]) == sorted(
        each.id for each in waiting
    )


@given(CROWDS, WAITING, st.integers(0, 10))
def test_no_list_is_longer_than_is_read_and_no_ticket_is_in_two(
    crowd: Crowd, waiting: list[Waiting], granted: int
) -> None:
    """I25."""
    limit = crowd_limit(crowd, merge_after=MERGE_AFTER)
    parting = part(crowd, waiting, granted=granted, limit=limit)

    lists = [
        {each.ticket for each in party} for party in parting.parties if len(party) > 1
    ]
    assert all(len(tickets) <= MOST[crowd.channel] for tickets in lists)
    assert sum(map(len, lists)) == len(set().union(*lists))
    assert crowd.merges or not lists


@given(WAITING)
def test_an_emergency_is_listed_only_above_its_cap(waiting: list[Waiting]) -> None:
    """Level 1 goes at once, by itself, until one telephone is told too often."""
    fresh = [Waiting(each.id, each.ticket) for each in waiting]
    emergencies = crowd(level=1)
    limit = crowd_limit(emergencies, merge_after=MERGE_AFTER)
    asked = tokens_for(emergencies, fresh)
    grant = ask(limit, None, wanted=asked, at=NOON)

    parting = part(emergencies, fresh, granted=grant.granted, limit=limit)

    assert parting.held == ()
    assert asked > limit.burst or all(len(party) == 1 for party in parting.parties)


def test_an_emergency_waits_three_seconds_at_most() -> None:
    limit = crowd_limit(crowd(level=1), merge_after=MERGE_AFTER)
    spent = ask(limit, None, wanted=int(limit.burst), at=NOON)
    next_one = ask(limit, spent.bucket, wanted=1, at=NOON)

    assert next_one.bucket.booked_until == NOON + timedelta(seconds=3)


class Phone(RuleBasedStateMachine):
    """I8: whatever is given, closed and waited for, a code means what it was printed
    for, until its reader has had a week to forget it."""

    def __init__(self) -> None:
        super().__init__()
        self.at = NOON
        self.tickets = 0
        # Code to the ticket it was last given for, and when that was closed.
        self.rows: dict[str, tuple[int, datetime | None]] = {}
        # What its reader holds in hand: ticket to code, and when the ticket was closed.
        self.printed: list[tuple[int, str]] = []
        # A crowded phone, so that the longest codes are given and rest as well.
        for code in [*candidates()][: 987 - 4]:
            self.rows[code] = (-1, None)

    @rule(count=st.integers(1, 6))
    def give(self, count: int) -> None:
        for _ in range(count):
            taken = {
                code
                for code, (_, closed) in self.rows.items()
                if not may_be_taken(closed, at=self.at)
            }
            code = next_code(taken)
            assert code is not None, "never without a code"
            self.tickets += 1
            self.rows[code] = (self.tickets, None)
            self.printed.append((self.tickets, code))

    @rule(data=st.data())
    def close(self, data: st.DataObject) -> None:
        open_ones = [
            code for code, (ticket, end) in self.rows.items() if ticket > 0 and not end
        ]
        if open_ones:
            code = data.draw(st.sampled_from(open_ones))
            self.rows[code] = (self.rows[code][0], self.at)

    @rule(hours=st.sampled_from([1, 100, 167, 168, 400]))
    def wait(self, hours: int) -> None:
        self.at += timedelta(hours=hours)
        self.printed = [each for each in self.printed if self._is_remembered(*each)]

    def _is_remembered(self, ticket: int, code: str) -> bool:
        meant, closed = self.rows[code]
        return meant == ticket and (closed is None or self.at < closed + RESTS)

    @invariant()
    def means_what_it_was_printed_for(self) -> None:
        assert all(self.rows[code][0] == ticket for ticket, code in self.printed)


TestPhone = Phone.TestCase
TestPhone.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)


def test_a_phone_without_short_codes_is_given_long_ones() -> None:
    short = {code for code in candidates() if len(code) < 4}

    assert len(next_code(short) or "") == 4
