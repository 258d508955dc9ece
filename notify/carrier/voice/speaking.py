"""Verbs that are heard: <Say>, <Play>, <Pause>."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notify.carrier.twiml import Verb
from notify.carrier.voice.calls import Call

if TYPE_CHECKING:
    from notify.carrier.voice.script import Script


async def say(script: Script, call: Call, verb: Verb, _: str) -> None:
    await _sound(script, call, verb.text, language=verb.get("language"))


async def play(script: Script, call: Call, verb: Verb, _: str) -> None:
    digits = verb.get("digits")
    await _sound(script, call, f"[keys {digits}]" if digits else f"[plays {verb.text}]")


async def pause(script: Script, _: Call, verb: Verb, __: str) -> None:
    await script.plant.courier.pause(verb.number("length", 1))


async def _sound(script: Script, call: Call, text: str, *, language: str = "") -> None:
    call.note("line", text, language)
    script.plant.changed(call.phone)
    await script.plant.courier.pause(script.plant.config.speech_seconds)
