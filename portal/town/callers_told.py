"""What the town lets callers be told, what came of it, and who has read what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import tenants
import tenants.instructions
from calls import knowledge
from calls.knowledge import ArticleFigures
from tenants.instructions import InstructionReceipt
from tenants.rules.answers import holds
from tenants.rules.instructing import digest
from tenants.town import Article, Instruction, Town
from townline import auth, localtime
from townline.auth.rules import DESK
from townline.tenancy import TenantSession

# Long enough for a season's questions, short enough that the text was the same.
COUNTED = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Shown:
    """``figures`` is None while nobody was told it."""

    article: Article
    figures: ArticleFigures | None
    holds: bool


@dataclass(frozen=True, slots=True)
class Held:
    """Until when, who has read these very words, and who of the agents has not."""

    instruction: Instruction
    starts_at: datetime
    ends_at: datetime
    readers: Sequence[InstructionReceipt]
    missing: Sequence[str]


@dataclass(frozen=True, slots=True)
class Answering:
    town: Town
    articles: Sequence[Shown]
    instructions: Sequence[Held]
    days: int

    @property
    def failing(self) -> Sequence[Shown]:
        return [
            each for each in self.articles if each.figures and each.figures.is_failing
        ]


def answering(db: TenantSession, *, at: datetime) -> Answering:
    town = tenants.current(db).town
    told = knowledge.article_figures(db, since=at - COUNTED, at=at)
    articles = [
        Shown(each, told.get(each.key), holds(each, town.time_zone, at=at))
        for each in town.articles
    ]
    return Answering(
        town=town,
        articles=sorted(articles, key=lambda each: -_told(each)),
        instructions=_instructions(db, town, at=at),
        days=COUNTED // timedelta(days=1),
    )


def _told(shown: Shown) -> int:
    return shown.figures.told if shown.figures else 0


def _instructions(db: TenantSession, town: Town, *, at: datetime) -> Sequence[Held]:
    """Those that have not ended; one to come is shown before agents see it."""
    receipts = tenants.instructions.receipts_of(db)
    agents = {
        each.account_id: each.name for each in auth.people(db, roles=sorted(DESK))
    }
    held = [_held(each, town, receipts, agents) for each in town.instructions]
    return [each for each in held if each.ends_at > at]


def _held(
    instruction: Instruction,
    town: Town,
    receipts: Sequence[InstructionReceipt],
    agents: Mapping[UUID, str],
) -> Held:
    words = digest(instruction)
    readers = [each for each in receipts if each.digest == words]
    read = {each.account_id for each in readers}
    return Held(
        instruction=instruction,
        starts_at=localtime.starts(instruction.starts, town.time_zone),
        ends_at=localtime.ends(instruction.ends, town.time_zone),
        readers=readers,
        missing=[name for id, name in agents.items() if id not in read],
    )
