"""Calls the desk owes to residents: what to say, and what came of it."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from msgspec import Struct

import surveys
from portal.desk import looking
from portal.desk.following import followed
from portal.desk.seat import Seat
from portal.submission import go_on
from surveys import Task
from townline.proof import Actor
from townline.web import page

# As the trade names what comes of a call: somebody spoke, or did not.
CameOfIt = Literal["reached", "voicemail_left", "no_answer", "busy", "invalid_number"]


class Outcome(Struct, frozen=True):
    result: CameOfIt


@get("/tasks/{slug:str}/{task_id:uuid}", sync_to_thread=True)
def show_task(
    slug: FromPath[str], task_id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Template:
    with seat.town(slug) as db:
        task = db.get(Task, task_id)
        looking.at_task(db, seat, task_id)
        about = followed(db, task.ticket_id, at=seat.at)
    return page("desk/task.html", task=task, followed=about, seat=seat)


@post("/tasks/{slug:str}/{task_id:uuid}/result", sync_to_thread=True)
def finish_task(
    slug: FromPath[str],
    task_id: FromPath[UUID],
    data: URLEncodedBody[Outcome],
    seat: NamedDependency[Seat],
) -> Redirect:
    with seat.town(slug) as db:
        agent = Actor("agent", seat.person.name)
        surveys.finish_task(db, task_id, data.result, by=agent, at=seat.at)
    return go_on("/desk")


ROUTES = (show_task, finish_task)
