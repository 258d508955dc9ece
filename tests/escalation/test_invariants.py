"""A ladder under everything that may happen to it, in any order, with any delay.

The machine keeps its own record of what was promised and when, and shares no code
with what carries decisions out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from msgspec.structs import replace

from escalation.rules import (
    Accepted,
    Closed,
    Decision,
    Declined,
    Directory,
    DropTimer,
    Event,
    LevelChanged,
    Log,
    Moved,
    Paused,
    RaiseEpoch,
    Resumed,
    Run,
    RungFailed,
    SetTimer,
    Started,
    Tell,
    TimerFired,
    plan,
)
from escalation.rules.run import Milestone, TimerKind
from tenants.town import Policy, Vacation
from tests.escalation.ladders import NIGHT, PEOPLE, RIVERTON, ladder, step

NAMES = ("ana-ruiz", "dan-ortiz", "walter-greene", "contact:nobody")
TICK, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
SETTLED = {"accepted", "closed", "superseded"}
STALE = {"taken", "still_yours", "ended"}

people = st.sampled_from(NAMES[:3])
steps = st.builds(
    lambda to, wait, repeat, rungs: step(*to, wait=wait, repeat=repeat, **rungs),
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=2),
    st.integers(60, 600),
    st.integers(0, 1),
    st.sampled_from([{"sms": 0, "voice": 60}, {"agent": 0}, {"agent": 0, "email": 30}]),
)
policies = st.builds(
    lambda steps, rounds, acceptances, deadlines, keep: ladder(
        *steps,
        rounds=rounds,
        acceptances=acceptances,
        on_the_way_within=deadlines,
        on_site_within=deadlines and deadlines * 2,
        done_within=deadlines and deadlines * 3,
        keep_acceptances=keep,
    ),
    st.lists(steps, max_size=3),
    st.integers(1, 2),
    st.integers(1, 2),
    st.none() | st.integers(60, 1800),
    st.booleans(),
)
# Everybody is there; Ana is on vacation; the town has nobody but its duty desk.
WEEK = timedelta(days=7)
AWAY = Vacation(
    starts=NIGHT.replace(tzinfo=None) - WEEK, ends=NIGHT.replace(tzinfo=None) + WEEK
)
TOWNS = tuple(
    Directory(
        replace(
            RIVERTON,
            contacts=tuple(
                replace(each, vacations=(AWAY,) if each.key in away else ())
                for each in RIVERTON.contacts
                if each.key == "duty-desk" or each.key not in gone
            ),
        ),
        "water",
    )
    for away, gone in (((), ()), (("ana-ruiz",), ()), ((), NAMES))
)


class Relay(RuleBasedStateMachine):
    """One ticket; ``runs`` has more than one run once its level has changed."""

    @initialize(policy=policies)
    def open(self, policy: Policy) -> None:
        self.published, self.people, self.now = policy, PEOPLE, NIGHT
        self.runs: list[Run] = []
        self.timers: dict[TimerKind, datetime] = {}
        self.promised: list[Tell] = []
        self.acceptances = self.misses = self.reopened = 0
        self.start(level=1)

    def start(self, *, level: int) -> None:
        before = self.runs[-1] if self.runs else None
        self.policy = self.published
        self.runs.append(Run.fresh(uuid4(), level=level, at=self.now))
        self.play(Started(before.holders, before.reached) if before else Started())

    def play(self, event: Event) -> Decision:
        before = self.run
        decision = plan(self.policy, self.people, before, event, at=self.now)
        self.runs[-1] = decision.run
        for effect in decision.effects:
            self.carry_out(effect)
        self.check_timers_and_logs(decision)
        self.check_order(before, event)
        if decision.reply in STALE:
            assert decision.run == before, "I9: a stale answer changes nothing"
            assert [type(each) for each in decision.effects] == [Log], "I9: but is kept"
        return decision

    @property
    def run(self) -> Run:
        return self.runs[-1]

    def carry_out(self, effect: object) -> None:
        match effect:
            case RaiseEpoch():
                self.timers.clear()
            case SetTimer():
                self.timers[effect.kind] = effect.due_at
            case DropTimer():
                self.timers.pop(effect.kind, None)
            case Tell():
                self.promised.append(effect)
            case _:
                pass

    # What may happen.

    @rule(seconds=st.integers(1, 120) | st.integers(120, 7200))
    def time_passes(self, seconds: int) -> None:
        """Past two minutes without a look is an outage."""
        self.now += timedelta(seconds=seconds)
        due = [kind for kind, at in self.timers.items() if at <= self.now]
        for kind in due:
            if self.timers.get(kind, self.now + TICK) <= self.now:
                del self.timers[kind]
                self.play(TimerFired(kind, self.run.epoch))

    @rule(contact=people, twice=st.booleans())
    def accept(self, contact: str, twice: bool) -> None:  # noqa: FBT001 - drawn
        for _ in range(1 + twice):
            self.play(Accepted(contact, "sms"))

    @rule(contact=people)
    def decline(self, contact: str) -> None:
        self.play(Declined(contact, "sms"))

    @precondition(lambda self: self.promised)
    @rule(choice=st.randoms(use_true_random=False))
    def a_message_fails(self, choice: object) -> None:
        key = choice.choice(self.promised).key  # type: ignore[attr-defined]
        self.play(RungFailed(key))

    @precondition(lambda self: self.run.state == "running")
    @rule()
    def everything_of_the_step_fails(self) -> None:
        place = self.run.place
        for key in sorted(self.run.hopes):
            self.play(RungFailed(key))
        assert self.run.place != place or self.run.state != "running", "I11"

    @rule(kind=st.sampled_from(["on_the_way", "on_site", "done"]), contact=people)
    def crew_moves(self, kind: Milestone, contact: str) -> None:
        self.play(Moved(kind, contact))

    @rule(length=st.integers(1, 60))
    def pause(self, length: int) -> None:
        self.play(Paused(self.now + length * MINUTE))

    @rule()
    def resume(self) -> None:
        self.play(Resumed())

    @precondition(lambda self: self.run.state != "closed")
    @rule(level=st.integers(1, 3))
    def relevel(self, level: int) -> None:
        self.play(LevelChanged(level))
        self.start(level=level)

    @rule(policy=policies)
    def publish_a_policy(self, policy: Policy) -> None:
        """I15: the run goes on by its own; the next one begins by this."""
        self.published = policy

    @rule(people=st.sampled_from(TOWNS))
    def publish_a_roster(self, people: Directory) -> None:
        """I15: whoever comes next is looked up in it."""
        self.people = people

    @rule(kind=st.sampled_from(["step", "on_the_way", "done", "resume"]))
    def an_old_timer_fires(self, kind: TimerKind) -> None:
        before = self.run
        decision = self.play(TimerFired(kind, before.epoch - 1))
        assert (decision.run, decision.effects) == (before, ()), "I27"

    @rule()
    def close(self) -> None:
        self.play(Closed("done"))

    # What must hold.

    def check_timers_and_logs(self, decision: Decision) -> None:
        events = Counter(
            each.event for each in decision.effects if isinstance(each, Log)
        )
        self.misses += events["relay.deadline_missed"]
        self.acceptances += events["relay.accepted"]
        if events["relay.step_empty"]:
            goes_on = events["relay.step_started"] + events["relay.last_resort"]
            assert goes_on == 1, "I12: an empty step takes no time"
        assert events["relay.reopened"] >= events["relay.deadline_missed"], "I26"
        assert events["relay.deadline_missed"] <= 1, "I26: once per miss"

    def check_order(self, before: Run, event: Event) -> None:
        if self.run.place == before.place or before.id != self.run.id:
            return
        assert self.run.place > before.place, "I13: in order"
        if isinstance(event, TimerFired) and event.kind == "step":
            assert self.run.planned_at > before.planned_at, "I13: never early"
            assert self.run.planned_at <= self.now, "I13: never early"
            soonest = self.now + MINUTE
            planned = self.run.planned_at + self.wait()
            assert self.timers["step"] <= max(planned, soonest), "I14"
            assert self.timers["step"] >= planned, "I13: never early"

    def wait(self) -> timedelta:
        steps: Sequence[int] = [each.wait for each in self.policy.steps]
        seconds = [*steps, self.policy.last_resort_every][self.run.place.step]
        return timedelta(seconds=seconds)

    @invariant()
    def i1_what_nobody_has_yet_has_a_timer(self) -> None:
        assert self.run.state in SETTLED or self.timers, "I1"

    @invariant()
    def i3_one_run_is_live(self) -> None:
        live = [run for run in self.runs if run.state not in {"closed", "superseded"}]
        assert len(live) <= 1, "I3"

    @invariant()
    def i4_nothing_is_promised_twice(self) -> None:
        keys = Counter(tell.key for tell in self.promised)
        assert max(keys.values(), default=1) == 1, "I4"

    @invariant()
    def i26_a_miss_needs_an_acceptance(self) -> None:
        assert self.misses <= self.acceptances + len(self.runs), "I26"

    @invariant()
    def who_has_it_is_not_asked(self) -> None:
        waiting = {key.split(":")[2] for key in self.run.waiting}
        assert not waiting & set(self.run.holders)


Relay.TestCase.settings = settings(max_examples=60, stateful_step_count=30)
TestRelay = Relay.TestCase
