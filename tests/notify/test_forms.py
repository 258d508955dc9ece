"""The body of a form, as every server reads it."""

from __future__ import annotations

from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st

from notify.channels.forms import form_of

WORDS = st.text(st.characters(exclude_categories=["Cs"]))


@given(
    st.dictionaries(st.sampled_from(["To", "Body", "Event"]), WORDS | st.lists(WORDS))
)
def test_any_words_are_spelled_as_pythons_own_library_does(
    fields: dict[str, str | list[str]],
) -> None:
    assert form_of(fields) == urlencode(fields, doseq=True).encode()
