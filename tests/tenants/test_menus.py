from __future__ import annotations

from datetime import time
from typing import Literal

import pytest
from msgspec.structs import replace

from tenants.files import read
from tenants.rules.menus import is_staffed, menu, reached
from tenants.town import Line, Menu, MenuOption, OpenHours
from tests.tenants.edits import edited, findings
from tests.tenants.larkfield import LARKFIELD, both, utc

FIRST_LINE = 'number = "+13125550150"'
MENU = """
[[menus]]
key = "main"
[[menus.options]]
press = "1"
does = "message"
offer = { en = "For dumps", fr = "Pour les dépôts" }
say = { en = "Saturdays.", fr = "Le samedi." }
[[menus.options]]
press = "0"
does = "person"
offer = { en = "To speak", fr = "Pour parler" }
"""
SERVED = f'{FIRST_LINE}\nservice = "messages_then_people"\nmenu = "main"'
GREETED = both("Hello", "Bonjour")


def option(press: str, does: str, **more: str) -> MenuOption:
    return MenuOption(press=press, does=does, offer=GREETED, **more)  # type: ignore[arg-type] # keywords of a table


def said(menus: str, line: str = SERVED) -> list[str]:
    """What is wrong with Larkfield, once it has these menus and this line."""
    return findings(edited(FIRST_LINE, line) + menus)


def test_a_menu_that_leads_to_an_answer_and_a_person_is_right() -> None:
    town = read(edited(FIRST_LINE, SERVED) + MENU, source="larkfield.toml")

    assert [each.does for each in town.menus[0].options] == ["message", "person"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param(
            'press = "0"',
            'press = "1"',
            'menus[1] "main".options[2].press: Choose another key: "1" does something '
            "here already.",
            id="a key twice",
        ),
        pytest.param(
            'say = { en = "Saturdays.", fr = "Le samedi." }',
            "",
            'menus[1] "main".options[1].say: Add what is said, or the address of a '
            "recording of it.",
            id="a message without words",
        ),
        pytest.param(
            'does = "message"',
            'does = "article"\narticle = "dumps"',
            'menus[1] "main".options[1].article: Name a public article: there is no '
            '"dumps".',
            id="an unknown article",
        ),
        pytest.param(
            'does = "message"',
            'does = "menu"\nmenu = "maim"',
            'menus[1] "main".options[1].menu: Name an entry of menus: there is no '
            '"maim"; did you mean "main"?',
            id="an unknown menu",
        ),
        pytest.param(
            'does = "person"',
            'does = "voicemail"',
            'lines[1] "+13125550150".menu: Add a key that leads to a person to '
            'the menu "main": this line promises somebody.',
            id="nobody to speak to",
        ),
        pytest.param(
            'offer = { en = "To speak", fr = "Pour parler" }',
            "",
            'menus[1] "main".options[2].offer: Add what "0" is for: callers hear it '
            "before the key.",
            id="a key nobody hears of",
        ),
        pytest.param(
            'does = "person"',
            'does = "person"\nlanguage = "fr"',
            'menus[1] "main".options[2].language: Take it out: this key does '
            "something else.",
            id="a field of another option",
        ),
        pytest.param(
            'key = "main"',
            'key = "main"\nwhen = "open"',
            'menus[1] "main".when: Add a menu "main" for when the town hall is '
            "closed, or one for all hours.",
            id="hours without a menu",
        ),
        pytest.param(
            'key = "main"',
            'key = "main"\naudio = { en = "menu.mp3", fr = "https://x.example/m.mp3" }',
            'menus[1] "main".audio.en: Write the recording\'s whole address, as in '
            '"https://…".',
            id="a recording nobody finds",
        ),
    ],
)
def test_what_would_lose_a_caller_is_named_with_its_remedy(
    old: str, new: str, fault: str
) -> None:
    assert fault in said(MENU.replace(old, new))


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        pytest.param(
            'service = "messages"',
            "menu: Name the menu with which this line begins.",
            id="no menu",
        ),
        pytest.param(
            'service = "messages"\nmenu = "main"',
            'menu: Take every key that leads to a person out of the menu "main" and '
            "those it leads to: nobody answers this line.",
            id="a person who is not there",
        ),
        pytest.param(
            'menu = "main"',
            "menu: Take it out, or let this line begin with messages: now people "
            "answer it at once.",
            id="a menu nobody hears",
        ),
        pytest.param(
            'service = "messages"\nmenu = "mane"',
            'menu: Name an entry of menus: there is no "mane"; did you mean "main"?',
            id="an unknown menu",
        ),
    ],
)
def test_a_line_says_what_its_service_needs(line: str, fault: str) -> None:
    assert f'lines[1] "+13125550150".{fault}' in said(MENU, f"{FIRST_LINE}\n{line}")


def test_menus_that_lead_only_to_each_other_are_refused() -> None:
    circle = "".join(
        f'[[menus]]\nkey = "{key}"\n[[menus.options]]\npress = "1"\ndoes = "menu"\n'
        f'menu = "{other}"\noffer = {{ en = "On", fr = "Suite" }}\n'
        for key, other in (("a", "b"), ("b", "a"))
    )

    assert (
        'menus[2] "a".options: Add an option that answers, or takes a message: "a" '
        "leads only to menus." in said(MENU + circle)
    )


@pytest.mark.parametrize(
    ("state", "found"),
    [("open", None), ("closed", "closed"), ("holiday", "closed")],
)
def test_a_holiday_without_its_own_menu_is_just_closed(
    state: Literal["open", "closed", "holiday"], found: str | None
) -> None:
    options = (option("0", "person"),)
    menus = (
        Menu(key="main", options=options),
        Menu(key="main", when="closed", options=options),
    )

    chosen = menu(replace(LARKFIELD, menus=menus), "main", state)

    assert chosen
    assert chosen.when == found


def test_a_circle_of_menus_is_walked_once() -> None:
    menus = (
        Menu(key="a", options=(option("1", "menu", menu="b"),)),
        Menu(key="b", options=(option("1", "menu", menu="a"), option("0", "person"))),
    )

    found = reached(replace(LARKFIELD, menus=menus), "a", "open")

    assert [each.key for each in found] == ["a", "b"]


NIGHTS = OpenHours(
    days=("sat",), opens=time.fromisoformat("22:00"), closes=time.fromisoformat("03:00")
)


@pytest.mark.parametrize(
    ("at", "staffed"),
    [
        pytest.param("2026-03-08T03:59", False, id="a minute before"),
        pytest.param("2026-03-08T04:00", True, id="from ten in the evening"),
        pytest.param("2026-03-08T07:59", True, id="until the clocks skip an hour"),
        pytest.param("2026-03-08T08:00", False, id="when they show three"),
        pytest.param("2026-11-01T08:59", True, id="one hour longer in autumn"),
        pytest.param("2026-11-01T09:00", False, id="and then no more"),
    ],
)
def test_people_answer_at_their_hours_even_as_clocks_change(
    at: str, *, staffed: bool
) -> None:
    line = Line(
        number="+13125550150", label=GREETED, service="people", staffed=(NIGHTS,)
    )

    assert is_staffed(LARKFIELD, line, at=utc(at)) is staffed


@pytest.mark.parametrize(
    ("service", "staffed"),
    [("people", True), ("messages_then_people", True), ("messages", False)],
)
def test_people_answer_where_the_town_has_bought_them(
    service: Literal["people", "messages", "messages_then_people"], *, staffed: bool
) -> None:
    line = Line(number="+13125550150", label=GREETED, service=service)

    assert is_staffed(LARKFIELD, line, at=utc("2026-02-11T08:12")) is staffed
