"""The town's answers to callers: their list, and one of them as agents will find it."""

from __future__ import annotations

from dataclasses import replace

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK, HTTP_303_SEE_OTHER

from portal.town import articles, changes, sheets
from portal.town.hall import Hall
from portal.town.sheets import Sheet
from portal.town.typed import Form, Typed, read
from tenants.drafting import Drop, Editing, editing
from tenants.town import Article

LIST = "/rules/articles"
ONE = f"{LIST}/{{article:str}}"


@get(LIST, sync_to_thread=True)
def show_articles(hall: NamedDependency[Hall]) -> Template:
    it = _editing(hall)
    listed = articles.listed(it.town, at=hall.at)
    return hall.page("articles.html", it.town, editing=it, articles=listed)


@get("/rules/new-article", sync_to_thread=True)
def show_blank(hall: NamedDependency[Hall]) -> Template:
    it = _editing(hall)
    sheet = sheets.untouched(articles.sheet(it.town, articles.blank()))
    return _page(hall, it, sheet, {})


@get(ONE, sync_to_thread=True)
def show_article(article: FromPath[str], hall: NamedDependency[Hall]) -> Template:
    it = _editing(hall)
    return _page(hall, it, articles.sheet_of(it.town, article), {})


@post("/rules/article-preview", status_code=HTTP_200_OK, sync_to_thread=True)
def show_found(data: URLEncodedBody[Form], hall: NamedDependency[Hall]) -> Template:
    """The article as agents would read it, and whether what is typed finds it."""
    it, form = _editing(hall), read(data)
    typed = articles.settled(it.town, form)
    sheet = articles.sheet(it.town, typed, key=form.get("entry", ""))
    found = articles.found(sheet, form, at=hall.at)
    return hall.page("articles_try.html", it.town, sheet=sheet, found=found)


@post(LIST, status_code=HTTP_200_OK, sync_to_thread=True)
def make_article(
    data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Template | Redirect:
    return _answer(hall, read(data), key="")


@post(ONE, status_code=HTTP_200_OK, sync_to_thread=True)
def change_article(
    article: FromPath[str], data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Template | Redirect:
    return _answer(hall, read(data), key=article)


@post(f"{ONE}/removal", status_code=HTTP_200_OK, sync_to_thread=True)
def remove_article(
    article: FromPath[str], data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Template | Redirect:
    form, it = read(data), _editing(hall)
    sheet = articles.sheet_of(it.town, article)
    if form.get("sure") != "yes":
        return _page(hall, it, replace(sheet, unsure=True), {})
    gone = Drop(table="articles", key=article, was=form.get("was", ""))
    changes.edit(hall, gone)
    return _to(hall)


def _editing(hall: Hall) -> Editing:
    with hall.town() as db:
        return editing(db)


def _answer(hall: Hall, form: Typed, *, key: str) -> Template | Redirect:
    it = _editing(hall)
    if key:
        it.town.article(key)
    typed = articles.settled(it.town, form)
    sheet = articles.sheet(it.town, typed, key=key, was=form.get("was", ""))
    if form.get("act", "keep") == "keep":
        sheet = sheets.keep(hall, sheet)
    if sheet.kept:
        return _to(hall, f"/{sheet.entry.key}")
    return _page(hall, it, sheet, form)


def _page(hall: Hall, it: Editing, sheet: Sheet[Article], form: Typed) -> Template:
    return hall.page(
        "articles_edit.html",
        it.town,
        status_code=sheet.status_code,
        editing=it,
        sheet=sheet,
        found=articles.found(sheet, form, at=hall.at),
    )


def _to(hall: Hall, below: str = "") -> Redirect:
    address = f"{hall.address}{LIST}{below}"
    return Redirect(address, status_code=HTTP_303_SEE_OTHER)


ROUTES = (
    show_articles,
    show_blank,
    show_article,
    show_found,
    make_article,
    change_article,
    remove_article,
)
