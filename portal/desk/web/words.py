"""What the agent types to find: categories, answers, and instructions to read."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Template
from litestar.status_codes import HTTP_200_OK

import calls
from calls import knowledge
from portal.desk import instructions, news
from portal.desk.choosing import choice_of
from portal.desk.draft import Draft
from portal.desk.knowledge import answers
from portal.desk.seat import Seat
from portal.desk.sheet import fresh, sheet_of
from townline.errors import Invalid
from townline.i18n import gettext
from townline.proof import Actor
from townline.tenancy import TenantSession
from townline.web import page


@get("/calls/{slug:str}/{call_id:uuid}/categories", sync_to_thread=True)
def show_categories(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    seat: NamedDependency[Seat],
    words: FromQuery[str] = "",
    category: FromQuery[str] = "",
) -> Template:
    with seat.town(slug) as db:
        call = calls.get(db, call_id)
        begun = fresh(db, call)
        draft = Draft(words=words, category=category, language=begun.language)
        sheet = sheet_of(db, call, draft, at=seat.at)
        choice = choice_of(db, sheet)
        return page("desk/categories.html", sheet=sheet, choice=choice)


@get("/calls/{slug:str}/{call_id:uuid}/articles", sync_to_thread=True)
def show_articles(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    seat: NamedDependency[Seat],
    typed: FromQuery[str] = "",
    category: FromQuery[str] = "",
) -> Template:
    with seat.town(slug) as db:
        call = calls.get(db, call_id)
        found = answers(db, call, typed, category=category, at=seat.at)
        here = f"/desk/calls/{slug}/{call_id}"
        return page("desk/answers.html", answers=found, here=here)


@post(
    "/calls/{slug:str}/{call_id:uuid}/articles/{key:str}/use",
    status_code=HTTP_200_OK,
    sync_to_thread=True,
)
def note_article(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    key: FromPath[str],
    data: URLEncodedBody[dict[str, str]],
    seat: NamedDependency[Seat],
) -> Template:
    """What came of it; said again, the last one holds."""
    answered = _sent(data, "answered") == "yes"
    with seat.town(slug) as db:
        by = Actor("agent", seat.person.name)
        knowledge.note_article(db, call_id, key, answered=answered, by=by, at=seat.at)
    here = f"/desk/calls/{slug}/{call_id}"
    return page("desk/answer_use.html", key=key, answered=answered, here=here)


@get("/calls/{slug:str}/{call_id:uuid}/instructions", sync_to_thread=True)
def show_instructions(
    slug: FromPath[str], call_id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Template:
    with seat.town(slug) as db:
        calls.get(db, call_id)
        return _in_town(db, seat, here=f"/desk/calls/{slug}/{call_id}")


@post(
    "/calls/{slug:str}/{call_id:uuid}/instructions/{key:str}/receipt",
    status_code=HTTP_200_OK,
    sync_to_thread=True,
)
def read_on_a_call(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    key: FromPath[str],
    data: URLEncodedBody[dict[str, str]],
    seat: NamedDependency[Seat],
) -> Template:
    with seat.town(slug) as db:
        calls.get(db, call_id)
        instructions.mark_read(db, seat, key, digest=_sent(data, "digest"))
        return _in_town(db, seat, here=f"/desk/calls/{slug}/{call_id}")


@get("/instructions", sync_to_thread=True)
def show_unread(seat: NamedDependency[Seat]) -> Template:
    return _unread(seat)


@post(
    "/instructions/{slug:str}/{key:str}/receipt",
    status_code=HTTP_200_OK,
    sync_to_thread=True,
)
def read_on_the_queue(
    slug: FromPath[str],
    key: FromPath[str],
    data: URLEncodedBody[dict[str, str]],
    seat: NamedDependency[Seat],
) -> Template:
    with seat.town(slug) as db:
        instructions.mark_read(db, seat, key, digest=_sent(data, "digest"))
    return _unread(seat)


def _unread(seat: Seat) -> Template:
    return page(
        "desk/unread.html",
        unread=instructions.unread_of(seat),
        news=news.waiting_of(seat),
        seat=seat,
    )


def _in_town(db: TenantSession, seat: Seat, *, here: str) -> Template:
    held = instructions.in_town(db, seat)
    return page("desk/instructions.html", instructions=held, here=here)


def _sent(form: Mapping[str, str], name: str) -> str:
    if name not in form:
        raise Invalid(gettext("This page is out of date; load it again."))
    return form[name]


ROUTES = (
    show_categories,
    show_articles,
    note_article,
    show_instructions,
    read_on_a_call,
    show_unread,
    read_on_the_queue,
)
