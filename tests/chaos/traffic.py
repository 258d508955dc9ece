"""Tickets of both towns, opened as a desk does: sent again until they are kept."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Event, Thread
from uuid import UUID, uuid4

from sqlalchemy.exc import DBAPIError

import tickets
from tests.chaos.ground import Ground
from tickets import Caller, Intake
from townline.clock import utc_now
from townline.proof import Actor
from townline.tenancy import town

MAYA = Actor("agent", "Maya Okafor")
# A page sends an unanswered ticket again until somebody gives up; here, a minute.
PATIENCE, PAUSE = 60.0, 0.3


@dataclass(frozen=True, slots=True)
class Kind:
    town: str
    category: str
    answers: Mapping[str, str] = field(default_factory=dict)


# Levels 1 to 4 of both towns, the emergencies three times as often.
EMERGENCIES = (
    Kind("riverton", "water-main-break", {"flow": "stream", "cars": "no"}),
    Kind("riverton", "downed-wire", {"touching": "no"}),
    Kind("sainte-aurore", "conduite-urgence", {"debit": "jet", "autos": "non"}),
    Kind("sainte-aurore", "couvercle-deplace"),
)
KINDS = (
    *EMERGENCIES * 3,
    Kind("riverton", "emergency-shut-off"),
    Kind("riverton", "signal-repair", {"state": "flashing"}),
    Kind("sainte-aurore", "gel-entree-eau"),
    Kind("sainte-aurore", "panneau-prioritaire"),
    Kind("riverton", "pothole"),
    Kind("riverton", "new-tree"),
    Kind("sainte-aurore", "pression"),
    Kind("sainte-aurore", "pavage"),
)


@dataclass(slots=True)
class Traffic:
    """Opens one ticket each ``every`` seconds until it is stopped."""

    ground: Ground
    every: float
    most: int
    seed: int
    kept: list[UUID] = field(default_factory=list)
    unkept: list[UUID] = field(default_factory=list)
    _over: Event = field(default_factory=Event)
    _thread: Thread | None = None

    def begin(self) -> None:
        self._thread = Thread(target=self._flow, name="traffic")
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        if self._thread:
            self._thread.join()

    @property
    def flows(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def _flow(self) -> None:
        draw = random.Random(self.seed)  # noqa: S311 - a story, not a secret
        for _ in range(self.most):
            if self._over.wait(self.every):
                return
            self._insist(draw.choice(KINDS), uuid4())

    def _insist(self, kind: Kind, key: UUID) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                self._open(kind, key)
            except DBAPIError:
                time.sleep(PAUSE)
            else:
                self.kept.append(key)
                return
        self.unkept.append(key)

    def _open(self, kind: Kind, key: UUID) -> None:
        intake = Intake(
            client_key=key,
            category=kind.category,
            channel="phone",
            caller=Caller(identity="anonymous"),
            place="Elm St and 4th Ave",
            words="It has been so for an hour.",
            answers=kind.answers,
        )
        with town(self.ground.app, self.ground.towns[kind.town]) as db:
            tickets.open(db, intake, at=utc_now(), by=MAYA)
