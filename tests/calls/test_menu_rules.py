from __future__ import annotations

from datetime import time, timedelta
from typing import Literal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from calls.rules import menus
from calls.rules.menus import MOST_TURNS, Caller, Spot, Step
from tenants.files.checks.menus import menus as faults
from tenants.town import (
    Article,
    Line,
    Menu,
    MenuOption,
    OpenHours,
    Service,
    Text,
    Town,
)
from tests.tenants.larkfield import LARKFIELD, both, day, utc

NIGHT = utc("2026-02-11T08:12")
LINE = "+13125550150"
PRESSES = st.sampled_from("0123456789*#")
KEYS = PRESSES | st.just("")
NAMES = st.sampled_from(["a", "b", "c"])
ANSWER = Article(key="dumps", title=both("Dumps", "Dépôts"), body=both("Sat.", "Sam."))
EXPIRED = Article(
    key="old",
    title=both("Old", "Vieux"),
    body=both("Gone.", "Parti."),
    valid_until=day("2026-02-10"),
)
OFFER = both("For this", "Pour ceci")

options = st.one_of(
    st.builds(MenuOption, press=PRESSES, does=st.just("message"), say=st.just(OFFER)),
    st.builds(
        MenuOption,
        press=PRESSES,
        does=st.just("article"),
        article=st.sampled_from(["dumps", "old"]),
    ),
    st.builds(
        MenuOption,
        press=PRESSES,
        does=st.just("language"),
        language=st.sampled_from(["en", "fr"]),
    ),
    st.builds(MenuOption, press=PRESSES, does=st.just("menu"), menu=NAMES),
    st.builds(
        MenuOption,
        press=PRESSES,
        does=st.sampled_from(["person", "emergency", "voicemail", "repeat"]),
    ),
)


def fitting(chosen: tuple[MenuOption, ...], service: Service) -> tuple[MenuOption, ...]:
    """Nearly as drawn, but with people where they are promised, and only there."""
    first, *others = chosen
    ends: dict[Service, MenuOption] = {
        "people": first,
        "messages": MenuOption(press=first.press, does="voicemail", offer=OFFER),
        "messages_then_people": MenuOption(
            press=first.press, does="person", offer=OFFER
        ),
    }
    kept = (
        each
        for each in others
        if service != "messages" or each.does not in ("person", "emergency")
    )
    return (ends[service], *kept)


@st.composite
def callers(draw: st.DrawFn) -> Caller:
    """Somebody on a line of any service, before any menus that pass the checks."""
    services: list[Service] = ["people", "messages", "messages_then_people"]
    service = draw(st.sampled_from(services))
    some = st.lists(
        options.map(lambda each: replace(each, offer=OFFER)),
        min_size=1,
        max_size=4,
        unique_by=lambda each: each.press,
    ).map(tuple)
    when: list[Literal["open", "closed"] | None] = ["open", "closed", None]
    entries = tuple(
        Menu(
            key=key,
            when=state,
            options=fitting(draw(some), service),
            tries=draw(st.integers(1, 3)),
        )
        for key in "abc"
        for state in draw(st.sampled_from([when, when[2:]]))
    )
    line = Line(
        number=LINE,
        label=OFFER,
        service=service,
        menu=None if service == "people" else "a",
    )
    town = replace(LARKFIELD, lines=(line,), menus=entries, articles=(ANSWER, EXPIRED))
    assume(not list(faults(town)))
    weeks = timedelta(minutes=draw(st.integers(0, 60 * 24 * 30)))
    return Caller(town=town, line=line, language="en", at=NIGHT + weeks)


# The first holiday that is asked for loads a calendar.
@settings(deadline=None)
@given(callers(), st.lists(KEYS, max_size=40))
def test_whatever_is_pressed_ends_at_a_person_or_a_message(
    caller: Caller, keys: list[str]
) -> None:
    step = menus.begin(caller)
    turns = 0
    while step.goes == "ask":
        assert step.spot
        digits = keys[turns] if turns < len(keys) else ""
        step = menus.press(caller, step.spot, digits)
        turns += 1

    assert turns <= MOST_TURNS
    if caller.line.service == "messages":
        assert step.goes == "voicemail"


@settings(deadline=None)
@given(callers(), KEYS)
def test_a_menu_that_has_changed_meanwhile_still_leads_somewhere(
    caller: Caller, digits: str
) -> None:
    step = menus.press(caller, Spot(menu="gone"), digits)

    assert step.goes in ("person", "voicemail")


def town_with(*choices: MenuOption, service: Service = "messages_then_people") -> Town:
    line = Line(number=LINE, label=OFFER, service=service, menu="main")
    menu = Menu(key="main", say=both("Larkfield.", "Larkfield."), options=choices)
    return replace(LARKFIELD, lines=(line,), menus=(menu,), articles=(ANSWER, EXPIRED))


def press(
    digits: str, *choices: MenuOption, tries: int = 0, language: str = "en"
) -> Step:
    town = town_with(*choices)
    caller = Caller(town=town, line=town.lines[0], language=language, at=NIGHT)
    return menus.press(caller, Spot(menu="main", tries=tries), digits)


PERSON = MenuOption(press="0", does="person", offer=both("To speak", "Pour parler"))


def test_a_menu_offers_each_key_in_words() -> None:
    step = press("*", PERSON, MenuOption(press="*", does="repeat", offer=OFFER))

    assert [each.words for each in step.said] == [
        "Larkfield.",
        "To speak, press 0.",
        "For this, press star.",
    ]


def test_an_article_is_read_out_and_the_menu_follows() -> None:
    article = MenuOption(press="1", does="article", article="dumps", offer=OFFER)

    step = press("1", PERSON, article, language="fr")

    assert [each.words for each in step.said][:2] == ["Dépôts", "Sam."]
    assert (step.goes, step.heard) == ("ask", "dumps")


def test_an_article_that_has_run_out_is_not_offered() -> None:
    article = MenuOption(press="1", does="article", article="old", offer=OFFER)

    step = press("1", PERSON, article)

    assert [each.words for each in step.said] == [
        "That key does nothing here.",
        "Larkfield.",
        "To speak, press 0.",
    ]


def test_another_language_is_offered_in_itself_and_then_spoken() -> None:
    french = MenuOption(press="2", does="language", language="fr", offer=OFFER)

    step = press("2", PERSON, french)

    assert step.language == "fr"
    assert step.said[-1].words == "Pour ceci, faites le 2."


def test_a_recording_is_played_instead_of_words() -> None:
    address = Text(en="https://town.example/m.mp3", fr="https://town.example/m.mp3")
    message = MenuOption(press="1", does="message", audio=address, offer=OFFER)

    assert press("1", PERSON, message).said[0].audio == address.en


@pytest.mark.parametrize(
    ("tries", "goes"),
    [
        pytest.param(0, "ask", id="once more"),
        pytest.param(1, "ask", id="and again"),
        pytest.param(2, "person", id="then somebody helps"),
    ],
)
@pytest.mark.parametrize("digits", ["", "7"])
def test_silence_and_wrong_keys_lead_to_a_person(
    digits: str, tries: int, goes: str
) -> None:
    assert press(digits, PERSON, tries=tries).goes == goes


@pytest.mark.parametrize(
    ("does", "goes"),
    [("person", "person"), ("emergency", "emergency"), ("voicemail", "voicemail")],
)
def test_a_key_leads_out_of_the_menu(
    does: Literal["person", "emergency", "voicemail"], goes: str
) -> None:
    assert press("5", MenuOption(press="5", does=does, offer=OFFER)).goes == goes


def test_where_nobody_answers_now_a_message_is_taken() -> None:
    sundays = OpenHours(days=("sun",), opens=time(8), closes=time(9))
    town = town_with(PERSON)
    line = replace(town.lines[0], staffed=(sundays,))
    caller = Caller(town=town, line=line, language="en", at=NIGHT)

    step = menus.press(caller, Spot(menu="main"), "0")

    assert step.goes == "voicemail"
    assert step.said[0].words == "Nobody can take your call at this hour."
