"""A town's own words stand in our frame: they are its tone, and never its risk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace as changed

import notify
from notify.letterheads import KNOWN
from notify.message import Channel
from notify.own_words import CUT
from notify.rendering import Letterhead, Words, compose, house_words, letterhead, render
from notify.rules import texts
from notify.samples import SAMPLES
from tenants.rules.placeholders import apart
from tenants.town import Language, Text, Town, Wording
from tenants.town.wording import LONGEST, RANGES, Worded, WordedChannel
from tests.tenants.example_towns import TOWNS
from tests.tenants.wording_strategies import WAYS, wording
from townline.i18n import speaking
from townline.words import phone

AURORE = TOWNS["sainte-aurore"]
SITE = "https://townline.example"
LINK = f"{SITE}/r/SAU/bcdfghjkmnpq"
RELAY = SAMPLES["relay"].context
TEXT = Text(en="Go: {place}, {code}.", fr="Allez-y : {place}, {code}.")
EACH_WAY = pytest.mark.parametrize(
    ("key", "channel", "language"),
    [
        pytest.param(key, channel, language, id=f"{key}, {channel}, {language}")
        for key, channel in WAYS
        for language in ("en", "fr")
    ],
)
# Nearly all of Unicode takes its time, and so do letters in two languages.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
# What callers and agents may write, and nothing may happen of it.
HOSTILE = st.lists(
    st.sampled_from(
        [
            *("{code}", "{", "}", "{{ 7 * 7 }}", "{% raw %}", "%s", "%(code)s", "\\1"),
            *("<script>alert(1)</script>", "&amp;", '"', "Elm", " "),
        ]
    ),
    min_size=1,
    max_size=5,
).map("".join)


def in_own_words(*wordings: Wording) -> Town:
    return changed(AURORE, messages=wordings)


def own(key: Worded, channel: WordedChannel, text: Text, **more: Text) -> Town:
    return in_own_words(Wording(key=key, channel=channel, text=text, **more))


def head(town: Town, language: str = "en", *, level: int = 1) -> Letterhead:
    found = letterhead(town, language=language, level=level, public_url=SITE)
    return replace(found, code="41", link=LINK)


def say(
    town: Town,
    template: str,
    channel: Channel,
    language: str = "en",
    context: Mapping[str, Any] | None = None,
) -> Words:
    known = SAMPLES[template].context if context is None else context
    return compose(template, channel, known, head(town, language))


@EACH_WAY
def test_ours_taken_over_as_they_are_change_nothing(
    key: Worded, channel: WordedChannel, language: Language
) -> None:
    ours = house_words(key, channel, language)
    text, subject = (Text(**{language: e}) for e in (ours.text, ours.subject))
    town = own(key, channel, text, subject=subject)

    theirs, as_before = (say(e, key, channel, language) for e in (town, AURORE))

    assert (theirs.subject, theirs.body) == (as_before.subject, as_before.body)


@EACH_WAY
def test_every_name_that_may_be_written_has_a_value(
    key: Worded, channel: WordedChannel, language: Language
) -> None:
    names = RANGES[key][channel].knows
    text = " ".join(f"[{each} {{{each}}}]" for each in names)
    told = say(own(key, channel, Text(**{language: text})), key, channel, language)

    assert channel in SAMPLES[key].channels
    assert all(f"[{each} " in told.body for each in names)


@unhurried
@given(way=st.sampled_from(WAYS), data=st.data())
def test_whatever_is_accepted_is_said_with_all_that_it_names(
    way: tuple[Worded, WordedChannel], data: st.DataObject
) -> None:
    key, channel = way
    mine = data.draw(wording(way, ("en", "fr")))

    for language in ("en", "fr"):
        told = say(in_own_words(mine), key, channel, language)

        text = getattr(mine.text, language)
        values = [value(key, each, language, channel) for each in apart(text).names]
        assert [each for each in values if each not in told.body] == []
        if channel == "email":
            assert [e for e in values if str(escape(e)) not in unquoted(told)] == []


def unquoted(told: Words) -> str:
    """Jinja and Python write two quotes differently."""
    return told.html.replace("&#39;", "&#x27;").replace("&#34;", "&quot;")


def value(key: Worded, name: str, language: str, channel: WordedChannel) -> str:
    with speaking(language):
        known = {each: getattr(head(AURORE, language), each) for each in KNOWN}
        known["phone"] = phone(known["phone"])
    context = {**known, **SAMPLES[key].context}
    links = {"survey_invitation": f"/s/SAU/{context.get('token')}"}
    if key.startswith("resident_"):
        links[key] = f"/t/SAU/{context['tracking']}"
    context["link"] = f"{SITE}{links[key]}" if key in links else LINK
    said = str(context[name])
    if channel != "email" and name in CUT:
        said = texts.shorten(said, LONGEST[name])
    return texts.fold(said) if channel == "sms" else said


@unhurried
@given(way=st.sampled_from(WAYS), hostile=HOSTILE)
def test_hostile_words_stay_words(
    way: tuple[Worded, WordedChannel], hostile: str
) -> None:
    key, channel = way
    name = "words" if key == "event_ended" else "place"
    mine = Text(en=f"It says: {{{name}}} 41 {{{name}}}".replace("41", needed(way)))
    context = {**SAMPLES[key].context, name: f"x{hostile}x"}

    told = say(own(key, channel, mine), key, channel, "en", context)

    plain = " ".join(f"x{hostile}x".split())
    cut = plain if channel == "email" else texts.shorten(plain, LONGEST[name])
    assert " ".join(told.body.split()).count(cut) >= 2
    assert "49" not in told.body
    assert "<script>" not in told.html


def needed(way: tuple[Worded, WordedChannel]) -> str:
    """One of each group, so that the words would be accepted too."""
    groups = RANGES[way[0]][way[1]].needs
    return " ".join(f"{{{group[0]}}}" for group in groups)


def test_the_level_and_the_sender_stand_before_every_text() -> None:
    crew = own("relay", "sms", TEXT)
    resident = own("resident_done", "sms", Text(en="Fixed, {tracking}."))

    assert say(crew, "relay", "sms").body == "SAU L1 Go: Elm St and 4th Ave, 41."
    said = say(resident, "resident_done", "sms").body
    assert said == "Town of Sainte-Aurore: Fixed, RIV-482-731-7."


def test_a_call_begins_with_the_level_and_ends_with_the_keys() -> None:
    town = own("relay", "voice", Text(en="Please drive to {place}."))

    assert say(town, "relay", "voice").body == (
        "Level 1. Please drive to Elm St and 4th Ave. "
        "Press 1 to take it, 2 if you cannot, 9 to hear this again."
    )


def test_a_letter_keeps_its_head_its_button_and_why_it_comes() -> None:
    text = Text(en="Dear crew,\n\n\n{words}\n<b>{place}</b>")
    town = own("relay", "email", text, subject=Text(en="Drive to\n{place}"))

    told = say(town, "relay", "email")

    assert told.subject == "SAU level 1: Drive to Elm St and 4th Ave"
    assert "<p>Dear crew,</p>" in told.html
    assert "402 Elm.<br>&lt;b&gt;Elm St and 4th Ave&lt;/b&gt;</p>" in told.html
    for part in (told.body, told.html):
        assert "Level 1: Water Main Break" in part
        assert LINK in part
        assert (
            "You get this because Town of Sainte-Aurore relays such tickets to you."
            in part
        )


@pytest.mark.parametrize(
    ("context", "language", "code"),
    [
        pytest.param({**RELAY, "place": " "}, "en", "41", id="a place that is blank"),
        pytest.param(RELAY, "en", "", id="no code to be had"),
        pytest.param(RELAY, "fr", "41", id="a language that has no words"),
    ],
)
def test_where_something_is_missing_the_message_is_ours(
    context: Mapping[str, Any], language: str, code: str
) -> None:
    town = own("relay", "sms", Text(en=TEXT.en))
    heads = [replace(head(each, language), code=code) for each in (town, AURORE)]

    theirs, ours = (compose("relay", "sms", context, each) for each in heads)

    assert theirs == ours


def test_nothing_said_by_the_caller_leaves_no_hole_in_a_letter() -> None:
    town = own("relay", "email", Text(en="{place}: {words}"))
    silent = {each: said for each, said in RELAY.items() if each != "words"}

    assert say(town, "relay", "email", "en", silent) == say(
        AURORE, "relay", "email", "en", silent
    )


def test_lists_agents_and_mailboxes_are_told_in_our_words() -> None:
    town = in_own_words(
        *(Wording(key="relay", channel=e, text=TEXT) for e in ("sms", "voice", "email"))
    )

    for template, channel in (
        ("merged", "sms"),
        ("merged", "email"),
        ("relay", "agent"),
    ):
        assert say(town, template, channel) == say(AURORE, template, channel)  # type: ignore[arg-type]  # of samples
    mailbox = (render("relay/voicemail.txt", RELAY, head(e)) for e in (town, AURORE))
    assert len({*mailbox}) == 1


def test_a_town_s_words_are_taken_apart_once() -> None:
    town = own("relay", "sms", TEXT)
    say(town, "relay", "sms")
    before = apart.cache_info().misses

    for _ in range(3):
        say(town, "relay", "sms")

    assert apart.cache_info().misses == before


def test_what_is_said_back_at_once_is_in_its_words_by_text_and_call_only() -> None:
    town = own("accepted", "sms", Text(en="Yours: {place}. {code} when you go."))

    said = {
        via: notify.said_back("accepted", via, RELAY, town=town, code="41")
        for via in ("sms", "voice", "link")
    }

    assert said["sms"] == "Yours: Elm St and 4th Ave. 41 when you go."
    assert said["voice"] == said["link"] == ""
    assert notify.said_back("accepted", "sms", RELAY, town=town, code="") == ""
