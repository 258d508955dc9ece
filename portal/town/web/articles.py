"""The town's answers to callers: their list, and one of them as agents will find it."""

from __future__ import annotations

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK

from portal.town import articles, sheets
from portal.town.articles import ARTICLES
from portal.town.forms.flat import Form, Typed, read
from portal.town.hall import Hall
from portal.town.sheets import Sheet
from tenants.drafting import Editing
from tenants.town import Article

LIST = "/rules/articles"
ONE = f"{LIST}/{{article:str}}"


@get(LIST, sync_to_thread=True)
def show_articles(hall: NamedDependency[Hall]) -> Template:
    it = hall.editing()
    listed = articles.listed(it.town, at=hall.at)
    return hall.page("articles.html", it.town, editing=it, articles=listed)


@get("/rules/new-article", sync_to_thread=True)
def show_blank(hall: NamedDependency[Hall]) -> Template:
    it = hall.editing()
    sheet = sheets.blank(ARTICLES, it.town, articles.blank())
    return _page(hall, it, sheet, {})


@get(ONE, sync_to_thread=True)
def show_article(article: FromPath[str], hall: NamedDependency[Hall]) -> Template:
    it = hall.editing()
    return _page(hall, it, sheets.opened(ARTICLES, it.town, article), {})


@post("/rules/article-preview", status_code=HTTP_200_OK, sync_to_thread=True)
def show_found(data: URLEncodedBody[Form], hall: NamedDependency[Hall]) -> Template:
    """The article as agents would read it, and whether what is typed finds it."""
    it, form = hall.editing(), read(data)
    sheet = sheets.sent(ARTICLES, it.town, form, key=form.get("entry", ""))
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
    form, it = read(data), hall.editing()
    sheet = sheets.remove(hall, sheets.opened(ARTICLES, it.town, article), form)
    return hall.to(LIST) if sheet.kept else _page(hall, it, sheet, {})


def _answer(hall: Hall, form: Typed, *, key: str) -> Template | Redirect:
    it = hall.editing()
    sheet = sheets.sent(ARTICLES, it.town, form, key=ARTICLES.known(it.town, key))
    if form.get("act", "keep") == "keep":
        sheet = sheets.keep(hall, sheet)
    if sheet.kept:
        return hall.to(f"{LIST}/{sheet.entry.key}")
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


ROUTES = (
    show_articles,
    show_blank,
    show_article,
    show_found,
    make_article,
    change_article,
    remove_article,
)
