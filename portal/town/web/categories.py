"""The town's categories: their list, and one of them with its questions beside it."""

from __future__ import annotations

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK

from portal.town import categories, category_trial, changes, sheets
from portal.town.categories import CATEGORIES
from portal.town.forms.flat import Form, Typed, acted, read
from portal.town.hall import Hall
from portal.town.sheets import Sheet
from tenants.drafting import Editing, Move
from tenants.town import Category
from townline.i18n import language

LIST = "/rules/categories"
ONE = f"{LIST}/{{category:str}}"


@get(LIST, sync_to_thread=True)
def show_categories(hall: NamedDependency[Hall]) -> Template:
    it = hall.editing()
    listed = categories.listed(it.town)
    return hall.page("categories.html", it.town, editing=it, categories=listed)


@get("/rules/new-category", sync_to_thread=True)
def show_blank(hall: NamedDependency[Hall], like: FromQuery[str] = "") -> Template:
    it = hall.editing()
    form = categories.blank(it.town)
    if like:
        form = categories.copied(it.town.category(like))
    sheet = sheets.blank(CATEGORIES, it.town, form)
    return _page(hall, it, sheet, form)


@get(ONE, sync_to_thread=True)
def show_category(category: FromPath[str], hall: NamedDependency[Hall]) -> Template:
    it = hall.editing()
    sheet = sheets.opened(CATEGORIES, it.town, category)
    return _page(hall, it, sheet, sheet.typed)


@post("/rules/category-preview", status_code=HTTP_200_OK, sync_to_thread=True)
def show_trial(data: URLEncodedBody[Form], hall: NamedDependency[Hall]) -> Template:
    """The agent's page of what stands in the form now."""
    it, form = hall.editing(), read(data)
    sheet = sheets.sent(CATEGORIES, it.town, form, key=form.get("entry", ""))
    trial = category_trial.trial(sheet, form, version=it.version, at=hall.at)
    return hall.page("categories_try.html", it.town, sheet=sheet, trial=trial)


@post(LIST, status_code=HTTP_200_OK, sync_to_thread=True)
def make_category(
    data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Template | Redirect:
    return _answer(hall, read(data), key="")


@post(ONE, status_code=HTTP_200_OK, sync_to_thread=True)
def change_category(
    category: FromPath[str], data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Template | Redirect:
    return _answer(hall, read(data), key=category)


@post(f"{ONE}/place", status_code=HTTP_200_OK, sync_to_thread=True)
def move_category(
    category: FromPath[str], data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Redirect:
    """Before another, after another, or to the end."""
    form, town = read(data), hall.editing().town
    before = form.get("before", "")
    if "after" in form:
        before = categories.next_after(town, form["after"])
    moved = town.category(category).key
    if before != moved:
        changes.edit(hall, Move(table="categories", key=moved, before=before))
    return hall.to(f"{LIST}#{moved}")


@post(f"{ONE}/removal", status_code=HTTP_200_OK, sync_to_thread=True)
def remove_category(
    category: FromPath[str], data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Template | Redirect:
    form, it = read(data), hall.editing()
    sheet = sheets.remove(hall, sheets.opened(CATEGORIES, it.town, category), form)
    return hall.to(LIST) if sheet.kept else _page(hall, it, sheet, sheet.typed)


def _answer(hall: Hall, form: Typed, *, key: str) -> Template | Redirect:
    """Kept, or the page again: changed as a button asked, or with what is wrong."""
    it, act = hall.editing(), form.get("act", "keep")
    form, key = acted(form, act), CATEGORIES.known(it.town, key)
    sheet = sheets.sent(CATEGORIES, it.town, form, key=key)
    if act == "keep":
        sheet = sheets.keep(hall, sheet)
    if sheet.kept:
        return hall.to(f"{LIST}/{sheet.entry.key}")
    # Whoever adds a question is not told yet that it has no words.
    shown = sheet if act in {"keep", "look"} else sheets.untouched(sheet)
    return _page(hall, it, shown, form)


def _page(hall: Hall, it: Editing, sheet: Sheet[Category], form: Typed) -> Template:
    departments = [(e.key, e.name.in_(language())) for e in it.town.departments]
    return hall.page(
        "categories_edit.html",
        it.town,
        status_code=sheet.status_code,
        editing=it,
        sheet=sheet,
        trial=category_trial.trial(sheet, form, version=it.version, at=hall.at),
        earlier=categories.earlier,
        departments=departments,
    )


ROUTES = (
    show_categories,
    show_blank,
    show_category,
    show_trial,
    make_category,
    change_category,
    move_category,
    remove_category,
)
