from __future__ import annotations

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tenants.town import Language
from tests.tenants.larkfield import LARKFIELD, MAIN_BREAK, POTHOLE, both
from tickets.suggesting import Suggested, blended
from tickets.suggesting.names import Names
from tickets.suggesting.rules import BUCKETS, Learnt, marks_of

NIGHT_HOUR = 2
LIGHT = replace(
    POTHOLE,
    key="light",
    name=both("Street Light Out", "Lampadaire éteint"),
    synonyms=("lamp",),
)
TOWN = replace(LARKFIELD, categories=(MAIN_BREAK, POTHOLE, LIGHT))
SAID = (
    ("my cellar is full of water", "main-break"),
    ("water bubbling up on the road", "main-break"),
    ("the road shook my car, big crater", "pothole"),
    ("tire burst in a crater at 12 Elm", "pothole"),
    ("it is pitch dark at the bus stop", "light"),
    ("dark all night on our street", "light"),
    ("crater by the bus stop", "pothole"),
)
stories = st.lists(
    st.tuples(
        st.lists(st.sampled_from(["water", "crater", "dark", "road", "bus"])).map(
            " ".join
        ),
        st.sampled_from(["main-break", "pothole", "light"]),
    ),
    max_size=12,
)


def taught(*said: tuple[str, str]) -> Learnt:
    learnt = Learnt()
    for words, category in said:
        learnt.learn(marks_of(words, hour=NIGHT_HOUR), category)
    return learnt


def asked(
    words: str, learnt: Learnt, *, language: Language = "en"
) -> tuple[Suggested, ...]:
    return blended(
        TOWN,
        words,
        language=language,
        hour=NIGHT_HOUR,
        names=Names.of(TOWN),
        learnt=learnt,
    )


@pytest.mark.parametrize(
    ("words", "category"),
    [
        pytest.param("a crater in front of my house", "pothole", id="their word"),
        pytest.param("huge crat", "pothole", id="its first letters"),
        pytest.param("cratr", "pothole", id="a slip at its end"),
        pytest.param("so dark here", "light", id="a word of no name"),
        pytest.param("water main", "main-break", id="a name as before"),
        pytest.param("lampadiare", "light", id="a French name, misspelt"),
    ],
)
def test_callers_words_find_what_others_said_with_them(
    words: str, category: str
) -> None:
    assert asked(words, taught(*SAID))[0].category.key == category


def test_a_town_without_tickets_goes_by_names_and_synonyms() -> None:
    assert asked("xylophone", Learnt()) == ()
    assert asked("poth", Learnt())[0].category == POTHOLE
    story = "the lamp in front of the school has been flickering for days"
    assert asked(story, Learnt())[0].category == LIGHT


def test_a_suggestion_says_what_speaks_for_it() -> None:
    first = asked("another crater", taught(*SAID))[0]

    assert (first.like, first.word) == (3, "crater")


def test_nothing_known_suggests_nothing() -> None:
    assert asked("xylophone", taught(*SAID)) == ()
    assert asked("  ", taught(*SAID)) == ()


def test_a_category_the_town_dropped_is_no_longer_suggested() -> None:
    found = asked("a gas smell in the cellar", taught(*SAID, ("gas smell", "gas")))

    assert "gas" not in {each.category.key for each in found}


def test_no_word_and_no_number_can_be_read_back() -> None:
    marks = marks_of("Call Mrs. Quimby, 312 555 0142", hour=NIGHT_HOUR)

    assert all(0 <= mark < BUCKETS for mark in marks)
    numbers = [marks_of(words, hour=NIGHT_HOUR) for words in ("12 Elm", "99 Elm")]
    assert numbers[0] == numbers[1]


@given(stories, st.integers(0, 12))
def test_learning_in_parts_is_learning_at_once(
    said: list[tuple[str, str]], first: int
) -> None:
    parts = deepcopy(taught(*said[:first]))

    for words, category in said[first:]:
        parts.learn(marks_of(words, hour=NIGHT_HOUR), category)

    assert parts == taught(*said)


@given(stories)
def test_each_category_was_learnt_from_as_often_as_it_was_asked_for(
    said: list[tuple[str, str]],
) -> None:
    asked_for = [category for _, category in said]

    assert taught(*said).tickets == {each: asked_for.count(each) for each in asked_for}
