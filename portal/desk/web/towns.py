"""``/desk/towns``: an administrator brings a town on, and sees that it works."""

from __future__ import annotations

from typing import cast, get_args
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_422_UNPROCESSABLE_ENTITY,
)

from portal import drills
from portal.desk import starting
from portal.desk.seat import Seat
from portal.desk.starting import Start, Step, answers
from portal.drills import Tried
from portal.submission import go_on
from tenants import files
from tenants import starting as beginnings
from tenants.starting import choices
from tenants.town import WEEKDAYS
from townline.errors import Invalid, Problem
from townline.i18n import gettext
from townline.proof import Actor
from townline.web import page

Form = dict[str, str]
# What is sent along, and is no answer.
BUTTONS = ("step", "back", "open", "_csrf_token")


@get("/towns/new", sync_to_thread=True)
def begin_town(seat: NamedDependency[Seat]) -> Template:
    return _page(seat, starting.begun())


@post("/towns/new", status_code=HTTP_200_OK, sync_to_thread=True)
def take_step(
    data: URLEncodedBody[Form], seat: NamedDependency[Seat]
) -> Template | Redirect:
    """A step on, or back; with the button of the last one, the town is opened."""
    typed = {name: value for name, value in data.items() if name not in BUTTONS}
    step = _step(data.get("step", "")) or "town"
    with seat.database.everybody() as session:
        start = starting.after(session, step, typed, to=_step(data.get("back", "")))
    if "open" in data and start.step == "check" and not start.faults:
        return _open(seat, start)
    return _page(seat, start)


@get("/towns/{slug:str}/start", sync_to_thread=True)
def show_opened(
    slug: FromPath[str],
    seat: NamedDependency[Seat],
    drill: FromQuery[UUID | None] = None,
) -> Template:
    return _opened(seat, slug, Tried(), drill_id=drill)


@post("/towns/{slug:str}/start/drill", sync_to_thread=True)
def try_telephone(
    slug: FromPath[str], data: URLEncodedBody[Form], seat: NamedDependency[Seat]
) -> Template | Redirect:
    tried = Tried.read(data)
    try:
        with seat.town(slug) as db:
            starting.administers(seat, db)
            by = Actor("agent", seat.person.name)
            drill_id = drills.begin(db, tried, person=seat.person, by=by, at=seat.at)
    except (Invalid, drills.TooManyDrills) as refused:
        return _opened(seat, slug, tried, refused=refused)
    return go_on(f"/desk/towns/{slug}/start?drill={drill_id}#drill")


def _open(seat: Seat, start: Start) -> Template | Redirect:
    try:
        slug = starting.open_town(seat, start.typed)
    except Problem as refused:
        return _page(seat, start, refused=gettext(str(refused)))
    return go_on(f"/desk/towns/{slug}/start")


def _page(seat: Seat, start: Start, *, refused: str = "") -> Template:
    wrong = bool(start.faults or refused)
    town = None
    if start.step == "check":
        town = beginnings.made(answers.beginning(start.typed), at=seat.at)
        # What no step has asked for is found by the reader of files itself.
        files.read(files.write(town), source=town.slug)
    return page(
        "desk/new_town.html",
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if wrong else HTTP_200_OK,
        seat=seat,
        it=start,
        refused=refused,
        steps=starting.STEPS,
        evening=starting.evening_of(town, at=seat.at) if town else None,
        groups=beginnings.offered(answers.languages(start.typed)),
        zones=choices.ZONES,
        regions=choices.REGIONS,
        days=WEEKDAYS,
        people=range(1, answers.PEOPLE + 1),
    )


def _opened(
    seat: Seat,
    slug: str,
    tried: Tried,
    *,
    drill_id: UUID | None = None,
    refused: Problem | None = None,
) -> Template:
    return page(
        "desk/town_on.html",
        status_code=refused.status_code if refused else HTTP_200_OK,
        seat=seat,
        it=starting.opened(seat, slug, drill_id=drill_id),
        tried=tried,
        refused=gettext(str(refused)) if refused else "",
    )


def _step(written: str) -> Step | None:
    return cast("Step", written) if written in get_args(Step) else None


ROUTES = (begin_town, take_step, show_opened, try_telephone)
