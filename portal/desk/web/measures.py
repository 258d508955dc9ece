"""The page of figures, for supervisors."""

from __future__ import annotations

from datetime import date

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Template

from portal.desk.measures import Question, View, report_of
from portal.desk.seat import Seat
from townline.web import page


@get("/measures", sync_to_thread=True)
def show_measures(
    seat: NamedDependency[Seat],
    view: FromQuery[View] = "town",
    town: FromQuery[str] = "",
    first: FromQuery[date | None] = None,
    last: FromQuery[date | None] = None,
) -> Template:
    question = Question(view, town, first, last)
    report = report_of(seat.database, seat.person, question, at=seat.at)
    return page("desk/measures.html", report=report, seat=seat)


ROUTES = (show_measures,)
