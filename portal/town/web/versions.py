"""The versions of the rules: looked at, compared, returned to; and files taken in."""

from __future__ import annotations

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, MultipartBody, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK

import tenants
from portal.town.changes import publishing
from portal.town.changes.file import Shown, read_upload, shown, way_back
from portal.town.changes.history import side_by_side, versions_of
from portal.town.hall import Hall
from tenants import drafting
from tenants.drafting.edits import mark
from townline.errors import Conflict, Invalid, Problem

Form = dict[str, str]
UNDER = "/rules/versions"
FILE = "/rules/file"


@dataclass(frozen=True, slots=True)
class Sent:
    """``exported`` is the number of a version, or the word for the draft."""

    exported: str = ""
    file: UploadFile | None = None


@get(UNDER, sync_to_thread=True)
def show_versions(hall: NamedDependency[Hall]) -> Template:
    with hall.town() as db:
        town = tenants.current(db).town
        return hall.page("versions.html", town, versions=versions_of(db))


@get(f"{UNDER}/{{number:int}}", sync_to_thread=True)
def show_version(
    number: FromPath[int],
    hall: NamedDependency[Hall],
    since: FromQuery[int | None] = None,
) -> Template:
    return _version(hall, number, since)


@get(f"{UNDER}/{{number:int}}/town.toml", sync_to_thread=True)
def export_version(number: FromPath[int], hall: NamedDependency[Hall]) -> Response[str]:
    with hall.town() as db:
        document = drafting.version_of(db, number).body
    name = f"{hall.slug}-{number}.toml"
    keep_as = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(document, media_type="application/toml", headers=keep_as)


@post(f"{UNDER}/{{number:int}}/return", sync_to_thread=True)
def roll_back(
    number: FromPath[int],
    data: URLEncodedBody[Form],
    hall: NamedDependency[Hall],
) -> Template | Redirect:
    """It holds again, as a new version."""
    try:
        with hall.town() as db:
            publishing.roll_back(
                db, number, reason=data.get("reason", ""), by=hall.actor, at=hall.at
            )
    except (Conflict, Invalid) as refused:
        return _version(hall, number, None, refused=refused)
    return hall.to(UNDER)


@get(FILE, sync_to_thread=True)
def choose_file(hall: NamedDependency[Hall]) -> Template:
    return _file(hall)


@post(FILE, status_code=HTTP_200_OK, sync_to_thread=True)
def compare_file(data: MultipartBody[Sent], hall: NamedDependency[Hall]) -> Template:
    """What the file would change; nothing is taken over yet."""
    try:
        text = read_upload(b"" if data.file is None else data.file.file.read())
        with hall.town() as db:
            found = shown(db, text, data.exported)
    except (Conflict, Invalid) as refused:
        return _file(hall, refused=refused)
    return _file(hall, found=found)


@post(f"{FILE}/draft", sync_to_thread=True)
def take_over(
    data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Template | Redirect:
    """The file as it was shown becomes the draft."""
    body = data.get("body", "").replace("\r\n", "\n")
    try:
        with hall.town() as db:
            now = drafting.text_of(db)
            if mark(now) != data.get("instead_of"):
                raise drafting.DraftChanged
            drafting.take_over(db, body, instead_of=now, by=hall.actor, at=hall.at)
    except (Conflict, Invalid) as refused:
        return _file(hall, refused=refused)
    return hall.to("/rules/changes")


def _version(
    hall: Hall, number: int, since: int | None, *, refused: Problem | None = None
) -> Template:
    with hall.town() as db:
        return hall.page(
            "version.html",
            tenants.current(db).town,
            status_code=refused.status_code if refused else HTTP_200_OK,
            it=side_by_side(db, number, since),
            way_back=way_back(db, number),
            refused=refused,
        )


def _file(
    hall: Hall, *, found: Shown | None = None, refused: Problem | None = None
) -> Template:
    with hall.town() as db:
        it = drafting.editing(db)
        return hall.page(
            "changes_file.html",
            it.town,
            status_code=refused.status_code if refused else HTTP_200_OK,
            found=found,
            refused=refused,
            versions=versions_of(db),
            has_draft=it.draft is not None,
        )


ROUTES = (
    show_versions,
    show_version,
    export_version,
    roll_back,
    choose_file,
    compare_file,
    take_over,
)
