"""A new entry gets a key of its own from what people call it."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.town.entry_keys import key_for
from tenants.town import Key

WORDS = st.text(max_size=80)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        pytest.param("Gas smells!", "gas-smells", id="words"),
        pytest.param("Fuite d’été", "fuite-dete", id="accents"),
        pytest.param("Urgent", "urgent-2", id="taken"),
        pytest.param("!!!", "ladder", id="no letters"),
        pytest.param("x" * 60, "x" * 36, id="one word too long"),
        pytest.param(
            "Water main breaks of the northern half at night",
            "water-main-breaks-of-the-northern",
            id="cut where a word ends",
        ),
    ],
)
def test_a_key_is_made_of_a_name(name: str, key: str) -> None:
    assert key_for(name, {"urgent"}, otherwise="ladder") == key


@given(st.lists(WORDS, max_size=12))
def test_whatever_things_are_called_each_key_is_the_files_and_its_own(
    names: list[str],
) -> None:
    taken: set[str] = set()

    for name in names:
        key = key_for(name, taken, otherwise="x")
        assert key not in taken
        taken.add(msgspec.convert(key, Key))
