"""How often each article was told, and what became of it: one query for a town."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Interval, any_, exists, literal, or_, select
from sqlalchemy.orm import aliased

from calls.knowledge.models import ArticleUse
from calls.models import Call
from calls.rules.deflection import FOLLOWED_FOR, Outcome, Told, is_failing, outcome
from tickets import Ticket
from townline.tenancy import TenantSession


@dataclass(frozen=True, slots=True)
class ArticleFigures:
    """``told`` is the whole; the rest say what became of it so far."""

    told: int
    deflected: int
    called_again: int
    not_over_yet: int
    not_followed: int
    made_work: int
    unhelpful: int

    @property
    def is_failing(self) -> bool:
        return is_failing(
            deflected=self.deflected,
            called_again=self.called_again,
            unhelpful=self.unhelpful,
        )


def article_figures(
    db: TenantSession, *, since: datetime, at: datetime
) -> dict[str, ArticleFigures]:
    """By the article's key; an article that was never told is not in it."""
    became = defaultdict[str, Counter[Outcome]](Counter)
    for told in _told(db, since=since):
        became[told.article][outcome(told, at=at)] += 1
    return {key: _figures(counted) for key, counted in became.items()}


def _figures(became: Counter[Outcome]) -> ArticleFigures:
    return ArticleFigures(
        told=became.total(),
        deflected=became["deflected"],
        called_again=became["called_again"],
        not_over_yet=became["not_over_yet"],
        not_followed=became["not_followed"],
        made_work=became["made_work"],
        unhelpful=became["unhelpful"],
    )


def _told(db: TenantSession, *, since: datetime) -> list[Told]:
    statement = (
        select(
            ArticleUse.article,
            ArticleUse.answered,
            Call.disposition,
            Call.arrived_at,
            Call.caller.is_not(None),
            _called_again(),
        )
        .join(
            Call,
            (Call.tenant_id == ArticleUse.tenant_id) & (Call.id == ArticleUse.call_id),
        )
        .where(ArticleUse.tenant_id == db.tenant_id, ArticleUse.at >= since)
    )
    return [Told(*row) for row in db.session.execute(statement)]


def _called_again() -> ColumnElement[bool]:
    """Whether the number called on the topic once more, within the week."""
    later, asked, again = aliased(Call), aliased(Ticket), aliased(ArticleUse)
    ticket = (
        exists()
        .where(
            asked.tenant_id == later.tenant_id,
            asked.call_id == later.id,
            asked.category == any_(ArticleUse.topics),
        )
        .correlate(later, ArticleUse)
    )
    told = (
        exists()
        .where(
            again.tenant_id == later.tenant_id,
            again.call_id == later.id,
            again.article == ArticleUse.article,
        )
        .correlate(later, ArticleUse)
    )
    return (
        exists()
        .where(
            later.tenant_id == Call.tenant_id,
            later.caller == Call.caller,
            later.arrived_at > Call.arrived_at,
            later.arrived_at <= Call.arrived_at + literal(FOLLOWED_FOR, Interval),
            or_(later.topic == any_(ArticleUse.topics), ticket, told),
        )
        .correlate(Call, ArticleUse)
    )
