"""Many reports, few commits: each is on disk before its carrier is answered."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import Engine, text

import notify
from notify.channels.recording import RecordingCarrier
from notify.models import ProviderEvent
from notify.service.events import Report
from notify.web.inbox import Inbox
from tests.notify.cast import NIGHT, Place, relay
from townline.db import new_id
from townline.errors import NotFound
from townline.tenancy import town


@pytest.fixture
def sent(rivertown: Place, carrier: RecordingCarrier) -> Place:
    rivertown.promise(relay())
    notify.send_due(rivertown.database, carrier.everywhere(), at=NIGHT)
    return rivertown


def test_a_flood_is_kept_whole_and_each_report_once(sent: Place) -> None:
    reports = [report(sent, f"flood/{number % 150}") for number in range(200)]

    faults = keep(sent, *reports)

    assert faults == [None] * 200
    assert len(kept(sent)) == 150


def test_one_that_cannot_be_written_takes_no_other_with_it(sent: Place) -> None:
    broken = report(sent, "broken", MessageStatus="\0")

    faults = keep(sent, report(sent, "a"), broken, report(sent, "b"))

    assert [fault is None for fault in faults] == [True, False, True]
    assert {each.dedupe_key for each in kept(sent)} == {"a", "b"}


def test_i19_what_names_another_towns_attempt_is_refused_alone(
    sent: Place, aurore: Place
) -> None:
    faults = keep(aurore, report(sent, "theirs"), unknown("early"))

    assert [type(fault) for fault in faults] == [NotFound, type(None)]
    assert [each.dedupe_key for each in kept(aurore)] == ["early"]
    assert kept(sent) == []


def test_reports_that_come_one_after_the_other_are_never_left_waiting(
    sent: Place,
) -> None:
    async def one_by_one() -> None:
        inbox = Inbox(sent.database)
        async with asyncio.timeout(20):
            for number in range(50):
                await inbox.keep(
                    sent.tenant_id, report(sent, f"one/{number}"), at=NIGHT
                )
        await inbox.close()

    asyncio.run(one_by_one())

    assert len(kept(sent)) == 50


def test_a_connection_that_the_server_has_closed_is_opened_anew(
    sent: Place, sweeper: Engine
) -> None:
    async def around_a_restart() -> None:
        inbox = Inbox(sent.database)
        await inbox.keep(sent.tenant_id, report(sent, "before"), at=NIGHT)
        await asyncio.to_thread(_end_writers, sweeper)
        await inbox.keep(sent.tenant_id, report(sent, "after"), at=NIGHT)
        await inbox.close()

    asyncio.run(around_a_restart())

    assert {each.dedupe_key for each in kept(sent)} == {"before", "after"}


def keep(place: Place, *reports: Report) -> list[BaseException | None]:
    """All at once; what became of each."""

    async def flood() -> list[BaseException | None]:
        inbox = Inbox(place.database)
        keeping = (inbox.keep(place.tenant_id, each, at=NIGHT) for each in reports)
        faults = await asyncio.gather(*keeping, return_exceptions=True)
        await inbox.close()
        return faults

    return asyncio.run(flood())


def report(place: Place, key: str, **payload: str) -> Report:
    [attempt] = place.attempts()
    told = {"MessageStatus": "sent"} | payload
    return Report(source="text_status", key=key, attempt_id=attempt.id, payload=told)


def unknown(key: str) -> Report:
    return Report(source="text_status", key=key, attempt_id=new_id(), payload={})


def kept(place: Place) -> list[ProviderEvent]:
    with town(place.database, place.tenant_id) as db:
        return list(db.session.scalars(db.rows(ProviderEvent)))


def _end_writers(sweeper: Engine) -> None:
    """As a restart of the server does to whoever is connected and idle."""
    ours = text(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where query = 'commit' and datname = current_database()"
    )
    with sweeper.connect() as connection:
        connection.execute(ours)
