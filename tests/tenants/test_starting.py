"""A town that begins with a few answers is whole, and everybody in it is reached."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from msgspec.structs import replace

from tenants import files, lint, starting
from tenants.rules import inside, phrase
from tenants.starting import Beginning, OnCall
from tenants.starting.keys import keys_of
from tenants.town import Language, Text
from tests.conftest import NIGHT

ENGLISH: tuple[Language, ...] = ("en",)

FALLS = Beginning(
    name=Text(en="Town of Maple Falls", fr="Ville de Rivière-aux-Pins"),
    languages=ENGLISH,
    slug="maple-falls",
    prefix="MAP",
    color="#0b4a8f",
    time_zone="America/Toronto",
    holidays="CA-ON",
    email="desk@maplefalls.example",
    centre=(-71.2, 46.8),
    reach=8,
    line="+14185550170",
    days=("mon", "tue", "wed", "thu", "fri"),
    opens=time(8, 30),
    closes=time(16, 30),
    categories=starting.usual(ENGLISH),
    people=(
        OnCall(name="Ana Ruiz", mobile="+14185550181", email="ana@maplefalls.example"),
        OnCall(name="Dan Ortiz", mobile="+14185550182"),
    ),
    handover="mon",
    handover_at=time(8),
    duty_name="Maple Falls fire hall",
    duty_phone="+14185550199",
)


@pytest.mark.parametrize(
    ("languages", "people"),
    [
        pytest.param(("en",), 1, id="one person, in English"),
        pytest.param(("fr", "en"), 2, id="two people, in French and English"),
        pytest.param(("fr",), 2, id="two people, in French"),
    ],
)
def test_a_new_towns_file_is_without_fault_and_the_linter_is_green(
    languages: tuple[Language, ...], people: int
) -> None:
    it = replace(
        FALLS,
        languages=languages,
        categories=starting.usual(languages),
        people=FALLS.people[:people],
    )

    written = files.write(starting.made(it, at=NIGHT))
    town = files.read(written, source="a new town")

    assert [e for e in lint(town, at=NIGHT) if e.severity == "error"] == []
    assert not [name for name in ("Riverton", "Aurore") if name in written]


def test_it_answers_in_its_own_name_and_in_its_own_languages_only() -> None:
    town = starting.made(FALLS, at=NIGHT)

    said = phrase(town, at=NIGHT)

    assert "Town of Maple Falls" in said.agent.en
    assert "Rivière" not in files.write(town)
    assert inside(town, FALLS.centre)
    assert not inside(town, (-71.2, 47.0))


@pytest.mark.parametrize("hour", [7, 9], ids=["before the handover", "after it"])
def test_somebody_is_on_call_from_the_first_instant(hour: int) -> None:
    monday = datetime(2026, 2, 9, hour, tzinfo=NIGHT.tzinfo) + timedelta(hours=5)

    town = starting.made(FALLS, at=monday)

    [roster] = town.rosters
    begun = roster.anchor
    assert begun <= monday.replace(tzinfo=None)
    assert begun.strftime("%A %H:%M") == "Monday 08:00"


def test_the_catalogue_is_of_real_things_department_by_department() -> None:
    groups = starting.offered(("fr", "en"))

    every = [each for group in groups for each in group.categories]
    assert len(every) > 60
    assert all(each.name.fr and each.name.en for each in every)
    assert {each.department for each in every} == {e.department.key for e in groups}
    assert set(starting.usual(("fr", "en"))) < {each.key for each in every}


@pytest.mark.parametrize(
    ("name", "key", "prefix"),
    [
        ("Ville de Sainte-Aurore", "sainte-aurore", "SAI"),
        ("City of Riverton", "riverton", "RIV"),
        ("L’Épiphanie", "l-epiphanie", "LEP"),
        ("??", "town", "TOW"),
    ],
)
def test_a_name_makes_a_key_and_letters(name: str, key: str, prefix: str) -> None:
    assert (starting.key_of(name), starting.prefix_of(name)) == (key, prefix)


def test_two_people_of_one_name_have_a_key_each() -> None:
    assert keys_of(["Ana Ruiz", "Ana Ruiz"]) == ("ana-ruiz", "ana-ruiz-2")
