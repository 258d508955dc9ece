"""What each key of a menu does, and how every path through the menus ends.

A caller who presses nothing, or the wrong key, is asked again a few times; one who
presses for ever is not asked for ever. At the end there is always a person, or a
machine that takes a message.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from calls.rules import speech
from calls.rules.speech import Said
from tenants.rules import status
from tenants.rules.answers import holds
from tenants.rules.menus import is_staffed, menu
from tenants.town import Line, Menu, MenuOption, Text, Town

# Nobody listens to more messages in one call; past it the caller is led out.
MOST_TURNS = 20

Goes = Literal["ask", "person", "emergency", "voicemail"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where in the menus a caller is, how often they failed there, and all turns."""

    menu: str
    tries: int = 0
    turns: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who stands before a menu: on which line, in which language, and when."""

    town: Town
    line: Line
    language: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is said, and then asked or done. ``heard`` is the answer it contained."""

    goes: Goes
    said: tuple[Said, ...]
    language: str
    spot: Spot | None = None
    wait_seconds: int = 0
    heard: str = ""


def begin(caller: Caller) -> Step:
    """The first menu of the line; a line without one leads straight to its end."""
    if caller.line.menu is None:
        return _out(caller)
    return _ask(caller, Spot(menu=caller.line.menu))


def press(caller: Caller, spot: Spot, digits: str) -> Step:
    """What the key does here, whether or not there is one."""
    here = _menu(caller, spot.menu)
    spot = replace(spot, turns=spot.turns + 1)
    if here is None or spot.turns >= MOST_TURNS:
        return _out(caller)
    chosen = next((o for o in _open(caller, here) if o.press == digits), None)
    if chosen:
        return _chosen(caller, replace(spot, tries=0), chosen)
    if spot.tries + 1 >= here.tries:
        return _out(caller)
    wrong = (speech.wrong_key(caller.language),) if digits else ()
    return _ask(caller, replace(spot, tries=spot.tries + 1), *wrong)


def _chosen(caller: Caller, spot: Spot, option: MenuOption) -> Step:
    match option.does:
        case "message":
            said = _said(option.say, option.audio, caller.language)
            step = _ask(caller, spot, *said)
            return replace(step, heard=f"{spot.menu}/{option.press}")
        case "article":
            return _read_out(caller, spot, option)
        case "language" | "menu" | "repeat":
            language = option.language or caller.language
            here = replace(spot, menu=option.menu or spot.menu)
            return _ask(replace(caller, language=language), here)
        case "voicemail":
            return Step(goes="voicemail", said=(), language=caller.language)
        case "person" | "emergency" as goes:
            return _to_a_person(caller, goes)


def _read_out(caller: Caller, spot: Spot, option: MenuOption) -> Step:
    (article,) = (e for e in caller.town.articles if e.key == option.article)
    words = (article.title, article.body)
    said = tuple(Said(e.in_(caller.language), caller.language) for e in words)
    return replace(_ask(caller, spot, *said), heard=article.key)


def _out(caller: Caller) -> Step:
    return _to_a_person(caller, "person")


def _to_a_person(caller: Caller, goes: Goes) -> Step:
    """Where nobody answers, now or ever, a message is taken instead."""
    if is_staffed(caller.town, caller.line, at=caller.at):
        return Step(goes=goes, said=(), language=caller.language)
    expected = caller.line.service != "messages"
    sorry = (speech.nobody_now(caller.language),) if expected else ()
    return Step(goes="voicemail", said=sorry, language=caller.language)


def _ask(caller: Caller, spot: Spot, *before: Said) -> Step:
    here = _menu(caller, spot.menu)
    if here is None:
        out = _out(caller)
        return replace(out, said=(*before, *out.said))
    return Step(
        goes="ask",
        said=(*before, *_prompt(caller, here)),
        language=caller.language,
        spot=spot,
        wait_seconds=here.wait_seconds,
    )


def _prompt(caller: Caller, here: Menu) -> tuple[Said, ...]:
    said = _said(here.say, here.audio, caller.language)
    if here.audio != Text():
        return said
    return (*said, *(_offered(caller, each) for each in _open(caller, here)))


def _offered(caller: Caller, option: MenuOption) -> Said:
    """A language is offered in itself: who needs it may understand nothing else."""
    language = option.language or caller.language
    return speech.key_for(option.offer.in_(language), option.press, language)


def _open(caller: Caller, here: Menu) -> tuple[MenuOption, ...]:
    """The keys that do something today: an answer that has run out is not offered."""
    zone, at = caller.town.time_zone, caller.at
    told = {e.key for e in caller.town.articles if holds(e, zone, at=at)}
    return tuple(e for e in here.options if e.article is None or e.article in told)


def _menu(caller: Caller, key: str) -> Menu | None:
    state = status(caller.town, at=caller.at).state
    return menu(caller.town, key, state)


def _said(words: Text, audio: Text, language: str) -> tuple[Said, ...]:
    if recording := audio.in_(language):
        return (Said(words.in_(language), language, recording),)
    spoken = words.in_(language)
    return (Said(spoken, language),) if spoken else ()
