"""The words of what is claimed: who speaks, with which code, link and mark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from msgspec import Struct

from notify import links, rendering
from notify.rendering import Unrenderable, Words, letterhead
from notify.rules.routing import Provider
from notify.rules.throttles import USUAL, Rates
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
    # What the carriers grant, and how many towns share it in this pass.
    rates: Rates = USUAL
    towns: int = 1


class Draft(Struct, frozen=True, kw_only=True):
    """A message that may go, and by which of our numbers or addresses.

    Those of one ``party`` go in one message: the first of them then carries the others.
    """

    due: Due
    ours: str
    provider: Provider
    watched: bool = False  # whether it goes a way that may be out of order
    answer_to: str = ""  # the mailbox that letters are answered to
    code: str | None = None
    party: UUID | None = None
    carried: tuple[Draft, ...] = ()


class Worded(Struct, frozen=True, kw_only=True):
    """A draft in its final words; None if its template and context do not fit.

    ``tokens`` are those of the carried, in their order: each opens its own page.
    """

    draft: Draft
    attempt_id: UUID
    token: str
    words: Words | None
    tokens: tuple[str, ...] = ()


def in_words(drafts: Iterable[Draft], town: Town, desk: Desk) -> list[Worded]:
    return [_worded(draft, town, desk) for draft in drafts]


def _worded(draft: Draft, town: Town, desk: Desk) -> Worded:
    due, id = draft.due, new_id()
    token, *tokens = (
        links.sign(desk.secret, id, each.due.fence_id, each.due.epoch)
        for each in (draft, *draft.carried)
    )
    addresses = [
        links.address(desk.public_url, town.prefix, each) for each in (token, *tokens)
    ]
    head = letterhead(
        town,
        language=due.language,
        name=due.recipient_name,
        level=due.level,
        public_url=desk.public_url,
        code=draft.code or "",
        link=addresses[0],
    )
    template, context = due.template, due.context
    if draft.carried and len(tickets := _list(draft, addresses)) > 1:
        template, context = "merged", {"tickets": tickets}
    try:
        words = rendering.compose(template, due.channel, context, head)
    except Unrenderable as misfit:
        log.warning("notify.unrenderable", notification=str(due.id), why=str(misfit))
        return Worded(draft=draft, attempt_id=id, token=token, words=None)
    if due.channel == "sms" and token not in words.body:
        # The carrier's list is searched for it when an answer was lost.
        words = replace(words, body=f"{words.body} #{token[: links.MARK]}")
    return Worded(
        draft=draft, attempt_id=id, token=token, words=words, tokens=tuple(tokens)
    )


def _list(draft: Draft, addresses: Sequence[str]) -> list[Mapping[str, Any]]:
    """Every ticket once, however many promises there are about it."""
    tickets: dict[UUID | None, Mapping[str, Any]] = {}
    for each, link in zip((draft, *draft.carried), addresses, strict=True):
        line = {**each.due.context, "code": each.code or "", "link": link}
        tickets.setdefault(each.due.fence_id, line)
    return list(tickets.values())
