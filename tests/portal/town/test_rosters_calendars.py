"""Other calendars read who is on call, and what they say becomes replacements."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from msgspec import structs

from portal.town.rosters.events import (
    NotACalendar,
    Taken,
    TooManyEvents,
    events_of,
    meant,
)
from portal.town.rosters.feeding import calendar_of
from tenants.duty import RosterFeed
from tenants.rules import on_call
from tenants.town import Override
from tests.portal.town.cast import PAGE, Clerk, Hire
from tests.portal.town.nights import Night
from tests.portal.town.rostering import WATER, drafted, on_water
from tests.tenants.larkfield import LARKFIELD
from tests.tenants.larkfield import WATER as OF_LARKFIELD

CALENDARS = "/town/riverton/rules/calendars"
ANA, DAN, *_ = LARKFIELD.contacts
PEOPLE = (structs.replace(ANA, email="ana@larkfield.example"), DAN)
AT = datetime(2026, 2, 11, 8, 12, tzinfo=UTC)
CHICAGO = "America/Chicago"


def ics(*events: str) -> bytes:
    bodies = "".join(f"BEGIN:VEVENT\n{each}\nEND:VEVENT\n" for each in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{bodies}END:VCALENDAR\n".encode()


def read(*events: str, at: datetime = AT) -> list[tuple[str, str]]:
    found = events_of(ics(*events), zone=CHICAGO, handover=time(7), at=at)
    return [(f"{e.starts:%m-%d %H:%M}", f"{e.ends:%m-%d %H:%M}") for e in found]


@pytest.mark.parametrize(
    ("event", "said"),
    [
        pytest.param(
            "DTSTART:20260212T180000Z\nDTEND:20260213T060000Z",
            [("02-12 12:00", "02-13 00:00")],
            id="UTC is told by the town's clock",
        ),
        pytest.param(
            "DTSTART;TZID=America/New_York:20260212T180000\nDURATION:PT2H",
            [("02-12 17:00", "02-12 19:00")],
            id="another zone and a duration",
        ),
        pytest.param(
            "DTSTART:20260212T180000\nDTEND:20260212T190000",
            [("02-12 18:00", "02-12 19:00")],
            id="without a zone it is the wall's",
        ),
        pytest.param(
            "DTSTART;VALUE=DATE:20260212\nDTEND;VALUE=DATE:20260214",
            [("02-12 07:00", "02-14 07:00")],
            id="whole days change hands with the turns",
        ),
        pytest.param(
            "DTSTART;TZID=America/Chicago:20260301T200000\nDURATION:PT4H\n"
            "RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE;TZID=America/Chicago:20260308T200000",
            [("03-01 20:00", "03-02 00:00"), ("03-15 20:00", "03-16 00:00")],
            id="repeated by the wall, one left out",
        ),
        pytest.param("DTSTART:20250212T180000\nDURATION:PT1H", [], id="it is over"),
        pytest.param(
            "DTSTART:20260212T180000\nDURATION:PT1H\nSTATUS:CANCELLED",
            [],
            id="it was called off",
        ),
    ],
)
def test_an_event_is_told_in_times_of_the_town(
    event: str, said: list[tuple[str, str]]
) -> None:
    assert read(f"UID:1\nSUMMARY:Dan\n{event}") == said


def test_an_occurrence_that_was_moved_alone_stands_for_its_own() -> None:
    weekly = "UID:1\nDTSTART:20260212T180000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2"
    moved = (
        "UID:1\nRECURRENCE-ID:20260219T180000\nDTSTART:20260220T090000\nDURATION:PT1H"
    )

    assert read(weekly, moved) == [
        ("02-12 18:00", "02-12 19:00"),
        ("02-20 09:00", "02-20 10:00"),
    ]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        pytest.param(b"a letter", NotACalendar, id="something else"),
        pytest.param(b"\xff\xfe", NotACalendar, id="no text"),
        pytest.param(ics("SUMMARY:Dan"), NotACalendar, id="no time"),
        pytest.param(
            ics("DTSTART:20260212T180000\nDURATION:PT1S\nRRULE:FREQ=SECONDLY"),
            NotACalendar,
            id="every second",
        ),
        pytest.param(
            ics(*["DTSTART:20260212T180000\nDURATION:PT1H"] * 401),
            TooManyEvents,
            id="more than a year of days",
        ),
    ],
)
def test_what_is_no_calendar_is_refused(body: bytes, problem: type[Exception]) -> None:
    with pytest.raises(problem):
        events_of(body, zone=CHICAGO, handover=time(7), at=AT)


@pytest.mark.parametrize(
    ("about", "whose"),
    [
        pytest.param("ANA RUIZ, water", "ana", id="a name, in any case"),
        pytest.param("mailto:ana@larkfield.example", "ana", id="an address"),
        pytest.param("Ana Ruiz and Dan Ortiz", "", id="two people are nobody"),
        pytest.param("Garde", "", id="no name"),
    ],
)
def test_an_event_means_the_one_person_it_names(about: str, whose: str) -> None:
    noon = datetime(2026, 2, 12, 12)  # noqa: DTZ001 - a wall time

    assert meant(Taken("", noon, noon, about), PEOPLE) == whose


def test_what_is_read_and_taken_in_again_says_the_same() -> None:
    feed = RosterFeed(kind="roster", key="water", language="en")
    body = calendar_of(LARKFIELD, feed, at=AT)
    zone = LARKFIELD.time_zone
    taken = events_of(body, zone=zone, handover=time(8), at=AT)
    again = structs.replace(
        OF_LARKFIELD,
        members=(),
        overrides=tuple(
            Override(
                contact=meant(each, LARKFIELD.contacts),
                starts=each.starts,
                ends=each.ends,
            )
            for each in taken
        ),
    )

    hours = [AT + timedelta(hours=number) for number in range(0, 24 * 120, 5)]

    assert [on_call(again, zone, at=at) for at in hours] == [
        on_call(OF_LARKFIELD, zone, at=at) for at in hours
    ]


def test_an_address_is_shown_once_read_by_anybody_and_revoked(
    hire: Hire, stranger: Clerk, claire: Clerk, night: Night
) -> None:
    reader = hire("Rae Lind", night.tenant_id, role="viewer")
    shown = reader.send(CALENDARS, of="roster:water").text
    [secret] = re.findall(r"/calendar/RIV/[\w-]+/on-call\.ics", shown)
    calendar = stranger.look(secret)
    page = reader.get(CALENDARS)
    [revoke] = re.findall(rf'action="({CALENDARS}/[\w-]+/revocation)"', page)
    elsewhere = claire.send(revoke.replace("riverton", "sainte-aurore"))
    reader.send(revoke)

    assert calendar.headers["content-type"].startswith("text/calendar")
    assert "SUMMARY:Water on call: Dan Ortiz" in calendar.text
    assert secret.split("/")[3] not in page
    assert elsewhere.status_code == 404
    assert stranger.look(secret).status_code == 404
    assert stranger.look(secret.replace("RIV", "SAU")).status_code == 404


def test_anothers_address_is_revoked_only_by_those_who_work(
    hire: Hire, tom: Clerk, night: Night
) -> None:
    tom.send(CALENDARS, of="contact:dan-ortiz")
    [revoke] = re.findall(rf'"({CALENDARS}/[\w-]+/revocation)"', tom.get(CALENDARS))
    reader = hire("Rae Lind", night.tenant_id, role="viewer")

    assert reader.send(revoke).status_code == 403
    assert reader.send(CALENDARS, of="roster:nobody").status_code == 404


def test_a_calendar_file_is_shown_first_and_then_taken_over(
    priya: Clerk, night: Night
) -> None:
    body = ics(
        "SUMMARY:Marcus Bell\nDTSTART:20260212T180000\nDTEND:20260213T070000",
        "SUMMARY:Party\nDTSTART:20260214T180000\nDTEND:20260214T200000",
    ).decode()
    page = upload(priya, body)
    chosen = dict(re.findall(r'name="((?:starts|ends)\.\d)"[^>]*value="([^"]*)"', page))
    nobody = {**chosen, "take.2": "on", "holds": "later"}
    refused = priya.send(f"{WATER}/import/acceptance", **nobody)
    mine = {**chosen, "take.1": "on", "contact.1": "marcus-bell", "holds": "later"}
    taken = priya.send(f"{WATER}/import/acceptance", **mine)

    assert '<option value="marcus-bell" selected>' in page
    assert "Choose somebody." in refused.text
    assert taken.status_code == 303
    assert on_water(drafted(night), "2026-02-12T20:00") == ("marcus-bell",)
    assert "not a calendar file" in upload(priya, "a letter")


def upload(clerk: Clerk, text: str) -> str:
    """A calendar's text, as the form with a file in it sends it."""
    clerk.get(f"{WATER}/import")
    answer = clerk.client.post(
        f"{WATER}/import",
        files={"text": (None, text)},
        headers={**PAGE, "x-csrftoken": str(clerk.client.cookies["townline_csrf"])},
    )
    return answer.text
