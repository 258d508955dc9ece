from __future__ import annotations

from typing import get_args

import pytest

from tickets.rules.closing import lacking, tells_something
from tickets.terms import Reason


@pytest.mark.parametrize(
    ("proof", "reason", "note", "photos", "needed"),
    [
        pytest.param("none", "done", "", 0, None, id="no proof asked, none needed"),
        pytest.param("note", "done", "", 0, "note", id="a note is asked for"),
        pytest.param("note", "done", "Done!", 0, "note", id="done alone is no note"),
        pytest.param("note", "done", "Valve replaced", 0, None, id="a real note"),
        pytest.param("note", "not_found", "", 0, "note", id="not found needs a word"),
        pytest.param("note", "done", "", 3, "note", id="photos are not a note"),
        pytest.param("photo", "done", "Plated", 0, "photo", id="a note is no photo"),
        pytest.param("photo", "done", "", 1, None, id="a photo of the work"),
        pytest.param("photo", "other_owner", "", 0, "note", id="no work, no photo"),
        pytest.param("photo", "scheduled", "In May", 0, None, id="but a sentence"),
        pytest.param("photo", "duplicate", "", 0, None, id="the other one proves it"),
    ],
)
def test_what_closing_lacks(
    proof: str, reason: str, note: str, photos: int, needed: str | None
) -> None:
    assert lacking(proof, reason=reason, note=note, photos=photos) == needed  # type: ignore[arg-type] # the table is of words


@pytest.mark.parametrize("reason", get_args(Reason))
def test_a_category_without_proof_closes_for_any_reason(reason: Reason) -> None:
    assert lacking("none", reason=reason, note="", photos=0) is None


@pytest.mark.parametrize("note", ["", " . ", "Done", "Work completed", "C’est fait!"])
def test_a_note_of_empty_words_tells_nothing(note: str) -> None:
    assert not tells_something(note)


@pytest.mark.parametrize("note", ["Clamped", "Rien trouvé sur place", "2 bins"])
def test_a_note_with_one_real_word_tells_something(note: str) -> None:
    assert tells_something(note)
