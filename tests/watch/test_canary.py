"""A relay to ourselves: opened, answered by a telephone, measured, and closed again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, text

import escalation
import tenants
from notify.carrier import CarrierConfig, NumberConfig, running_carrier
from tests.calls.exchange import listening, serving
from tests.notify.office import pumping, settings_for, until
from tests.plugs import plugged
from tests.watch.conftest import after
from tickets import Ticket
from townline import watch
from townline.clock import utc_now
from townline.db import Database, new_id
from townline.entrypoints.app import create_app
from townline.entrypoints.watch import figures
from townline.entrypoints.watch.answering import ASKED
from townline.entrypoints.watch.canary import NAME, Canary
from townline.entrypoints.watch.rules import Flight, Last, flight
from townline.tenancy import town

LINE, PHONE = "+13125550190", "+13125550191"
CANARY = Canary(line=LINE, phone=PHONE, mail="desk@townline.example", minutes=15)
EVERY = timedelta(minutes=15)


def flown(seconds: float, *, answered: float | None = None, closed: bool) -> Last:
    return Last(
        ticket_id=new_id(),
        opened_at=after(-seconds),
        answered_at=None if answered is None else after(answered - seconds),
        closed=closed,
    )


@pytest.mark.parametrize(
    ("last", "told"),
    [
        pytest.param(None, Flight(begins=True), id="the first"),
        pytest.param(
            flown(20, closed=False), Flight(seconds=20.0), id="still on its way"
        ),
        pytest.param(
            flown(20, answered=7, closed=False),
            Flight(over=True, seconds=7.0),
            id="it is back",
        ),
        pytest.param(
            flown(121, closed=False),
            Flight(over=True, late=True, seconds=121.0),
            id="it does not come back",
        ),
        pytest.param(
            flown(300, answered=130, closed=False),
            Flight(over=True, late=True, seconds=130.0),
            id="it came back too late",
        ),
        pytest.param(flown(899, closed=True), Flight(), id="not yet again"),
        pytest.param(flown(900, closed=True), Flight(begins=True), id="again"),
    ],
)
def test_what_is_to_be_done_now(last: Last | None, told: Flight) -> None:
    assert flight(last, every=EVERY, at=after(0)) == told


@pytest.fixture
def nested(
    engine_database: Database, sweeper: Engine, clean: None
) -> Iterator[Database]:
    """The workers' way in. The canary's town is gone before the next story."""
    with plugged():
        yield engine_database
    with sweeper.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        for statement in FORGOTTEN:
            connection.execute(text(statement))


FORGOTTEN = (
    "delete from line using tenant where tenant_id = tenant.id and slug = 'canary'",
    "delete from town_version v using tenant t"
    " where v.tenant_id = t.id and slug = 'canary'",
    "delete from tenant where slug = 'canary'",
)


def _tickets(database: Database) -> list[Ticket]:
    with town(database, CANARY.nest(database, at=after(0))) as db:
        return list(db.session.scalars(db.rows(Ticket).order_by(Ticket.opened_at)))


def _answer(database: Database, *, at: datetime) -> None:
    with town(database, CANARY.nest(database, at=at)) as db:
        (ticket,) = db.session.scalars(db.rows(Ticket)).all()
        standing = escalation.state_of(db, ticket.id)
        assert standing is not None
        escalation.accept(db, standing.run_id, contact="canary", via="sms", at=at)


def test_a_flight_is_opened_measured_and_closed_by_itself(nested: Database) -> None:
    assert CANARY(nested, at=after(0)) == 1
    _answer(nested, at=after(3))

    assert CANARY(nested, at=after(5)) == 1

    (ticket,) = _tickets(nested)
    assert (ticket.level, ticket.closed_at) == (1, after(5))
    with nested.everybody() as session:
        told = figures.of_canary(session, at=after(5))
    assert told == {
        "townline_canary_seconds": 3.0,
        "townline_canary_late": 0.0,
        "townline_canary_overdue_seconds": 0.0,
    }


def test_a_canary_that_does_not_come_back_is_an_alarm(nested: Database) -> None:
    CANARY(nested, at=after(0))

    turns = [CANARY(nested, at=after(seconds)) for seconds in (60, 121, 126)]

    assert turns == [0, 1, 0]
    with nested.everybody() as session:
        told = figures.of_canary(session, at=after(126))
    assert told["townline_canary_late"] == 1
    assert [each.closed_at for each in _tickets(nested)] == [after(121)]


def test_a_canary_that_nobody_lets_fly_is_overdue(nested: Database) -> None:
    CANARY(nested, at=after(0))
    CANARY(nested, at=after(121))

    with nested.everybody() as session:
        told = figures.of_canary(session, at=after(121 + 1800 + 60))

    assert told["townline_canary_overdue_seconds"] == 60


def test_two_workers_let_one_canary_fly(nested: Database) -> None:
    CANARY(nested, at=after(0))
    other = replace(CANARY)
    with nested.everybody() as session:
        watch.end(session, NAME, found={}, at=after(0))

    assert [other(nested, at=after(1)), other(nested, at=after(10))] == [0, 0]
    assert len(_tickets(nested)) == 1


def test_other_numbers_in_the_settings_are_taken_over(nested: Database) -> None:
    first = CANARY.nest(nested, at=after(0))
    moved = replace(CANARY, phone="+13125550192")

    assert [moved.nest(nested, at=after(s)) for s in (1, 2)] == [first, first]

    with town(nested, first) as db:
        town_now = tenants.current(db).town
    assert town_now.contact("canary").mobile == "+13125550192"
    CANARY.nest(nested, at=after(3))


def test_it_is_on_nobodys_board(nested: Database, database: Database) -> None:
    CANARY(nested, at=after(0))

    with database.everybody() as session:
        assert escalation.running(session) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param(
            "CNY L1 Canary, Nowhere.\nReply 41 to take it, 41 no if you cannot.\n",
            "41",
            id="what is asked is taken",
        ),
        pytest.param(
            "You have it: Canary. Text 41 on way when you leave.", None, id="no"
        ),
    ],
)
def test_its_telephone_answers_only_what_is_asked(body: str, code: str | None) -> None:
    found = ASKED.search(body)

    assert (found and found[1]) == code


def test_the_whole_way_through_the_carrier_and_back(
    nested: Database, database: Database
) -> None:
    """Ticket, ladder, pump, the real SDK, a telephone, its answer, and the close."""
    with listening() as (door, public_url), running_carrier(_numbers(public_url)) as c:
        settings = settings_for(public_url, c.config, nested.url)
        app = create_app(settings, database=database, engine=nested)
        with serving(app, door), pumping(nested, settings):
            CANARY(nested, at=utc_now())

            until(lambda: _closed(nested), seconds=10.0)

    with nested.everybody() as session:
        told = figures.of_canary(session, at=utc_now())
    assert told["townline_canary_late"] == 0
    assert 0 < told["townline_canary_seconds"] < 10


def _closed(database: Database) -> bool:
    """A look of the job's own, as if its five seconds had passed each time."""
    with database.everybody() as session:
        last = watch.last(session, NAME)
        assert last is not None
        last.begun_at = utc_now() - timedelta(seconds=9)
    CANARY(database, at=utc_now())
    return all(each.closed_at is not None for each in _tickets(database))


def _numbers(public_url: str) -> CarrierConfig:
    lines = {LINE: "/hooks/twilio/sms", PHONE: "/hooks/canary/sms"}
    return CarrierConfig(
        account_sid="AC" + "5" * 32,
        auth_token="a-token-of-the-bench",
        sendgrid_key="SG.key",
        numbers=tuple(
            NumberConfig(number=number, label=number, sms_url=f"{public_url}{path}")
            for number, path in lines.items()
        ),
    )
