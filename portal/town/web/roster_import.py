"""``.../rules/rosters/{key}/import``: another calendar's file, shown and taken over."""

from __future__ import annotations

from dataclasses import dataclass

from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath, MultipartBody, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK

from portal.town.hall import Hall
from portal.town.rosters import importing
from portal.town.rosters.changing import refuse_strangers
from portal.town.rosters.forms import Form, Refused
from portal.town.rosters.importing import Line
from portal.town.rosters.pages import roster_page, seen, to_calendar
from tenants.town import Key
from townline.errors import Invalid
from townline.i18n import gettext

Typed = dict[str, str]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file, or the text of one."""

    file: UploadFile | None = None
    text: str = ""

    def read(self) -> bytes:
        body = self.file.file.read() if self.file else b""
        return body or self.text.encode()


@get("/rules/rosters/{key:str}/import", sync_to_thread=True)
def show_form(key: FromPath[str], hall: NamedDependency[Hall]) -> Template:
    return _page(hall, key)


@post("/rules/rosters/{key:str}/import", status_code=HTTP_200_OK, sync_to_thread=True)
def show_events(
    key: FromPath[str], data: MultipartBody[Upload], hall: NamedDependency[Hall]
) -> Template:
    """Nothing has changed: what would is shown, to be looked through."""
    try:
        with hall.town() as db:
            town = seen(hall, db).town
            lines = importing.shown(town, town.roster(key), data.read(), at=hall.at)
    except Invalid as refused:
        faults = {"file": gettext(str(refused))}
        return _page(hall, key, form=Form({"text": data.text}, faults))
    return _page(hall, key, lines=lines, has_file=True)


@post("/rules/rosters/{key:str}/import/acceptance", sync_to_thread=True)
def take_over(
    key: FromPath[str], data: URLEncodedBody[Typed], hall: NamedDependency[Hall]
) -> Template | Redirect:
    lines, form = importing.lines_of(data), Form(data)
    try:
        importing.take_over(hall, key, lines, form)
    except Refused as refused:
        again = importing.with_faults(lines, refused.form)
        return _page(hall, key, lines=again, form=refused.form, has_file=True)
    first = min(each.starts for each in lines if each.is_taken)
    return to_calendar(hall, key, Form({**data, "starts": first}))


def _page(
    hall: Hall,
    key: Key,
    *,
    lines: tuple[Line, ...] = (),
    form: Form | None = None,
    has_file: bool = False,
) -> Template:
    with hall.town() as db:
        here = seen(hall, db)
        roster = here.town.roster(key)
        refuse_strangers(hall, here.town, roster)
        return roster_page(
            hall,
            "roster_import.html",
            here,
            form=form,
            roster=roster,
            lines=lines,
            has_file=has_file,
        )


ROUTES = (show_form, show_events, take_over)
