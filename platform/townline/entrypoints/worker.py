"""``townline work``: the clockwork. All recurring work of the product is listed here.

The scheduler is only a tick that wakes claims; deadlines live in PostgreSQL, and any
number of workers may tick at once.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from datetime import datetime

import uvloop
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy.exc import OperationalError

import calls
import calls.jobs
import escalation.jobs
import notify.jobs
import notify.pump
import portal.town.tickets.bulk_work
import surveys.jobs
import tickets.duplicates.jobs
import tickets.finding.jobs
import tickets.suggesting.jobs
from calls.clockwork import Clockwork
from portal.town.changes import publishing
from townline.clock import Clock, SharedClock
from townline.db import Database
from townline.entrypoints.watch import auditor
from townline.entrypoints.watch.canary import Canary
from townline.entrypoints.watch.heartbeat import Heartbeat
from townline.entrypoints.wiring import plug
from townline.logs import logger
from townline.roles import ENGINE
from townline.settings import Settings
from townline.turns import take_short_turns

Job = Callable[..., int]

RECURRING: tuple[tuple[Job, IntervalTrigger], ...] = (
    (escalation.jobs.tick, IntervalTrigger(seconds=1)),
    (portal.town.tickets.bulk_work.carry_on, IntervalTrigger(seconds=1)),
    (calls.jobs.put_back, IntervalTrigger(seconds=5)),
    (calls.jobs.miss_agents, IntervalTrigger(seconds=5)),
    (calls.jobs.show_overdue, IntervalTrigger(seconds=30)),
    (calls.jobs.keep_measures, IntervalTrigger(minutes=1)),
    (surveys.jobs.tick, IntervalTrigger(seconds=15)),
    (auditor.audit, IntervalTrigger(seconds=30)),
    (tickets.duplicates.jobs.learn_anew, IntervalTrigger(hours=6)),
    (tickets.suggesting.jobs.keep_up, IntervalTrigger(minutes=1)),
    (tickets.finding.jobs.read_back, IntervalTrigger(seconds=10)),
    (notify.jobs.forget_throttles, IntervalTrigger(hours=1)),
    (publishing.publish_due, IntervalTrigger(seconds=15)),
    # Both look at each town's own clock, and do nothing but in their hours of it.
    (escalation.jobs.warn, IntervalTrigger(minutes=20)),
    (escalation.jobs.conform, IntervalTrigger(minutes=20)),
)
log = logger("worker")


def work(settings: Settings) -> None:
    """Until told to stop; what is being sent then is still written down."""
    plug()
    take_short_turns()
    database = Database(settings.engine_url, role=ENGINE)
    clock = SharedClock(database.engine)
    scheduler = _scheduler(database, clock, settings)
    scheduler.start()
    try:
        # Half of what a message costs is its way through the loop: this one is quick.
        uvloop.run(_send(database, settings, clock))
    finally:
        scheduler.shutdown()
        database.dispose()


def _scheduler(
    database: Database, clock: Clock, settings: Settings
) -> BackgroundScheduler:
    scheduler = BackgroundScheduler(
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 30}
    )
    for name, job, trigger in _recurring(settings):
        scheduler.add_job(_once, trigger, args=[name, job, database, clock], id=name)
    return scheduler


def _recurring(settings: Settings) -> Iterator[tuple[str, Job, IntervalTrigger]]:
    """What always recurs, and what the settings ask for."""
    for job, trigger in RECURRING:
        yield f"{job.__module__}.{job.__qualname__}", job, trigger
    if url := settings.watch.heartbeat_url:
        heartbeat = Heartbeat(url, canary=settings.watch.canary is not None)
        yield "heartbeat", heartbeat, IntervalTrigger(seconds=30)
    if numbers := settings.watch.canary:
        canary = Canary.of(numbers, mail=settings.sendgrid.sender)
        yield "canary", canary, IntervalTrigger(seconds=5)
    telephony = calls.Exchange(settings)
    yield "lines", Clockwork(telephony), IntervalTrigger(seconds=10)


def _once(name: str, job: Job, database: Database, clock: Clock) -> None:
    """A tick that fails is logged, and the next one finds the same work."""
    try:
        _run(name, job, database, clock())
    except OperationalError:
        log.warning("worker.database_away", job=name)
    except Exception:
        log.exception("worker.failed", job=name)


def _run(name: str, job: Job, database: Database, at: datetime) -> None:
    done = job(database, at=at)
    if done:
        log.info("worker.done", job=name, number=done)


async def _send(database: Database, settings: Settings, clock: Clock) -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    await notify.pump.run(database, settings, clock=clock, stopping=stopping)
