from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenants import examples
from tenants.files import differences, read, write
from tenants.town import Town
from tests.tenants.larkfield import LARKFIELD
from tests.tenants.strategies import towns

# A whole town is a large example; a few of them say more than many of its parts.
whole_towns = settings(
    max_examples=20, deadline=None, suppress_health_check=list(HealthCheck)
)


@whole_towns
@given(town=towns())
def test_what_is_written_reads_as_the_same_town(town: Town) -> None:
    assert read(write(town), source="any.toml") == town


@whole_towns
@given(old=towns(), new=towns(), same=st.booleans())
def test_there_are_differences_exactly_when_two_towns_differ(
    old: Town, new: Town, *, same: bool
) -> None:
    new = old if same else new

    assert bool(differences(old, new)) == (old != new)


@pytest.mark.parametrize("name", examples.names())
def test_the_example_towns_are_accepted_and_written_back(name: str) -> None:
    town = read(examples.text(name), source=name)

    assert read(write(town), source=name) == town


def test_the_written_file_is_pleasant_to_read() -> None:
    written = write(LARKFIELD)

    assert written.startswith('format = 1\nslug = "larkfield"\nname.en = "Larkfield"\n')
    assert '\n\n[[hours]]\ndays = ["mon", "wed"]\nopens = 08:00:00\n' in written
    assert 'rungs = [\n  { channel = "sms" },\n]\n' in written
    assert "promise.hours = 4\n" in written
