"""Lists of a form grow, shrink and change their order on the page, without script."""

from __future__ import annotations

import pytest

from portal.town import fields, forms
from portal.town.fields.wholes import Opening
from portal.town.forms.lists import NoSuchList
from tests.tenants.example_towns import TOWNS

RIVERTON = TOWNS["riverton"]


def opening() -> forms.Group:
    return forms.group(Opening(hours=RIVERTON.hours))


def first_days(typed: forms.Group) -> list[object]:
    hours = typed["hours"]
    assert isinstance(hours, list)
    return [each["days"] for each in hours if isinstance(each, dict)]


@pytest.mark.parametrize(
    ("wish", "order", "seen"),
    [
        pytest.param("add hours", [0, 1, None], "hours.2", id="one more at the end"),
        pytest.param("remove hours.0", [1], "hours", id="the first taken out"),
        pytest.param("up hours.1", [1, 0], "hours.0", id="the second moved up"),
        pytest.param("down hours.0", [1, 0], "hours.1", id="the first moved down"),
        pytest.param("up hours.0", [0, 1], "hours.0", id="the first stays first"),
        pytest.param("down hours.1", [0, 1], "hours.1", id="the last stays last"),
    ],
)
def test_a_list_is_changed_on_the_page(
    wish: str, order: list[int | None], seen: str
) -> None:
    typed, before = opening(), first_days(opening())

    place = forms.act(Opening, typed, wish)

    assert place == seen
    assert first_days(typed) == [[] if e is None else before[e] for e in order]


@pytest.mark.parametrize(
    "wish",
    [
        pytest.param("add doors", id="no such field"),
        pytest.param("remove hours.7", id="no such item"),
        pytest.param("up hours.x", id="no number"),
        pytest.param(f"up hours.{'9' * 5_000}", id="a number without end"),
        pytest.param("down hours", id="no item"),
        pytest.param("add hours.0", id="no list"),
    ],
)
def test_what_is_no_list_of_the_form_is_refused(wish: str) -> None:
    with pytest.raises(NoSuchList):
        forms.act(Opening, opening(), wish)


def test_an_item_that_was_added_and_left_empty_is_not_there() -> None:
    typed = {f"hours.{number}.closes": "" for number in range(2)}

    read = forms.read(Opening, typed, fields.scene(RIVERTON))

    assert (read.part, read.faults) == (Opening(hours=()), ())


def test_a_number_without_end_names_no_item() -> None:
    read = forms.read(
        Opening, {f"hours.{'9' * 5_000}.opens": "08:00"}, fields.scene(RIVERTON)
    )

    assert read.part == Opening(hours=())
