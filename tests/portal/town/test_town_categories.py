"""A manager edits what residents can ask for, and sees what agents will see of it."""

from __future__ import annotations

from html import unescape

import pytest

from portal.town import sheets
from portal.town.categories import CATEGORIES, settled, typed
from portal.town.forms.flat import acted, document_of, typed_of
from tenants import drafting, files
from tenants.town import Article, Category, Instruction, Town
from tests.portal.town.cast import Clerk
from tests.portal.town.nights import Night
from tests.tenants.example_towns import TOWNS
from tests.tenants.larkfield import LARKFIELD, MAIN_BREAK

RULES = "/town/riverton/rules"
MAIN = f"{RULES}/categories/water-main-break"
FORM = typed(TOWNS["riverton"].category("water-main-break"))


def town_of(night: Night) -> Town:
    with night.town() as db:
        return drafting.editing(db).town


@pytest.mark.parametrize("town", [*TOWNS.values(), LARKFIELD], ids=lambda t: t.slug)
def test_a_form_says_all_that_the_file_does(town: Town) -> None:
    kinds = ((Category, town.categories), (Article, town.articles))
    for kind, entries in (*kinds, (Instruction, town.instructions)):
        for entry in entries:
            read = files.shaped(kind, document_of(kind, typed_of(entry)))
            assert read == (entry, ())


def test_a_form_keeps_when_a_question_is_asked() -> None:
    form = {**typed(MAIN_BREAK), "questions.2.only_if": "inside=no\ninside=wires"}

    read, faults = files.shaped(
        Category, document_of(Category, settled(LARKFIELD, form))
    )

    assert faults == ()
    assert read.questions[2].shown_if is not None
    assert read.questions[2].shown_if.answers == ("no", "wires")


@pytest.mark.parametrize(
    ("act", "keys"),
    [
        pytest.param("down questions.0", ["inside", "how-fast", "which"], id="down"),
        pytest.param("up questions.2", ["how-fast", "which", "inside"], id="up"),
        pytest.param("up questions.0", ["how-fast", "inside", "which"], id="not above"),
        pytest.param("remove questions.1", ["how-fast", "which"], id="out"),
        pytest.param(
            "add questions", ["how-fast", "inside", "which", ""], id="one more"
        ),
        pytest.param("turn questions", ["how-fast", "inside", "which"], id="nonsense"),
    ],
)
def test_a_list_is_changed_on_the_page(act: str, keys: list[str]) -> None:
    form = acted(typed_of(MAIN_BREAK), act)

    places = range(len(keys) + 1)
    found = [form[name] for e in places if (name := f"questions.{e}.key") in form]
    assert found == keys


def test_what_is_new_gets_a_key_from_its_words() -> None:
    form = {
        "name.en": "Burst pipe, à côté",
        "questions.0.ask.en": "How fast?",
        "questions.0.choices.0.label.en": "Yes",
        "questions.0.choices.1.label.en": "Yes",
        "questions.1.ask.en": "How fast?",
    }

    found = sheets.sent(CATEGORIES, LARKFIELD, form, key="").typed

    assert found["key"] == "burst-pipe-a-cote"
    assert found["questions.0.choices.1.key"] == "yes-2"
    assert found["questions.1.key"] == "how-fast-2"


def test_a_category_is_changed_in_the_draft_and_its_faults_are_said(
    priya: Clerk, night: Night
) -> None:
    changed = {"level": "2", "promise.say.en": "By {when}."}
    kept = priya.send(MAIN, **{**FORM, **changed})
    form = {**FORM, "promise.hours": "soon", "name.en": "Typed and not lost"}
    refused = priya.send(MAIN, **form)

    assert kept.headers["location"] == MAIN
    assert town_of(night).category("water-main-break").level == 2
    page = priya.get(f"{RULES}/categories")
    assert "One change is not published yet" in page
    assert "1 thing to put right" in page
    assert refused.status_code == 422
    assert 'id="error-promise.hours"' in refused.text
    assert "Typed and not lost" in refused.text


def test_a_question_is_added_without_script_and_two_managers_do_not_collide(
    priya: Clerk, night: Night
) -> None:
    was = drafting.mark(TOWNS["riverton"].category("water-main-break"))
    added = priya.send(MAIN, **FORM, was=was, act="add questions")
    priya.send(MAIN, **{**FORM, "level": "2"}, was=was)
    late = priya.send(MAIN, **{**FORM, "synonyms": "geyser"}, was=was)

    assert added.status_code == 200
    assert "Question 5" in added.text
    assert late.status_code == 409
    assert "yours is what counts" in late.text
    now = town_of(night).category("water-main-break")
    assert (now.level, len(now.questions)) == (2, 4)


def test_the_preview_plays_as_a_call_would(priya: Clerk) -> None:
    changed = {
        "questions.1.choices.1.raises_to": "1",
        "level": "3",
        "answer.building": "yes",
        "entry": "water-main-break",
        "synonyms": "geyser\nvolcano",
        "try": "volcan",
    }

    page = unescape(priya.send(f"{RULES}/category-preview", **{**FORM, **changed}).text)

    assert "Which building, and is somebody there?" in page
    assert "Raised from Priority by what was answered." in page
    assert "will be on site by" in page
    assert "Who will be told" in page
    assert "Found, as number 1 of" in page


def test_categories_are_made_copied_moved_and_taken_out(
    priya: Clerk, claire: Clerk, night: Night
) -> None:
    there = "/town/sainte-aurore/rules/categories/water-main-break"
    copy = priya.get(f"{RULES}/new-category", like="water-main-break")
    made = priya.send(f"{RULES}/categories", **{**FORM, "key": "", "name.en": "Geyser"})
    priya.send(f"{RULES}/categories/geyser/place", before="water-main-break")
    unsure = priya.send(f"{MAIN}/removal")
    priya.send(f"{MAIN}/removal", sure="yes")

    assert "Is it a trickle, a stream" in copy
    assert made.headers["location"].endswith("/categories/geyser")
    assert unsure.status_code == 422
    keys = [each.key for each in town_of(night).categories]
    assert keys[0] == "geyser"
    assert "water-main-break" not in keys
    for elsewhere in (there, f"{there}/place", f"{there}/removal"):
        assert claire.send(elsewhere, sure="yes").status_code == 404
    assert claire.look(there).status_code == 404
