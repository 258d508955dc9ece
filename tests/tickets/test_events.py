"""Known events: whom they concern, who called, and everybody told once at the end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tickets
from notify import Notification
from tenants.town import Text
from tests.conftest import NIGHT
from tests.tickets.cast import HELEN, MAYA, hydrant
from tickets import Caller, MeToo, events
from tickets.events import EventOver, EventTerms, KnownEvent
from tickets.events.rules.bursts import ENOUGH, WITHIN, Heard, bursts
from tickets.events.rules.scope import Point, Scope, concerns, within
from townline.db import Database
from townline.errors import NotFound
from townline.tenancy import TenantSession, town

BOB = Caller(name="Bob Lang", phone="(312) 555-0199", tell_by="sms")
JEAN = Caller(name="Jean Roy", email="jean@example.org", tell_by="email", language="fr")
OVER = Text(en="The water is back.", fr="L’eau est revenue.")
SQUARE = ((0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0))
LATER = NIGHT + timedelta(hours=2)


def outage(db: TenantSession, **changes: object) -> KnownEvent:
    terms = {"title": Text(en="No water"), "say": Text(en="A main broke."), **changes}
    made = EventTerms(**terms)  # type: ignore[arg-type]
    return events.make(db, made, client_key=uuid4(), at=NIGHT, by=MAYA)


def call(db: TenantSession, event: KnownEvent, caller: Caller) -> None:
    me_too = MeToo(client_key=uuid4(), caller=caller)
    events.join_event(db, event.id, me_too, at=NIGHT, by=MAYA)


def end(db: TenantSession, event: KnownEvent) -> int:
    return events.end(db, event.id, ending=OVER, at=LATER, by=MAYA)


def told(db: TenantSession) -> list[tuple[str, str, str]]:
    news = db.rows(Notification).where(Notification.template == "event_ended")
    return sorted(
        (each.channel, each.destination, each.context["words"])
        for each in db.session.scalars(news)
    )


def test_everybody_who_called_is_told_once_by_their_own_channel_and_language(
    riverton: TenantSession,
) -> None:
    event = outage(riverton)
    for caller in (
        BOB,
        JEAN,
        BOB,
        Caller(name="No news"),
        Caller(identity="anonymous"),
    ):
        call(riverton, event, caller)

    assert (end(riverton, event), end(riverton, event)) == (2, 0)

    assert told(riverton) == [
        ("email", "jean@example.org", "L’eau est revenue."),
        ("sms", "+13125550199", "The water is back."),
    ]


def test_nobody_who_asked_is_told_nothing_at_all(riverton: TenantSession) -> None:
    event, nobodys = outage(riverton), outage(riverton)
    call(riverton, event, BOB)

    with pytest.raises(events.EndingNeeded):
        events.end(riverton, event.id, ending=Text(), at=LATER, by=MAYA)

    assert (told(riverton), event.ended_at) == ([], None)
    assert events.end(riverton, nobodys.id, ending=Text(), at=LATER, by=MAYA) == 0


def test_two_who_end_it_at_once_tell_everybody_once(
    database: Database, riverton: TenantSession
) -> None:
    event = outage(riverton)
    call(riverton, event, BOB)
    riverton.session.commit()

    def finish(_: int) -> int:
        with town(database, riverton.tenant_id) as db:
            return end(db, event)

    with ThreadPoolExecutor(3) as pool:
        counts = sorted(pool.map(finish, range(3)))

    assert counts == [0, 0, 1]
    assert len(told(riverton)) == 1


def test_an_event_of_a_ticket_tells_those_who_asked_before_it_was_one(
    riverton: TenantSession,
) -> None:
    ticket = tickets.open(riverton, hydrant(caller=HELEN), at=NIGHT, by=MAYA)
    terms = events.terms_of_ticket(riverton, ticket)
    event = events.make(
        riverton, terms, client_key=uuid4(), at=NIGHT, by=MAYA, ticket_id=ticket.id
    )
    call(riverton, event, BOB)

    assert end(riverton, event) == 2
    assert len(tickets.reporters(riverton, ticket.id)) == 2
    riverton.session.commit()
    logged = [each.event for each in tickets.history(riverton, ticket.id)]
    assert [each for each in logged if each.startswith("event.")] == [
        "event.made",
        "event.joined",
        "event.ended",
    ]


def test_the_same_key_is_one_caller(riverton: TenantSession) -> None:
    event = outage(riverton)
    same = MeToo(client_key=uuid4(), caller=BOB)

    ids = {
        events.join_event(riverton, event.id, same, at=NIGHT, by=MAYA).id
        for _ in range(2)
    }

    assert len(ids) == events.callers(riverton, event) == 1


def test_what_is_over_takes_nobody_in(riverton: TenantSession) -> None:
    event = outage(riverton)
    end(riverton, event)

    with pytest.raises(EventOver):
        call(riverton, event, BOB)
    assert events.concerning(riverton, category="", point=None, at=LATER) == ()


def test_shelbyville_has_no_part_in_it(
    riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    event = outage(riverton)
    riverton.session.commit()

    with pytest.raises(NotFound):
        call(sainte_aurore, event, BOB)
    with pytest.raises(NotFound):
        end(sainte_aurore, event)
    assert events.going_on(sainte_aurore, at=LATER) == []


ELM = Scope(categories=["hydrant"], center=(-87.631, 41.881), radius=300)


@pytest.mark.parametrize(
    ("scope", "category", "point", "fit"),
    [
        pytest.param(Scope(), "pothole", (0, 0), "yes", id="the whole town"),
        pytest.param(ELM, "hydrant", (-87.631, 41.882), "yes", id="near, and of it"),
        pytest.param(ELM, "hydrant", (-87.631, 41.9), "no", id="too far"),
        pytest.param(ELM, "pothole", (-87.631, 41.881), "no", id="something else"),
        pytest.param(ELM, "", (-87.631, 41.881), "maybe", id="kind not known yet"),
        pytest.param(ELM, "hydrant", None, "maybe", id="place not known yet"),
        pytest.param(Scope(polygon=SQUARE), "x", (0.5, 0.5), "yes", id="in the area"),
        pytest.param(Scope(polygon=SQUARE), "x", (1.5, 0.5), "no", id="out of it"),
    ],
)
def test_an_event_concerns_who_is_there_and_calls_about_it(
    scope: Scope, category: str, point: Point | None, fit: str
) -> None:
    assert concerns(scope, category=category, point=point) == fit


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99), st.integers(0, 3))
def test_an_area_is_the_same_whichever_corner_is_first(
    east: float, north: float, turn: int
) -> None:
    turned = SQUARE[turn:] + SQUARE[:turn]

    assert within(turned, (east, north))
    assert not within(turned, (east + 1, north))


def heard(number: int, *, minutes: int = 0, north: float = 0.0) -> Heard:
    at = NIGHT - timedelta(minutes=minutes)
    return Heard(UUID(int=number), "outage", 41.881 + north, -87.631, at)


@pytest.mark.parametrize(
    ("calls", "proposed"),
    [
        pytest.param([heard(n) for n in range(ENOUGH)], 1, id="enough at once"),
        pytest.param([heard(n) for n in range(ENOUGH - 1)], 0, id="one too few"),
        pytest.param(
            [heard(n, minutes=n * 20) for n in range(ENOUGH)], 0, id="too slowly"
        ),
        pytest.param(
            [heard(n, north=n / 100) for n in range(ENOUGH)], 0, id="all over town"
        ),
    ],
)
def test_a_burst_is_many_calls_about_one_thing_in_one_place(
    calls: list[Heard], proposed: int
) -> None:
    assert len(bursts(calls, at=NIGHT)) == proposed


@given(st.integers(ENOUGH, 30))
def test_more_calls_never_silence_a_burst(number: int) -> None:
    [burst] = bursts([heard(each) for each in range(number)], at=NIGHT)

    assert burst.calls == number
    assert bursts([heard(1)] * number, at=NIGHT + WITHIN) == ()
