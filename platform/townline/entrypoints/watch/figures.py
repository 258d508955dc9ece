"""What /metrics shows of all towns together, read at most every few seconds."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector, CollectorRegistry
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.orm import Session

import escalation.audit
import notify.audit
from townline import watch
from townline.clock import Clock
from townline.db import Database
from townline.entrypoints.watch import auditor
from townline.entrypoints.watch.canary import NAME as CANARY
from townline.watch import Reading, WatchPass

READINGS: tuple[Reading, ...] = (*notify.audit.READINGS, *escalation.audit.READINGS)
CANARY_MEANS = {
    "townline_canary_seconds": "From the canary's ticket to its telephone's answer.",
    "townline_canary_late": "1 if the canary's last flight took too long.",
    "townline_canary_overdue_seconds": "How late the canary's next flight is.",
}
# Several scrapers, and a page that is reloaded, cost one reading.
KEPT = timedelta(seconds=5)


def shown(engine: Database, clock: Clock) -> CollectorRegistry:
    """What ``/metrics`` shows beside the process's own figures."""
    registry = CollectorRegistry()
    registry.register(Figures(engine, clock))
    return registry


class Figures(Collector):
    """For prometheus_client. Scrapers that come together wait for one reading."""

    def __init__(self, engine: Database, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._lock = threading.Lock()
        self._read_at: datetime | None = None
        self._kept: list[GaugeMetricFamily] = []

    def collect(self) -> list[GaugeMetricFamily]:
        with self._lock:
            at = self._clock()
            if self._read_at is None or at - self._read_at >= KEPT:
                self._kept, self._read_at = self._read(at), at
            return self._kept

    def _read(self, at: datetime) -> list[GaugeMetricFamily]:
        """A database that is away is a figure too: 0, and no others."""
        try:
            with self._engine.everybody() as session:
                told = [*families(session, at=at)]
        except (DBAPIError, PoolExhausted):
            return [_readable(0)]
        return [_readable(1), *told]


def families(session: Session, *, at: datetime) -> Iterator[GaugeMetricFamily]:
    yield from _readings(session, at=at)
    yield from _watches(session, at=at)
    for name, value in of_canary(session, at=at).items():
        family = GaugeMetricFamily(name, CANARY_MEANS[name])
        family.add_metric([], value)
        yield family


def numbers(session: Session, *, at: datetime) -> dict[str, float]:
    """The readings by their names, with a label's value after a colon."""
    return {_key(each): watch.read(session, each, at=at) for each in READINGS}


def of_canary(session: Session, *, at: datetime) -> dict[str, float]:
    """How its last flight went, and how late the next one is to be back."""
    last = watch.last(session, CANARY)
    if last is None or last.ended_at is None:
        return {}
    overdue = at - datetime.fromisoformat(last.found["due_by"])
    return {
        "townline_canary_seconds": last.found["seconds"],
        "townline_canary_late": float(last.found["late"]),
        "townline_canary_overdue_seconds": max(0.0, overdue.total_seconds()),
    }


def _key(reading: Reading) -> str:
    return ":".join((reading.name, *(reading.labels or {}).values()))


def _readings(session: Session, *, at: datetime) -> Iterator[GaugeMetricFamily]:
    told: dict[str, GaugeMetricFamily] = {}
    for each in READINGS:
        labels = each.labels or {}
        family = told.setdefault(
            each.name, GaugeMetricFamily(each.name, each.meaning, labels=[*labels])
        )
        family.add_metric([*labels.values()], watch.read(session, each, at=at))
    yield from told.values()


def _watches(session: Session, *, at: datetime) -> Iterator[GaugeMetricFamily]:
    last = watch.last(session, auditor.NAME)
    if last is None or last.ended_at is None:
        return
    passed = GaugeMetricFamily(
        "townline_audit_age_seconds", "How long ago the auditor ended its last pass."
    )
    passed.add_metric([], (at - last.ended_at).total_seconds())
    yield passed
    yield from _findings(last)


def _findings(last: WatchPass) -> Iterator[GaugeMetricFamily]:
    for name, meaning in (
        ("number", "What the auditor came upon in its last pass."),
        ("mended", "How much of it was put right at once."),
    ):
        family = GaugeMetricFamily(f"townline_audit_{name}", meaning, labels=["check"])
        for check, found in last.found.items():
            family.add_metric([check], found[name])
        yield family


def _readable(value: float) -> GaugeMetricFamily:
    family = GaugeMetricFamily(
        "townline_figures_readable", "1 if the database could be asked for the figures."
    )
    family.add_metric([], value)
    return family
