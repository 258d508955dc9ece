"""A ladder under everything that may happen to it, in any order, with any delay.

The machine keeps its own record of what was promised and when, and shares no code
with what carries decisions out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from escalation.rules import (
    Accepted,
    Closed,
    Decision,
    Declined,
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
from tenants.town import Policy, Rung
from tests.escalation.anything import TOWNS, Orders, orders, people, policies, wishing
from tests.escalation.ladders import NIGHT, PEOPLE

TICK, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
SETTLED = {"accepted", "closed", "superseded"}
STALE = {"taken", "still_yours", "ended"}


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
        self.check_wishes(decision)
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

    @rule(number=st.integers(0, len(TOWNS) - 1), wishes=orders)
    def publish_a_roster(self, number: int, wishes: Orders) -> None:
        """I15: whoever comes next is looked up in it, and told as they want now."""
        self.people = wishing(TOWNS[number], wishes)

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

    def check_wishes(self, decision: Decision) -> None:
        """Of a step's messages to one person no wish repeats what was said by then."""
        told = [each for each in decision.effects if isinstance(each, Tell)]
        own = [(each, self.rung_of(each)) for each in told if not each.last_resort]
        for tell, rung in own:
            assert rung.channel in (tell.channel, "preferred")
            assert tell.destination not in tell.contact.unverified, "I16"
            same = [
                other.after <= rung.after
                for each, other in own
                if each.contact == tell.contact
                and each.channel == tell.channel
                and each.rung != tell.rung
            ]
            assert rung.channel != "preferred" or not any(same)

    def rung_of(self, tell: Tell) -> Rung:
        return self.policy.steps[tell.place.step].rungs[tell.rung]

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


Relay.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestRelay = Relay.TestCase
