"""Review sheets: supervisors score drawn calls, agents read theirs and answer."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template
from msgspec import Meta, Struct

import tenants
from calls import measures, reviews
from calls.reviews import Scores
from portal.desk.reviews import draw_of, review_board, sheet_of
from portal.desk.seat import Seat
from portal.submission import go_on
from townline.errors import Forbidden
from townline.proof import Actor
from townline.settings import Settings
from townline.web import page

Score = Annotated[int, Meta(ge=0, le=4)]


class Filled(Struct, frozen=True):
    greeting: Score
    script: Score
    read_back: Score
    tone: Score
    accuracy: Score
    remarks: Annotated[str, Meta(max_length=2000)] = ""


class Said(Struct, frozen=True):
    words: str


class Excluded(Struct, frozen=True):
    why: Literal["test", "mystery", ""] = ""


@get("/reviews", sync_to_thread=True)
def show_reviews(
    seat: NamedDependency[Seat],
    settings: NamedDependency[Settings],
    month: FromQuery[str] = "",
) -> Template:
    found = review_board(seat, month, key=reviews.sub_key(settings.secret))
    return page("desk/reviews.html", board=found, seat=seat)


@get("/reviews/{slug:str}/{call_id:uuid}", sync_to_thread=True)
def show_sheet(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    seat: NamedDependency[Seat],
    settings: NamedDependency[Settings],
) -> Template:
    with seat.town(slug) as db:
        key = reviews.sub_key(settings.secret)
        sheet = sheet_of(db, call_id, seat, key=key)
    if not sheet.may_score and sheet.review is None:
        raise Forbidden
    return page("desk/review.html", sheet=sheet, seat=seat)


@post("/reviews/{slug:str}/{call_id:uuid}", sync_to_thread=True)
def score(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    data: URLEncodedBody[Filled],
    seat: NamedDependency[Seat],
    settings: NamedDependency[Settings],
) -> Redirect:
    scores = Scores(
        greeting=data.greeting,
        script=data.script,
        read_back=data.read_back,
        tone=data.tone,
        accuracy=data.accuracy,
        remarks=data.remarks,
    )
    with seat.town(slug) as db:
        key = reviews.sub_key(settings.secret)
        draw = draw_of(tenants.current(db).town, key=key)
        reviews.score(db, call_id, scores, draw=draw, by=seat.person, at=seat.at)
    return _back()


@post("/reviews/{slug:str}/{call_id:uuid}/answer", sync_to_thread=True)
def answer(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    data: URLEncodedBody[Said],
    seat: NamedDependency[Seat],
) -> Redirect:
    with seat.town(slug) as db:
        reviews.answer(db, call_id, data.words, by=seat.person, at=seat.at)
    return _back()


@post(
    "/reviews/{slug:str}/{call_id:uuid}/exclusion",
    sync_to_thread=True,
)
def exclude(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    data: URLEncodedBody[Excluded],
    seat: NamedDependency[Seat],
) -> Redirect:
    """A test or a mystery call counts nowhere; nothing said lets it count again."""
    by = Actor("agent", seat.person.name)
    with seat.town(slug) as db:
        if db.tenant_id not in seat.person.supervised_towns:
            raise Forbidden
        if data.why:
            measures.exclude(db, call_id, data.why, by=by, at=seat.at)
        else:
            measures.include(db, call_id, by=by, at=seat.at)
    return _back()


def _back() -> Redirect:
    return go_on("/desk/reviews")


ROUTES = (show_reviews, show_sheet, score, answer, exclude)
