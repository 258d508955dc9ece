"""The answers an agent finds while the caller is speaking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import tenants
from calls import Call, knowledge
from tenants.rules.answers import Index, holding, on_top
from tenants.shelf import PerVersion
from tenants.town import Article
from townline.tenancy import TenantSession

# More would have to be scrolled through; another letter finds better.
MOST_FOUND = 6

_INDEXES = PerVersion(Index.of)


@dataclass(frozen=True, slots=True)
class Answer:
    """``answered`` is what the agent noted of it on this call; None: nothing yet."""

    article: Article
    answered: bool | None


@dataclass(frozen=True, slots=True)
class Answers:
    typed: str
    found: tuple[Answer, ...]


def answers(
    db: TenantSession, call: Call, typed: str, *, category: str, at: datetime
) -> Answers:
    """What is typed, in either language; nothing typed shows what is on top."""
    rules = tenants.current(db)
    if typed.strip():
        found = _INDEXES.of(rules).search(typed)
        shown = holding(rules.town, found, at=at)
    else:
        shown = on_top(rules.town, category=category, at=at)
    told = knowledge.used_on(db, call.id)
    return Answers(
        typed, tuple(Answer(each, told.get(each.key)) for each in shown[:MOST_FOUND])
    )
