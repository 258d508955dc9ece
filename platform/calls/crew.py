"""A crew's phone rings a town's line: what it is being asked comes before the queue.

The town is the one whose number was called, whoever else has the same phone on a list.
Whoever presses nothing is put through to the desk, as any caller is.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

import notify
from calls.rules import speech
from notify import Asked
from notify.channels import twiml
from townline.tenancy import TenantSession

CREW = "/hooks/twilio/voice/crew"
# One key chooses; what is beyond the ninth is offered when one of them is answered.
KEYS = 9


def offer(db: TenantSession, phone: str) -> str | None:
    """What is asked of this phone, in its language; None if nothing is."""
    asked = notify.asked(db, phone)[:KEYS]
    if not asked:
        return None
    if len(asked) == 1:
        return _about(asked[0], before=speech.open_tickets(1, asked[0].language))
    return _menu(asked)


def again(db: TenantSession, phone: str, *, language: str) -> str:
    """After an answer: what else is asked, or else the desk for whoever wants it."""
    if document := offer(db, phone):
        return document
    return twiml.ask(
        speech.to_the_desk(language),
        language=language,
        action=f"{CREW}?{urlencode({'language': language})}",
        otherwise=speech.goodbye(language),
    )


def about(db: TenantSession, phone: str, code_id: UUID, *, language: str) -> str:
    """One of them in full; what was taken meanwhile is not asked any more."""
    found = [each for each in notify.asked(db, phone) if each.code_id == code_id]
    return _about(found[0]) if found else again(db, phone, language=language)


def chosen(digit: str, offered: Sequence[str]) -> str | None:
    """The ticket that a key stood for when it was offered, whatever is open now."""
    by_key = {str(key): each for key, each in enumerate(offered, start=1)}
    return by_key.get(digit)


def _menu(asked: Sequence[Asked]) -> str:
    language = asked[0].language
    words = [speech.open_tickets(len(asked), language)]
    words += [
        speech.offered(digit, level=each.level, place=each.place, language=language)
        for digit, each in enumerate(asked, start=1)
    ]
    offered = ",".join(str(each.code_id) for each in asked)
    return twiml.ask(
        " ".join([*words, speech.to_the_desk(language)]),
        language=language,
        action=f"{CREW}?{urlencode({'of': offered, 'language': language})}",
        otherwise=speech.one_moment(language),
        then=_desk(language),
    )


def _about(it: Asked, *, before: str = "") -> str:
    language = urlencode({"language": it.language})
    words = [before, it.script, speech.to_the_desk(it.language)]
    return twiml.ask(
        " ".join(filter(None, words)),
        language=it.language,
        action=f"{CREW}/{it.code_id}/key?{language}",
        otherwise=speech.one_moment(it.language),
        then=_desk(it.language),
    )


def _desk(language: str) -> str:
    return f"{CREW}/desk?{urlencode({'language': language})}"
