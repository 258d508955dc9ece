"""What is known already near a place: first the index narrows, then the score ranks.

Words are compared last, on the few tickets that place and kind have left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Row, Select, cast, column, func, or_, select, true
from sqlalchemy.dialects.postgresql import ARRAY

import tenants
from tenants.town import Town
from tickets.duplicates.learnt import model_of
from tickets.duplicates.rules.evidence import Asked, Known, apart, is_same_place
from tickets.duplicates.rules.grid import cells_around
from tickets.duplicates.rules.kinds import Kinds
from tickets.duplicates.rules.learning import Model
from tickets.duplicates.rules.memory import RADIUS, WINDOW
from tickets.duplicates.rules.places import in_common, plain, words_of
from tickets.models import Reporter, Ticket
from townline.tenancy import TenantSession

# "It is fixed since this morning" answers a call; a month later it is another problem.
JUST_CLOSED = timedelta(days=3)
# The newest of each cell; a storm fills one with more than anybody can read.
MOST_OF_A_CELL = 40
# Without a point nothing narrows but time: the newest open ones of the town.
MOST_OF_A_TOWN = 400
# Callers are counted for these only; more callers never make a ticket rank lower.
FINALISTS = 12
# What an agent reads while the caller speaks.
LISTED = 3
# Half of the shorter one's words is more than chance in a town's short sentences.
HALF = 0.5

COLUMNS: tuple[Any, ...] = (
    Ticket.id,
    Ticket.category,
    Ticket.department,
    Ticket.latitude,
    Ticket.longitude,
    Ticket.opened_at,
    Ticket.closed_at,
    Ticket.place,
    Ticket.words,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What the agent has typed so far: any of it may be missing."""

    category: str = ""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    words: str = ""

    @property
    def says_where(self) -> bool:
        return bool(self.place.strip()) or self.latitude is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A ticket the caller may mean; ``metres`` is None where there is no point.

    ``place`` is as it was written; ``shares_words``: both callers used the same ones.
    """

    id: UUID
    tracking: str
    category: str
    place: str
    level: int
    opened_at: datetime
    closed_at: datetime | None
    score: float
    metres: float | None
    callers: int
    same_place: bool
    same_category: bool
    shares_words: bool

    def is_open(self, *, at: datetime) -> bool:
        return self.closed_at is None or self.closed_at > at


def search(db: TenantSession, typed: Typed, *, at: datetime) -> tuple[Candidate, ...]:
    """The likeliest first; nothing while neither the place nor the kind is known."""
    town = tenants.current(db).town
    category = typed.category if typed.category in _offered(town) else ""
    if not typed.says_where and not category:
        return ()
    model = model_of(db)
    asked = _asked(town, typed, category)
    known = near(db, asked, _alike(town, asked, model.kinds), at=at)
    best = ranked(model, asked, known, at=at)[:FINALISTS]
    counted = _with_callers(db, best)
    likely = [
        (model.score(asked, each, at=at), each)
        for each in ranked(model, asked, counted, at=at)
    ]
    shown = [(score, each) for score, each in likely if score >= model.threshold]
    return _candidates(db, asked, shown[:LISTED])


def ranked(
    model: Model, asked: Asked, known: Iterable[Known], *, at: datetime
) -> list[Known]:
    """Equal scores keep one order whoever asks: the newer, then the id."""
    scored = [(model.score(asked, each, at=at), each) for each in known]
    scored.sort(key=lambda one: (one[0], one[1].opened_at, one[1].id), reverse=True)
    return [each for _, each in scored]


def near(
    db: TenantSession, asked: Asked, categories: Sequence[str], *, at: datetime
) -> list[Known]:
    """Everything of these categories (all, when there are none) that may be meant."""
    if asked.latitude is None or asked.longitude is None:
        found = db.session.execute(_newest_open(db, categories, at))
    else:
        around = cells_around(asked.latitude, asked.longitude, metres=RADIUS)
        found = db.session.execute(_in_cells(db, around, categories, at))
    known = (_known(row) for row in found)
    return [each for each in known if (apart(asked, each) or 0.0) <= RADIUS]


def _in_cells(
    db: TenantSession, cells: Sequence[int], categories: Sequence[str], at: datetime
) -> Select[Any]:
    numbers = func.unnest(cast(cells, ARRAY(BigInteger)))
    around = numbers.table_valued(column("cell", BigInteger), name="around")
    around = around.render_derived()
    newest = _recent(db, categories, at).where(Ticket.cell == around.c.cell)
    newest = newest.order_by(Ticket.opened_at.desc()).limit(MOST_OF_A_CELL)
    each = newest.lateral("near")
    return select(*each.c).select_from(around).join(each, true())


def _newest_open(
    db: TenantSession, categories: Sequence[str], at: datetime
) -> Select[Any]:
    newest = _recent(db, (), at).where(Ticket.closed_at.is_(None))
    newest = newest.order_by(Ticket.opened_at.desc()).limit(MOST_OF_A_TOWN)
    open_ones = newest.subquery("open_ones")
    wanted = select(*open_ones.c)
    return wanted.where(open_ones.c.category.in_(categories)) if categories else wanted


def _recent(db: TenantSession, categories: Sequence[str], at: datetime) -> Select[Any]:
    columns: Any = select(*COLUMNS)
    recent: Select[Any] = columns.where(
        Ticket.tenant_id == db.tenant_id,
        Ticket.opened_at > at - WINDOW,
        Ticket.opened_at <= at,
        or_(Ticket.closed_at.is_(None), Ticket.closed_at > at - JUST_CLOSED),
    )
    return recent.where(Ticket.category.in_(categories)) if categories else recent


def _known(row: Row[Any]) -> Known:
    return Known(
        id=row.id,
        category=row.category,
        group=row.department,
        latitude=row.latitude,
        longitude=row.longitude,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        place=plain(row.place),
        words=words_of(row.words),
    )


def _with_callers(db: TenantSession, known: Sequence[Known]) -> list[Known]:
    """When each further caller was added; the first one asked for it."""
    statement = (
        select(Reporter.ticket_id, func.array_agg(Reporter.joined_at))
        .where(
            Reporter.tenant_id == db.tenant_id,
            Reporter.ticket_id.in_([each.id for each in known]),
        )
        .group_by(Reporter.ticket_id)
    )
    joined = {
        ticket: sorted(times)[1:] for ticket, times in db.session.execute(statement)
    }
    return [replace(each, joined=tuple(joined.get(each.id, ()))) for each in known]


def _candidates(
    db: TenantSession, asked: Asked, shown: Sequence[tuple[float, Known]]
) -> tuple[Candidate, ...]:
    """With what a person reads of each."""
    written = select(Ticket.id, Ticket.tracking, Ticket.place, Ticket.level).where(
        Ticket.tenant_id == db.tenant_id,
        Ticket.id.in_([each.id for _, each in shown]),
    )
    rows = {row.id: row for row in db.session.execute(written)} if shown else {}
    return tuple(
        Candidate(
            id=each.id,
            tracking=rows[each.id].tracking,
            category=each.category,
            place=rows[each.id].place,
            level=rows[each.id].level,
            opened_at=each.opened_at,
            closed_at=each.closed_at,
            score=score,
            metres=apart(asked, each),
            callers=1 + len(each.joined),
            same_place=is_same_place(asked, each),
            same_category=each.category == asked.category,
            shares_words=in_common(asked.words, each.words) >= HALF,
        )
        for score, each in shown
    )


def _offered(town: Town) -> dict[str, str]:
    """Category to department: what belongs to one department is of one group."""
    return {each.key: each.department for each in town.categories}


def _asked(town: Town, typed: Typed, category: str) -> Asked:
    return Asked(
        latitude=typed.latitude,
        longitude=typed.longitude,
        category=category,
        group=_offered(town).get(category, ""),
        place=plain(typed.place),
        words=words_of(typed.words),
    )


def _alike(town: Town, asked: Asked, kinds: Kinds) -> tuple[str, ...]:
    """Categories of the same department, and those it was ever taken for."""
    if not asked.category:
        return ()
    group = (key for key, group in _offered(town).items() if group == asked.group)
    return tuple({*group, *kinds.relatives(asked.category)})
