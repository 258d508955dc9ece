"""The words of what is claimed: who speaks, with which code, link and mark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from notify import links, rendering
from notify.rendering import Unrenderable, Words, letterhead
from notify.rules.routing import Provider
from notify.service.due import Due
from tenants.town import Town
from townline.db import new_id
from townline.logs import logger

log = logger("notify")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Who claims, and what goes into the words: the same for every town.

    ``holder`` is the worker's life: PostgreSQL knows when it is over.
    """

    secret: str
    public_url: str
    mail_sender: str
    mail_providers: tuple[Provider, ...] = ("sendgrid",)
    holder: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message that may go, and by which of our numbers or addresses."""

    due: Due
    ours: str
    provider: Provider
    watched: bool = False  # whether it goes a way that may be out of order
    answer_to: str = ""  # the mailbox that letters are answered to
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """A draft in its final words; None if its template and context do not fit."""

    draft: Draft
    attempt_id: UUID
    token: str
    words: Words | None


def in_words(drafts: Iterable[Draft], town: Town, desk: Desk) -> list[Worded]:
    return [_worded(draft, town, desk) for draft in drafts]


def _worded(draft: Draft, town: Town, desk: Desk) -> Worded:
    due, id = draft.due, new_id()
    token = links.sign(desk.secret, id, due.fence_id, due.epoch)
    head = letterhead(
        town,
        language=due.language,
        name=due.recipient_name,
        level=due.level,
        public_url=desk.public_url,
    )
    link = links.address(desk.public_url, town.prefix, token)
    head = replace(head, code=draft.code or "", link=link)
    try:
        words = rendering.compose(due.template, due.channel, due.context, head)
    except Unrenderable as misfit:
        log.warning("notify.unrenderable", notification=str(due.id), why=str(misfit))
        return Worded(draft=draft, attempt_id=id, token=token, words=None)
    if due.channel == "sms" and token not in words.body:
        # The carrier's list is searched for it when an answer was lost.
        words = replace(words, body=f"{words.body} #{token[: links.MARK]}")
    return Worded(draft=draft, attempt_id=id, token=token, words=words)
