"""Nothing on the town's pages is said in one language only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir

import portal.town
from townline.i18n import gettext, ngettext, speaking

FACE = Path(portal.town.__file__).parent
# The same in both languages, or made of what is filled in.
ALIKE = {
    "{number} minutes",
    "version {number}",
    "Version",
    "Version %(number)s",
    "Versions",
    "Question %(number)s",
    "Questions",
    "Information",
    "Moment",
    "Photo",
    "%(what)s, %(number)s",
    "%(num)d segments",
    "Notes",
    "Note",
    "Public",
    "Photos",
    "Question",
    "Sections",
    "Latitude",
    "Longitude",
    "Web",
    " {news}.",
}


def messages() -> Iterator[str | tuple[str, ...]]:
    found = extract_from_dir(
        FACE,
        method_map=[("**/templates/**.html", "jinja2"), ("**.py", "python")],
        keywords={"_": None, "gettext": None, "ngettext": (1, 2)},
    )
    yield from (message for _, _, message, _, _ in found)


def english(message: str | tuple[str, ...]) -> str:
    return message if isinstance(message, str) else message[1]


def french(message: str | tuple[str, ...]) -> str:
    if isinstance(message, str):
        return gettext(message)
    return ngettext(message[0], message[1], 2)


def test_every_sentence_of_the_face_exists_in_french() -> None:
    with speaking("fr"):
        missing = [
            source
            for source, translated in ((english(e), french(e)) for e in messages())
            if source == translated
        ]

    assert [each for each in missing if each not in ALIKE] == []


def test_french_keeps_what_is_filled_in() -> None:
    with speaking("fr"):
        for message in messages():
            assert holes(french(message)) == holes(english(message)), message


def holes(words: str) -> set[str]:
    return {
        part.split("}")[0].split(")")[0]
        for part in words.replace("%(", "{").split("{")[1:]
    }
