"""``/town/{slug}/rules/edit``: everything the town's file can say, on plain pages."""

from __future__ import annotations

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_409_CONFLICT,
    HTTP_422_UNPROCESSABLE_ENTITY,
)

from portal.town import changes, destinations, editor
from portal.town.contents import contents
from portal.town.destinations import Destination
from portal.town.editor import Page
from portal.town.entries import later, listed, sooner
from portal.town.faults import by_entry
from portal.town.hall import Hall
from portal.town.sections import Section, section
from tenants.confirming import Verdict
from tenants.drafting import Editing, Move
from tenants.town import Contact
from townline.errors import NotFound

Form = dict[str, str]
EDIT = "/rules/edit"
# No key begins like this: it is the address of an entry that is not there yet.
NEW = "_new"


@get(EDIT, sync_to_thread=True)
def show_contents(hall: NamedDependency[Hall]) -> Template:
    it = hall.editing()
    return hall.page("edit_contents.html", it.town, it=it, groups=contents(hall, it))


@get(f"{EDIT}/{{name:str}}", sync_to_thread=True)
def show_section(name: FromPath[str], hall: NamedDependency[Hall]) -> Template:
    it, where = hall.editing(), section(name)
    if where.shape == "entries":
        return _list(hall, it, where)
    return _page(hall, it, editor.opened(it, where, ""))


@post(f"{EDIT}/{{name:str}}", sync_to_thread=True)
def save_section(
    name: FromPath[str], data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Template | Redirect:
    """A section without entries, or a new entry of one that has some."""
    return _keep(hall, section(name), "", data)


@get(f"{EDIT}/{{name:str}}/{{key:str}}", sync_to_thread=True)
def show_entry(
    name: FromPath[str], key: FromPath[str], hall: NamedDependency[Hall]
) -> Template:
    it, where = hall.editing(), _of_entries(name)
    return _page(hall, it, editor.opened(it, where, "" if key == NEW else key))


@post(f"{EDIT}/{{name:str}}/{{key:str}}", sync_to_thread=True)
def save_entry(
    name: FromPath[str],
    key: FromPath[str],
    data: URLEncodedBody[Form],
    hall: NamedDependency[Hall],
) -> Template | Redirect:
    return _keep(hall, _of_entries(name), key, data)


@post(f"{EDIT}/{{name:str}}/{{key:str}}/place", sync_to_thread=True)
def move_entry(
    name: FromPath[str],
    key: FromPath[str],
    data: URLEncodedBody[Form],
    hall: NamedDependency[Hall],
) -> Redirect:
    """Before another entry, or to the end."""
    where = _of_entries(name)
    move = Move(table=where.field, key=key, before=data.get("before", ""))
    changes.edit(hall, move)
    return hall.to(f"{EDIT}/{name}#{key}")


@post(f"{EDIT}/{{name:str}}/{{key:str}}/removal", sync_to_thread=True)
def remove_part(
    name: FromPath[str],
    key: FromPath[str],
    data: URLEncodedBody[Form],
    hall: NamedDependency[Hall],
) -> Redirect:
    """An entry; or a table that a town may do without, under the key ``_it``."""
    where = section(name)
    changes.edit(hall, editor.removal(where, key, data.get("was", "")))
    return _to_list(hall, where)


def _keep(hall: Hall, where: Section, key: str, sent: Form) -> Template | Redirect:
    it = hall.editing()
    if "do" in sent:
        return _page(hall, it, editor.changed(it, where, key, sent))
    page = editor.kept(hall, it, where, key, sent)
    if not page.is_kept:
        return _page(hall, it, page)
    if isinstance(page.part, Contact) and page.part.unverified:
        return hall.to(f"{EDIT}/{where.key}/{page.key}#destinations")
    return _to_list(hall, where)


def show_contact(hall: Hall, key: str, *, verdict: Verdict, where: str) -> Template:
    """The contact's page again, with what came of a code."""
    it = hall.editing()
    page = editor.opened(it, section("contacts"), key)
    return _page(hall, it, page, verdict=verdict, heard=where)


def _page(
    hall: Hall, it: Editing, page: Page, *, verdict: Verdict = "right", heard: str = ""
) -> Template:
    status = HTTP_422_UNPROCESSABLE_ENTITY if page.faults else HTTP_409_CONFLICT
    if verdict != "right":
        status = HTTP_422_UNPROCESSABLE_ENTITY
    refused = page.refused or verdict != "right"
    return hall.page(
        "edit_part.html",
        it.town,
        status_code=status if refused else HTTP_200_OK,
        it=it,
        page=page,
        where=page.section,
        destinations=_destinations(hall, page),
        verdict=verdict,
        heard=heard,
    )


def _destinations(hall: Hall, page: Page) -> list[Destination]:
    if not isinstance(page.part, Contact):
        return []
    with hall.town() as db:
        return destinations.shown(db, page.part, at=hall.at)


def _list(hall: Hall, it: Editing, where: Section) -> Template:
    entries = listed(where, it.town)
    return hall.page(
        "edit_entries.html",
        it.town,
        it=it,
        where=where,
        entries=entries,
        faults=by_entry(it, where),
        sooner=sooner,
        later=later,
    )


def _to_list(hall: Hall, where: Section) -> Redirect:
    """Of its entries; a section without any stands in the list of all sections."""
    sign = "/" if where.shape == "entries" else "#"
    return hall.to(f"{EDIT}{sign}{where.key}")


def _of_entries(name: str) -> Section:
    where = section(name)
    if where.shape != "entries":
        raise NotFound
    return where


ROUTES = (
    show_contents,
    show_section,
    save_section,
    show_entry,
    save_entry,
    move_entry,
    remove_part,
)
