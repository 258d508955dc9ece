"""A town hall's files become its lists: whole, once, and nobody else's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from tenants import places
from tenants.places import FarFewer, NoSuchColumn, NotAList, NothingUsable
from tests.tenants.places.lists import (
    ADDRESSES,
    AURORES,
    HYDRANTS,
    LANDMARKS,
    bring,
    feature,
    geojson,
    labels,
    street_line,
)
from townline.tenancy import TenantSession


def test_the_usual_columns_are_understood(
    riverton: TenantSession, tmp_path: Path
) -> None:
    imported = bring(riverton, tmp_path, ADDRESSES)

    assert (imported.read, imported.kept, imported.streets) == (10, 10, 5)
    assert imported.bad == []


def test_quebecs_columns_and_decimal_commas_are_understood(
    sainte_aurore: TenantSession, tmp_path: Path
) -> None:
    imported = bring(sainte_aurore, tmp_path, AURORES)

    assert imported.kept == 4
    found = places.search(sainte_aurore, "14 des pins")
    assert labels(found)[0] == "14, rue des Pins"
    assert (found[0].latitude, found[0].zip) == (46.80, "G0A 1A0")


def test_the_same_file_again_changes_nothing(
    riverton: TenantSession, tmp_path: Path
) -> None:
    bring(riverton, tmp_path, ADDRESSES)
    before = _ids(riverton)

    again = bring(riverton, tmp_path, ADDRESSES)

    assert again.unchanged
    assert _ids(riverton) == before


def test_a_new_file_replaces_the_old_one(
    riverton: TenantSession, tmp_path: Path
) -> None:
    bring(riverton, tmp_path, ADDRESSES)
    bring(riverton, tmp_path, LANDMARKS, name="landmark")

    bring(riverton, tmp_path, ADDRESSES.replace("Elm St", "Oak St"))

    assert labels(places.search(riverton, "12 oak"))[0] == "12 Oak St"
    assert "12 Elm St" not in labels(places.search(riverton, "12 elm st"))
    assert labels(places.search(riverton, "riverside"))[0] == "Riverside Park"


def test_until_it_is_whole_everybody_sees_the_old_one(
    riverton: TenantSession, tmp_path: Path
) -> None:
    bring(riverton, tmp_path, ADDRESSES)

    with pytest.raises(NothingUsable):
        bring(riverton, tmp_path, "number,street,lat,lon\n12,Elm St,,\n")
    riverton.session.rollback()

    assert labels(places.search(riverton, "12 elm st"))[0] == "12 Elm St"


def test_a_file_cut_short_does_not_replace_a_whole_one(
    riverton: TenantSession, tmp_path: Path
) -> None:
    bring(riverton, tmp_path, ADDRESSES)
    head = "\n".join(ADDRESSES.splitlines()[:4])

    with pytest.raises(FarFewer):
        bring(riverton, tmp_path, head)
    riverton.session.rollback()

    assert bring(riverton, tmp_path, head, fewer=True).kept == 3


BAD = """\
number,street,lat,lon
12,Elm St,41.88,-87.90
twelve,Elm St,41.88,-87.90
14,,41.88,-87.90
16,Elm St,,
18,Elm St,1176543.2,1893211.9
20,Elm St,-87.90,41.88
22,Elm St,41.88,-87.90,too,much
"12","ELM  STREET",41.88,-87.90
"""


def test_every_bad_line_is_named_with_its_number_and_a_remedy(
    riverton: TenantSession, tmp_path: Path
) -> None:
    imported = bring(riverton, tmp_path, BAD)

    assert [each.line for each in imported.bad] == [3, 4, 5, 6, 7, 8]
    remedies = " / ".join(each.remedy for each in imported.bad)
    for word in ("digits", "street", "fill them in", "WGS 84", "swapped", "in quotes"):
        assert word in remedies
    assert imported.read == imported.kept + imported.twice + len(imported.bad)
    assert (imported.kept, imported.twice) == (1, 1)


def test_a_column_of_an_unusual_name_is_told(
    riverton: TenantSession, tmp_path: Path
) -> None:
    odd = "HN,Way,lat,lon\n12,Elm St,41.88,-87.90\n"

    imported = bring(riverton, tmp_path, odd, number="HN", street="Way")

    assert imported.kept == 1
    with pytest.raises(NoSuchColumn, match="it has HN, Way"):
        bring(riverton, tmp_path, odd, number="House")


def test_number_and_street_may_stand_in_one_column(
    riverton: TenantSession, tmp_path: Path
) -> None:
    bring(riverton, tmp_path, "Full Address,X,Y\n12 ELM ST,-87.90,41.88\n")

    assert labels(places.search(riverton, "12 elm")) == ["12 Elm St"]


def test_what_is_no_list_is_refused(riverton: TenantSession, tmp_path: Path) -> None:
    with pytest.raises(NotAList):
        bring(riverton, tmp_path, "Dear Sir or Madam\n")


@pytest.mark.parametrize("whole", [True, False], ids=["collection", "one a line"])
def test_geojson_is_read_as_a_collection_or_line_by_line(
    riverton: TenantSession, tmp_path: Path, *, whole: bool
) -> None:

    features = [
        feature(-87.90, 41.88, number="12", street="ELM ST", city="", postcode=""),
        feature(-87.91, 41.88, number="14", street="ELM ST", city="", postcode=""),
    ]
    written = geojson(*features) if whole else "\n".join(map(json.dumps, features))

    imported = bring(riverton, tmp_path, written, file="list.geojson")

    assert (imported.kept, imported.bad) == (2, [])
    assert labels(places.search(riverton, "14 elm")) == ["14 Elm St"]


def test_a_geojson_cut_short_says_so(riverton: TenantSession, tmp_path: Path) -> None:
    written = geojson(feature(-87.90, 41.88, number="12", street="Elm St"))

    imported = bring(riverton, tmp_path, f"{written[:-4]},", file="list.json")

    assert imported.kept == 1
    cut = geojson(*[feature(-87.90, 41.88, number="12", street="Elm St")] * 2)[:-30]
    assert len(bring(riverton, tmp_path, cut, file="cut.json").bad) == 1


def test_crossings_come_from_the_courses_of_the_streets(
    riverton: TenantSession, tmp_path: Path
) -> None:
    elm = street_line("Elm St", (-87.91, 41.88), (-87.89, 41.88))
    fourth = street_line("4th Ave", (-87.90, 41.87), (-87.90, 41.89))
    apart = street_line("Oak St", (-87.91, 41.885), (-87.905, 41.885))

    imported = bring(
        riverton, tmp_path, geojson(elm, fourth, apart), file="streets.geojson"
    )

    assert (imported.lines, imported.crossings) == (3, 1)
    [found, *_] = places.search(riverton, "elm and fourth")
    assert (found.kind, found.label) == ("intersection", "4th Ave & Elm St")
    assert (found.latitude, found.longitude) == (41.88, -87.90)


def test_a_street_of_two_villages_says_which(
    riverton: TenantSession, tmp_path: Path
) -> None:
    bring(
        riverton,
        tmp_path,
        "number,street,village,lat,lon\n"
        "1,Main St,Ferry,41.88,-87.90\n1,Main St,Mill,41.87,-87.91\n"
        "1,Oak St,Mill,41.87,-87.91\n",
    )

    both = labels(places.search(riverton, "1 main st"))
    assert sorted(both) == ["1 Main St (Ferry)", "1 Main St (Mill)"]
    assert labels(places.search(riverton, "1 oak st")) == ["1 Oak St"]


def test_a_town_never_sees_anothers_places(
    riverton: TenantSession, sainte_aurore: TenantSession, tmp_path: Path
) -> None:
    for name, written in (
        ("address", ADDRESSES),
        ("landmark", LANDMARKS),
        ("asset", HYDRANTS),
    ):
        bring(riverton, tmp_path, written, name=name)
    assert places.search(riverton, "12 elm st")

    for typed in ("12 elm st", "riverside park", "H-1234", "elm & 4th"):
        assert places.search(sainte_aurore, typed) == ()
    for table in ("place", "place_street", "place_list"):
        count = text(f"select count(*) from {table}")  # noqa: S608 - names above
        assert sainte_aurore.session.scalar(count) == 0


def _ids(db: TenantSession) -> list[object]:
    return list(db.session.scalars(text("select id from place order by id")))
