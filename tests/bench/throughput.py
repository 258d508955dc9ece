"""Relays a second through the whole engine, beside queues that only post and record.

Ours claims, checks fence and opt-out, gives codes, renders, writes the intent, posts,
records the outcome and logs both. Each contestant is one worker in a process of its
own; what it does is timed from the first request at the receiver until no work is left.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from itertools import count, islice
from statistics import median
from subprocess import Popen
from uuid import UUID

import psycopg
from sqlalchemy import insert, make_url, update

import notify
from notify import Attempt, Fence, Message, Recipient
from notify.samples import SAMPLES
from notify.ways import PhoneLine
from tests.bench import queues
from tests.bench.contestants import running
from tests.bench.figures import ROUNDS, Figure, at_least
from tests.bench.receiver import Receiver, receiver
from tests.bench.stage import Stage
from townline.clock import utc_now
from townline.db import Database, new_id
from townline.tenancy import TenantSession, town

# A ladder's step texts about three people.
GROUP = 3
# No phone is texted twice: a second ticket within minutes would wait to be merged.
FIRST_PHONE = 312_200_0000
OURS = "+13125550100"
WORDS = (
    "RIV L3 Water Main Break, Elm St and 4th Ave. Reply 41 to take it, 41 no if"
    " you cannot. https://townline.example/r/RIV/23456789bcdf"
)
OPEN = {"epoch": 1, "closed_by": ""}
# Each by its index: who asks is not to read what was done in earlier rounds.
LEFT = """
select exists(select from notification where state in ('pending', 'held'))
    or exists(select from notification where state in ('sending', 'ambiguous'))
"""
LEFT_PGQUEUER = "select exists(select from pgqueuer)"
LEFT_PROCRASTINATE = """
select exists(select from procrastinate_jobs where status in ('todo', 'doing'))
"""


@dataclass(frozen=True, slots=True)
class Contestant:
    """``number`` is how much it is given: enough for a second or two."""

    name: str
    url: str
    number: int
    fill: Callable[[int], None]
    left: str
    command: tuple[str, ...]

    def rate(self, receiver: Receiver) -> float:
        self.fill(self.number)
        receiver.arrivals()
        with (
            running(self.command) as process,
            psycopg.connect(self.url, autocommit=True) as db,
        ):
            ended = _when_nothing_is_left(db, self.left, of=process)
        arrivals = receiver.arrivals()
        assert len(arrivals) == self.number, f"{self.name}: {len(arrivals)} arrived"
        return self.number / (ended - arrivals[0].at)


def figures(stage: Stage) -> Iterator[Figure]:
    with ExitStack() as opened:
        ready = opened.enter_context(receiver())
        contestants = list(_contestants(stage, ready.port, opened))
        rounds = [[each.rate(ready) for each in contestants] for _ in range(ROUNDS)]
    plain, twilio, pgqueuer, sdk, procrastinate = zip(*rounds, strict=True)
    for how, ours, name, theirs, target in (
        ("plain HTTP sender", plain, "pgqueuer", pgqueuer, 3.0),
        ("plain HTTP sender", plain, "procrastinate", procrastinate, 12.0),
        ("Twilio's asynchronous client", twilio, "pgqueuer by the same", sdk, 1.5),
        ("Twilio's asynchronous client", twilio, "pgqueuer, plain", pgqueuer, 1.5),
    ):
        for word, of in (("median", median), ("minimum", min)):
            yield at_least(
                f"relays through the whole engine, {how}, {word} of {ROUNDS} rounds",
                (of(ours), of(theirs)),
                unit="per second",
                baseline=f"{name}: POST and record, one worker, 64 in flight, {word}",
                target=target,
            )


def _contestants(stage: Stage, port: int, opened: ExitStack) -> Iterator[Contestant]:
    promised = count()
    url = make_url(stage.admin).set(drivername="postgresql")
    ours = url.set(database=make_url(stage.engine.url).database)
    for sender in ("plain", "twilio"):
        yield Contestant(
            name=f"ours, {sender}",
            url=ours.render_as_string(hide_password=False),
            number=4000,
            fill=lambda number: promise(
                stage.engine, stage.town, number, numbers=promised
            ),
            left=LEFT,
            command=("ours", stage.engine.url, str(port), sender),
        )
    theirs = opened.enter_context(queues.database(stage.admin, "pgqueuer"))
    queues.install_pgqueuer(theirs)
    for sender in ("plain", "twilio"):
        yield Contestant(
            name=f"pgqueuer, {sender}",
            url=theirs,
            number=2000,
            fill=lambda number: queues.enqueue_pgqueuer(theirs, _jobs(number)),
            left=LEFT_PGQUEUER,
            command=("pgqueuers", theirs, str(port), sender),
        )
    other = opened.enter_context(queues.database(stage.admin, "procrastinate"))
    queues.install_procrastinate(other)
    yield Contestant(
        name="procrastinate",
        url=other,
        number=600,
        fill=lambda number: queues.enqueue_procrastinate(other, _jobs(number)),
        left=LEFT_PROCRASTINATE,
        command=("procrastinates", other, str(port)),
    )


def promise(
    database: Database, tenant_id: UUID, number: int, *, numbers: Iterator[int]
) -> None:
    """In groups, like the steps of that many ladders, and due at once.

    Their phones are known to take texts, as a town's contacts' are.
    """
    these = list(islice(numbers, number))
    with town(database, tenant_id) as db:
        # The receiver never reports, and would be asked about all earlier rounds.
        db.session.execute(update(Attempt).values(ask_at=None))
        groups = [new_id() for _ in these[::GROUP]]
        fences = [{"tenant_id": tenant_id, "id": each, **OPEN} for each in groups]
        db.session.execute(insert(Fence), fences)
        relays = [_relay(each, groups[i // GROUP]) for i, each in enumerate(these)]
        db.session.execute(insert(PhoneLine), [_line(each, db) for each in relays])
        notify.promise_all(db, relays, at=utc_now())


def _line(relay: Message, db: TenantSession) -> dict[str, object]:
    return {
        "tenant_id": db.tenant_id,
        "id": new_id(),
        "number": relay.destination,
        "line_type": "mobile",
        "good_until": utc_now() + timedelta(days=1),
    }


def _relay(number: int, group: UUID) -> Message:
    return Message(
        key=f"bench/{number}",
        to=Recipient("contact", f"contact-{number}", "Ana Ruiz"),
        channel="sms",
        destination=f"+1{FIRST_PHONE + number}",
        purpose="relay",
        template="relay",
        context=SAMPLES["relay"].context,
        subject_id=group,
        level=3,
        due_at=utc_now(),
        group=group,
        epoch=1,
        code=True,
    )


def _jobs(number: int) -> list[queues.Words]:
    return [(f"+1{FIRST_PHONE + each}", OURS, WORDS) for each in range(number)]


def _when_nothing_is_left(
    db: psycopg.Connection, left: str, *, of: Popen[bytes]
) -> float:
    """A contestant that has died would leave its work for ever."""
    while db.execute(left.encode()).fetchone() == (True,):
        assert of.poll() is None, f"{of.args!r} ended with {of.returncode}"
        time.sleep(0.01)
    return time.perf_counter()
