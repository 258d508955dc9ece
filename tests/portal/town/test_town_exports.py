"""A list of tickets as a file: whole, in the town's time, and nobody's name in it."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

import tenants
import tickets
from portal.town.tickets import exports
from tests.portal.town.cast import Clerk, Hire
from tests.portal.town.nights import Night
from townline.proof import Actor

LIST = "/town/riverton/tickets"
FILES = ("csv", "xlsx", "geojson")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))


def test_every_ticket_of_the_list_is_a_row(priya: Clerk, night: Night) -> None:
    first = night.report()
    night.clock.later(hours=1)
    second = night.report("pothole", place="31 Orchard Ln")

    found = rows(priya.get(f"{LIST}.csv", state="all"))

    assert [each["Number"] for each in found] == [second.tracking, first.tracking]
    assert found[1]["Came in (America/Chicago)"] == "2026-02-11T02:12:00-06:00"
    assert found[1]["Category"] == "Water Main Break"
    assert found[1]["Why closed"] == ""


def test_the_filters_of_the_page_are_the_files(priya: Clerk, night: Night) -> None:
    night.report()
    pothole = night.report("pothole")

    level = str(pothole.level)

    page = priya.get(LIST, level=level)
    found = rows(priya.get(f"{LIST}.csv", level=level))

    assert f"{LIST}.csv?state=open&amp;level={level}" in page
    assert [each["Number"] for each in found] == [pothole.tracking]


@pytest.mark.parametrize("ending", FILES)
def test_who_reported_it_is_in_no_file(priya: Clerk, night: Night, ending: str) -> None:
    night.report(words="My gate code is 4711.")

    body = priya.look(f"{LIST}.{ending}").content
    told = body + b"".join(_parts(body)) if ending == "xlsx" else body

    for private in (b"Helen", b"3125550142", b"4711"):
        assert private not in told


def _parts(workbook: bytes) -> list[bytes]:
    with ZipFile(BytesIO(workbook)) as file:
        return [file.read(name) for name in file.namelist()]


def test_what_a_spreadsheet_would_compute_is_text(priya: Clerk, night: Night) -> None:
    night.report(place='=HYPERLINK("https://evil.example","Elm St")')

    [row] = rows(priya.get(f"{LIST}.csv"))
    [sheet] = [e for e in _parts(priya.look(f"{LIST}.xlsx").content) if b"HYPER" in e]

    assert row["Place"].startswith("'=HYPERLINK")
    assert b"<f>" not in sheet


def test_a_workbook_has_the_rows_and_its_own_dates(priya: Clerk, night: Night) -> None:
    ticket = night.report()

    answer = priya.look(f"{LIST}.xlsx")

    assert answer.headers["content-disposition"] == (
        'attachment; filename="riverton-tickets-2026-02-11.xlsx"'
    )
    told = b"".join(_parts(answer.content))
    assert ticket.tracking.encode() in told
    # The eleventh of February 2026 at 2:12 in the morning, as Excel counts days.
    assert b"46064.0916" in told


def test_a_list_too_long_for_a_sheet_is_said_to_be(night: Night) -> None:
    for _ in range(2):
        night.report()

    with night.town() as db:
        town = tenants.current(db).town

        with pytest.raises(exports.TooLongForASheet):
            exports.sheet_of(db, town, tickets.Filters(), most=1)


def test_a_map_has_each_ticket_with_its_point_or_without(
    priya: Clerk, night: Night
) -> None:
    ticket = night.report()

    told = json.loads(priya.get(f"{LIST}.geojson"))

    assert told["type"] == "FeatureCollection"
    [feature] = told["features"]
    assert feature["geometry"] is None
    assert feature["properties"]["tracking"] == ticket.tracking
    assert "latitude" not in feature["properties"]


def test_an_empty_list_is_a_file_too(priya: Clerk, night: Night) -> None:
    assert rows(priya.get(f"{LIST}.csv")) == []
    assert json.loads(priya.get(f"{LIST}.geojson"))["features"] == []


def test_a_closed_ticket_says_why(priya: Clerk, night: Night) -> None:
    ticket = night.report("pothole")
    with night.town() as db:
        tickets.close(
            db, ticket.id, reason="not_found", note="No hole at that address.",
            by=Actor("town", "Tom Hale"), at=night.clock(),
        )  # fmt: skip

    [row] = rows(priya.get(f"{LIST}.csv", state="closed", lang="fr"))

    assert "Introuvable" in row.values() or row["Pourquoi fermée"]


def test_a_lead_takes_home_the_tickets_of_their_departments(
    hire: Hire, night: Night
) -> None:
    night.report()
    pothole = night.report("pothole")
    lead = hire("Hal Ivey", night.tenant_id, role="lead", departments=("streets",))

    found = rows(lead.get(f"{LIST}.csv"))

    assert [each["Number"] for each in found] == [pothole.tracking]
