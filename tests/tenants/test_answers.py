from __future__ import annotations

from datetime import date, datetime
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tenants.rules.answers import Index, holding, holds, on_top
from tenants.town import Article, Season, Town
from tests.tenants.example_towns import TOWNS
from tests.tenants.larkfield import LARKFIELD, both, utc

VALVE = Article(
    key="valve",
    title=both("Shut off the water at the house valve", "Fermer la valve de la maison"),
    body=both("Turn it clockwise.", "Tournez vers la droite."),
    categories=("main-break",),
    synonyms=("burst pipe", "tuyau gelé"),
    pinned=True,
)
SNOW = Article(
    key="snow",
    title=both("Parking ban when it snows", "Interdiction de stationner"),
    body=both("No parking on snow routes.", "Les rues doivent être libres."),
    season=Season(first="11-15", last="04-01"),
    order=10,
)
BILL = Article(
    key="bill",
    title=both("Paying a water bill", "Payer une facture d’eau"),
    body=both("At City Hall, or by mail.", "À l’hôtel de ville, ou par la poste."),
    valid_from=date(2026, 2, 12),
    valid_until=date(2026, 2, 28),
)
TOWN = replace(LARKFIELD, articles=(VALVE, SNOW, BILL))
INDEX = Index.of(TOWN)
NOON, SUMMER = utc("2026-02-11T18:00"), utc("2026-07-01T18:00")


def found(typed: str) -> list[str]:
    return [article.key for article in INDEX.search(typed)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        pytest.param("sh", "valve", id="first letters"),
        pytest.param("water bill", "bill", id="both words before one of them"),
        pytest.param("valv", "valve", id="a word not typed to its end"),
        pytest.param("vavle", "valve", id="two letters turned round"),
        pytest.param("parkng", "snow", id="a letter left out"),
        pytest.param("statoin", "snow", id="a slip in the beginning of a word"),
        pytest.param("tuyau gele", "valve", id="a French synonym without its accent"),
        pytest.param("facture", "bill", id="French"),
        pytest.param("clockwise", "valve", id="a word of its text"),
        pytest.param("my pipe has burst in the cellar", "valve", id="a story"),
    ],
)
def test_the_first_answer_is_what_was_asked(typed: str, first: str) -> None:
    assert found(typed)[0] == first


@pytest.mark.parametrize("typed", ["", "  ", "?!", "xylophone"])
def test_what_no_article_says_finds_none(typed: str) -> None:
    assert found(typed) == []


titles = st.sampled_from([
    (article.key, word)
    for article in TOWN.articles
    for word in (*article.title.en.lower().split(), "interdiction", "facture", "fermer")
    if word in f"{article.title.en} {article.title.fr}".lower()
])  # fmt: skip


@given(titles, st.integers(1, 12))
def test_every_beginning_of_a_word_finds_it(
    said: tuple[str, str], letters: int
) -> None:
    key, word = said

    assert key in found(word[:letters])


@given(
    titles.filter(lambda said: len(said[1]) >= 5),
    st.integers(0, 11),
    st.sampled_from(["left out", "another", "twice", "turned round"]),
)
def test_one_slip_in_a_word_of_five_letters_still_finds_it(
    said: tuple[str, str], place: int, slip: str
) -> None:
    key, word = said
    at = place % (len(word) - 1)
    typed = {
        "left out": word[:at] + word[at + 1 :],
        "another": word[:at] + "z" + word[at + 1 :],
        "twice": word[:at] + word[at] + word[at:],
        "turned round": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    }[slip]

    assert key in found(typed)


@pytest.mark.parametrize(
    ("at", "is_there"),
    [
        pytest.param("2026-02-12T05:59", False, id="the last minute before its day"),
        pytest.param("2026-02-12T06:00", True, id="midnight in the town"),
        pytest.param("2026-03-01T05:59", True, id="the last minute of its last day"),
        pytest.param("2026-03-01T06:00", False, id="the day after"),
    ],
)
def test_a_dated_article_holds_by_the_towns_calendar(
    at: str, *, is_there: bool
) -> None:
    instant: datetime = utc(at)

    assert holds(BILL, TOWN.time_zone, at=instant) == is_there
    assert (BILL in holding(TOWN, TOWN.articles, at=instant)) == is_there


def test_pinned_and_seasonal_ones_are_on_top_while_nothing_is_typed() -> None:
    assert on_top(TOWN, category="", at=NOON) == [SNOW, VALVE]
    assert on_top(TOWN, category="", at=SUMMER) == [VALVE]


def test_those_of_the_chosen_category_come_first() -> None:
    assert on_top(TOWN, category="main-break", at=NOON) == [VALVE, SNOW]


@pytest.mark.parametrize(
    ("slug", "typed", "first"),
    [
        pytest.param("riverton", "garbag", "missed-garbage", id="garbage"),
        pytest.param("riverton", "couch", "bulk-pickup", id="a synonym"),
        pytest.param("riverton", "toter not emptied", "missed-garbage", id="a story"),
        pytest.param("sainte-aurore", "stationement", "stationnement-neige", id="typo"),
        pytest.param("sainte-aurore", "poubelle", "collecte-oubliee", id="French"),
        pytest.param("sainte-aurore", "boil watr", "avis-ebullition", id="English"),
    ],
)
def test_the_example_towns_answer_real_questions(
    slug: str, typed: str, first: str
) -> None:
    assert Index.of(TOWNS[slug]).search(typed)[0].key == first


def test_two_thousand_articles_are_searched_well_under_50_ms() -> None:
    index = Index.of(large(2_000))
    typed = ("w", "watr", "when is the garbage pikup on elm street", "street number 17")

    took = []
    for words in typed * 5:
        began = perf_counter()
        index.search(words)
        took.append(perf_counter() - began)

    # One may have met something else that the machine does.
    assert sorted(took)[-2] < 0.05


def large(number: int) -> Town:
    """Different words in each, as far as a town's articles differ."""
    examples = TOWNS["riverton"].articles
    return replace(
        LARKFIELD,
        articles=tuple(
            replace(
                examples[each % len(examples)],
                key=f"article-{each}",
                synonyms=(f"street number {each}", f"word{each:x} thing{each * 7:x}"),
            )
            for each in range(number)
        ),
    )
