from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec
import phonenumbers
import pytest

from tenants.rules import phrase, promise
from tenants.town import Text, Town
from tests.tenants.example_towns import TOWNS, twice
from townline import localtime

CONTRACTORS_PHONE = "+13125550155"
WEDNESDAY_NOON = datetime(2026, 12, 9, 18, tzinfo=UTC)


@pytest.fixture(params=TOWNS)
def town(request: pytest.FixtureRequest) -> Town:
    return TOWNS[request.param]


def test_every_number_could_be_dialled(town: Town) -> None:
    for number in numbers(town):
        assert phonenumbers.is_possible_number(phonenumbers.parse(number)), number


def test_no_number_belongs_to_two_but_the_contractors(town: Town) -> None:
    everywhere = [number for each in TOWNS.values() for number in set(numbers(each))]

    assert twice(list(numbers(town))) == []
    assert twice(everywhere) == [CONTRACTORS_PHONE]


def numbers(town: Town) -> Iterator[str]:
    yield from (line.number for line in town.lines)
    for contact in town.contacts:
        yield from filter(None, (contact.mobile, contact.landline))


def test_the_boundary_is_a_closed_ring(town: Town) -> None:
    assert town.boundary[0] == town.boundary[-1]
    assert len(set(town.boundary)) == len(town.boundary) - 1


def test_every_text_is_in_each_of_the_towns_languages(town: Town) -> None:
    for path, text, required in texts(town, town.slug):
        said = {language: bool(getattr(text, language)) for language in town.languages}
        assert len(set(said.values())) == 1, path
        assert not required or all(said.values()), path


def texts(part: msgspec.Struct, path: str) -> Iterator[tuple[str, Text, bool]]:
    """Every text below a table, where it is, and whether it may be left out."""
    for field in msgspec.structs.fields(part):
        value = getattr(part, field.name)
        here = f"{path}.{field.name}"
        if isinstance(value, Text):
            yield here, value, field.required
        elif isinstance(value, msgspec.Struct):
            yield from texts(value, here)
        elif isinstance(value, tuple):
            for number, each in enumerate(value):
                if isinstance(each, msgspec.Struct):
                    yield from texts(each, f"{here}[{number}]")


def test_french_has_its_spaces(town: Town) -> None:
    """A no-break space before a colon and inside « », none before ? ! ;."""
    wrong = re.compile(r"[^\u00a0\d]:|«[^\u00a0]|[^\u00a0]»|\s[?!;]")
    # A category's name is quoted from the data it can be replayed with.
    assert [
        path
        for path, text, _ in texts(town, town.slug)
        if wrong.search(text.fr) and not re.search(r"categories\[\d+\].name", path)
    ] == []


def test_the_promise_names_its_time_in_each_language(town: Town) -> None:
    for category in town.categories:
        spoken = promise(town, category, at=WEDNESDAY_NOON)

        assert spoken.due > WEDNESDAY_NOON
        for language in town.languages:
            assert category.promise.say.in_(language).count("{due}") == 1
            assert "{" not in spoken.say.in_(language)


def test_the_agent_has_a_name_and_the_recording_none(town: Town) -> None:
    assert {each.when for each in town.phrases} == {"open", "closed", "holiday"}
    for each in town.phrases:
        for language in town.languages:
            assert "{agent}" in each.agent.in_(language)
            assert "{" not in each.greeting.in_(language)


@pytest.mark.parametrize(
    ("slug", "wall", "said"),
    [
        pytest.param("riverton", "2026-12-09T10:00", "open", id="a Wednesday"),
        pytest.param("riverton", "2026-12-12T11:00", "open", id="Saturday morning"),
        pytest.param("riverton", "2026-11-27T10:00", "holiday", id="a day of its own"),
        pytest.param("sainte-aurore", "2026-12-09T12:30", "closed", id="at lunch"),
        pytest.param("sainte-aurore", "2026-12-24T09:00", "open", id="half a day"),
        pytest.param(
            "sainte-aurore", "2026-06-24T09:00", "holiday", id="la Saint-Jean"
        ),
    ],
)
def test_hours_are_the_towns_own(slug: str, wall: str, said: str) -> None:
    town = TOWNS[slug]
    at = localtime.starts(datetime.fromisoformat(wall), town.time_zone)

    assert phrase(town, at=at).when == said
