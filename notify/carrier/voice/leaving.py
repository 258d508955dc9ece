"""Verbs that end a document: <Redirect>, <Hangup>, <Reject>."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from notify.carrier import clock
from notify.carrier.twiml import Source, Verb
from notify.carrier.voice.calls import Call

if TYPE_CHECKING:
    from notify.carrier.voice.script import Script


class HungUp(Exception):
    """The line hangs up."""


async def redirect(_: Script, __: Call, verb: Verb, base: str) -> Source:
    return Source(
        url=urljoin(base, verb.text or base), method=verb.get("method", "POST").upper()
    )


async def hang_up(_: Script, __: Call, ___: Verb, ____: str) -> None:
    raise HungUp


async def reject(_: Script, call: Call, verb: Verb, __: str) -> None:
    busy = verb.get("reason", "rejected") == "busy"
    call.become("busy" if busy else "no-answer", at=clock.now())
    raise HungUp
