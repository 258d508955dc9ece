"""What a caller can choose by keys before a person answers, and who answers when."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from tenants.town.fields import Key, Language
from tenants.town.parts import Part, Text

Service = Literal["people", "messages", "messages_then_people"]
Does = Literal[
    "message",
    "article",
    "language",
    "person",
    "emergency",
    "menu",
    "voicemail",
    "repeat",
]
TelephoneKey = Annotated[
    str,
    Meta(
        pattern=r"^[0-9*#]$",
        description='one key of a telephone, as in "1", "*" or "#"',
    ),
]


class MenuOption(Part, frozen=True, kw_only=True):
    """One key and what it does; ``offer`` is what it is for, said before the key.

    A message is ``say``, or ``audio``: a recording's address in each language.
    """

    press: TelephoneKey
    does: Does
    offer: Text = Text()
    say: Text = Text()
    audio: Text = Text()
    article: Key | None = None
    language: Language | None = None
    menu: Key | None = None


class Menu(Part, frozen=True, kw_only=True):
    """Several menus of one key differ in ``when``; the one without it is for the rest.

    Its keys are said one by one after ``say``, unless ``audio`` says all of it.
    """

    key: Key
    when: Literal["open", "closed", "holiday"] | None = None
    say: Text = Text()
    audio: Text = Text()
    options: Annotated[tuple[MenuOption, ...], Meta(min_length=1)]
    wait_seconds: Annotated[int, Meta(ge=2, le=20)] = 5
    tries: Annotated[int, Meta(ge=1, le=5)] = 3


class Surge(Part, frozen=True, kw_only=True):
    """When so many wait, or ring in so many minutes, that callers are told why."""

    waiting: Annotated[int, Meta(ge=2, le=1_000)] = 8
    calls: Annotated[int, Meta(ge=2, le=1_000)] = 12
    within_minutes: Annotated[int, Meta(ge=1, le=60)] = 10
    say: Text = Text()
