"""Every message in both languages: short, strict, and none with a carrier's word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

import notify
import tenants
from notify.carrier.segments import count
from notify.message import Channel
from notify.rendering import Unrenderable, Words, compose, letterhead
from notify.rules import texts
from notify.rules.replies import CARRIER_WORDS
from notify.samples import SAMPLES
from tenants import examples
from tenants.town import Town

PACKAGE = Path(notify.__file__).parent
LINK = "https://townline.example/r/RIV/bcdfghjkmnpq"
PARTS = [
    pytest.param(template, channel, language, id=f"{template}, {channel}, {language}")
    for template, sample in SAMPLES.items()
    for channel in sample.channels
    for language in ("en", "fr")
]


@pytest.fixture(scope="module")
def riverton_file() -> Town:
    return tenants.read(examples.text("riverton"), source="riverton.toml")


@pytest.mark.parametrize(("template", "channel", "language"), PARTS)
def test_each_message_can_be_said(
    riverton_file: Town, template: str, channel: Channel, language: str
) -> None:
    words = say(riverton_file, template, channel, language)

    assert words.body
    assert "None" not in words.body
    if channel == "email":
        assert words.subject
        assert ("You get this because", "Vous recevez ceci parce que")[
            language == "fr"
        ] in words.body
        assert f'<html lang="{language}">' in words.html
        HTMLParser().feed(words.html)


@pytest.mark.parametrize(
    ("template", "channel", "language"),
    [each for each in PARTS if each.values[1] == "sms"],
)
def test_a_text_is_one_segment_and_tells_nobody_to_write_stop(
    riverton_file: Town, template: str, channel: Channel, language: str
) -> None:
    body = say(riverton_file, template, channel, language).body

    assert texts.segments(body) == 1
    spoken = set(re.findall(r"[a-z]+", body.lower()))
    assert not spoken & CARRIER_WORDS


def test_a_message_that_lacks_a_word_is_refused(riverton_file: Town) -> None:
    head = letterhead(riverton_file, language="en", public_url="")

    with pytest.raises(Unrenderable, match="category"):
        compose("relay", "sms", {}, head)


def test_a_resident_cannot_write_html_into_a_letter(riverton_file: Town) -> None:
    context = {**SAMPLES["relay"].context, "words": "<script>alert(1)</script>"}
    head = letterhead(riverton_file, language="en", public_url="")

    assert "<script>" not in compose("relay", "email", context, head).html


def test_every_sentence_has_its_french() -> None:
    with (PACKAGE / "locale" / "fr.po").open("rb") as po:
        french = {message.id: message for message in read_po(po) if message.id}

    for sentence in sentences():
        assert french[sentence].string, sentence
        names = set(re.findall(r"%\(\w+\)s", sentence))
        assert set(re.findall(r"%\(\w+\)s", str(french[sentence].string))) == names


def test_typography_is_spelled_for_the_telephone() -> None:
    folded = texts.fold("L’hôtel de ville — ça va… «oui» à 3\u00a0h")

    assert folded == 'L\'hotel de ville - ca va... "oui" à 3 h'
    assert texts.segments(folded) == 1


def test_what_has_no_spelling_is_left_as_it_is() -> None:
    assert texts.fold("Ж👍") == "Ж👍"


@given(st.text())
def test_segments_are_counted_as_the_carrier_counts_them(body: str) -> None:
    assert texts.segments(body) == count(body)


@given(st.text(), st.integers(4, 60))
def test_what_is_shortened_fits(words: str, limit: int) -> None:
    assert len(texts.shorten(words, limit)) <= limit


def say(town: Town, template: str, channel: Channel, language: str) -> Words:
    head = letterhead(
        town, language=language, level=1, public_url="https://townline.example"
    )
    head = replace(head, code="41", link=LINK)
    return compose(template, channel, SAMPLES[template].context, head)


def sentences() -> Iterator[str]:
    trimmed = {"trimmed": "true"}
    found = extract_from_dir(
        PACKAGE,
        method_map=[
            ("templates/**.txt", "jinja2.ext.babel_extract"),
            ("templates/**.html", "jinja2.ext.babel_extract"),
            ("phrases.py", "python"),
        ],
        options_map={"templates/**.txt": trimmed, "templates/**.html": trimmed},
        keywords={"gettext": None, "_": None},
    )
    for _, _, message, _, _ in found:
        assert isinstance(message, str)
        yield message
