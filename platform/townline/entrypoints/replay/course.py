"""The clock of a replay: always to the next thing that happens, whoever does it.

What people do lies in a heap; what the product owes is asked of its indexes. Nothing
is waited for, so that months pass as fast as the machine can think.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

import notify
from townline.entrypoints.replay.acts import Act, Later, Opens
from townline.entrypoints.replay.crew import Crew
from townline.entrypoints.replay.deeds import Deeds
from townline.entrypoints.replay.duties import Due, Stuck, Wire, next_due, work_off
from townline.entrypoints.replay.memory import remember
from townline.entrypoints.replay.planning import Plan
from townline.entrypoints.replay.stage import Stage
from townline.entrypoints.replay.told import told
from townline.tenancy import TenantSession, town

# Surveys go out two days after the last closing and are answered within hours.
SETTLES = timedelta(days=7)
# Acts that nothing due comes between share a transaction, up to so many.
TOGETHER = 25


@dataclass(frozen=True, slots=True)
class Progress:
    """``rows`` are those of the file that are over, ``at`` the replay's own time."""

    rows: int
    at: datetime
    finished: bool = False


# Called after each step; the replay stops, and can be taken up again, when it says so.
Watch = Callable[[Progress], bool]


def replay(stage: Stage, plan: Plan, *, stopping: Watch) -> Progress:
    """Go on from wherever this edition has come to, until the file is over."""
    if plan.over is not None:
        stage.refuse_company(until=plan.over)
    course = Course(stage, plan)
    while course.step():
        if stopping(course.progress):
            return course.progress
    return Progress(plan.rows, course.at, finished=True)


class Course:
    def __init__(self, stage: Stage, plan: Plan) -> None:
        self._stage, self._plan = stage, plan
        self._crew = Crew(plan)
        self._deeds = Deeds(self._crew, stage.desk.secret)
        self._wire = Wire()
        self._numbers = count()
        self._heap: list[tuple[datetime, int, Act]] = []
        with self._town() as db:
            remembered = remember(db, self._crew)
            # What was asked for in another time does not count in this one.
            notify.forget_throttles(db, at=remembered.at, ahead=timedelta(0))
            self._due = next_due(db)
        self._opened, self.at = remembered.opened, remembered.at
        self._expect(remembered.later)
        over = plan.over
        self._until = over + SETTLES if over else remembered.at

    @property
    def progress(self) -> Progress:
        return Progress(self._opened + sum(self._plan.refused.values()), self.at)

    def step(self) -> bool:
        """To the next instant at which anything happens; False when all is over."""
        due = self._due.first
        if due is not None and due <= self._next_act(otherwise=self._until):
            self._work_off(max(due, self.at))
        elif self._heap:
            self._act()
        else:
            return False
        return True

    def _next_act(self, *, otherwise: datetime) -> datetime:
        return self._heap[0][0] if self._heap else otherwise

    def _expect(self, later: Iterable[Later]) -> None:
        for each in later:
            heapq.heappush(self._heap, (each.at, next(self._numbers), each.act))

    def _work_off(self, at: datetime) -> None:
        """What the product sends reaches people, who will act upon it."""
        self.at, before = at, self._due
        done = work_off(self._stage, self._wire, before, at=at)
        sent = [parcel.attempt_id for parcel in self._wire.taken()]
        with self._town() as db:
            for each in told(db, sent) if sent else ():
                self._expect(self._crew.reactions(each))
            self._due = next_due(db)
        if not done and self._due == before:
            raise Stuck(f"at {at}: {before}")

    def _act(self) -> None:
        """One act, and those after it that nothing due comes between."""
        with self._town() as db:
            for _ in range(TOGETHER):
                self._do(db)
                self._due = next_due(db)
                if not self._heap or self._is_due_before(self._heap[0][0]):
                    return

    def _do(self, db: TenantSession) -> None:
        at, _, act = heapq.heappop(self._heap)
        self.at = max(at, self.at)
        self._expect([*self._deeds.do(db, act, at=self.at)])
        self._opened += isinstance(act, Opens)
        db.session.flush()

    def _is_due_before(self, at: datetime) -> bool:
        due: Due = self._due
        return due.first is not None and due.first <= at

    def _town(self) -> AbstractContextManager[TenantSession]:
        return town(self._stage.app, self._stage.tenant_id)
