"""``/town/{slug}/rules/policies``: ladders read aloud, and edited in place."""

from __future__ import annotations

from typing import Any

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_409_CONFLICT,
    HTTP_422_UNPROCESSABLE_ENTITY,
)

from portal.town import findings
from portal.town.hall import Hall
from portal.town.policies import editing
from portal.town.policies.pages import Desk, Filled, found_in, ladders, one, trial_of
from portal.town.policies.showing import find
from portal.town.policies.typed import sent
from tenants.drafting import EditedMeanwhile
from townline.errors import Invalid

Form = dict[str, str]
AnyRequest = Request[Any, Any, Any]
HERE = "/rules/policies"


@get(HERE, sync_to_thread=True)
def show_policies(request: AnyRequest, hall: NamedDependency[Hall]) -> Template:
    return _index(hall, dict(request.query_params))


@post(HERE, sync_to_thread=True)
def add_policy(
    data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Template | Redirect:
    town = hall.editing().town
    try:
        key = editing.add(hall, town, data)
    except Invalid as fault:
        return _index(hall, {}, typed=data, fault=fault)
    return hall.to(f"{HERE}/{key}")


@get(f"{HERE}/{{policy:str}}", sync_to_thread=True)
def show_policy(
    policy: FromPath[str], request: AnyRequest, hall: NamedDependency[Hall]
) -> Template:
    return _page(hall, policy, asked=dict(request.query_params))


@post(f"{HERE}/{{policy:str}}", sync_to_thread=True)
def edit_policy(
    policy: FromPath[str],
    data: URLEncodedBody[Form],
    request: AnyRequest,
    hall: NamedDependency[Hall],
) -> Template | Redirect:
    town = hall.editing().town
    typed = sent(data)
    # A script shows what it is answered only if the answer is no refusal.
    by_script = "hx-request" in request.headers
    try:
        ladder = find(town, policy)
        typed = editing.wished(town, ladder, typed, data.get("do", ""))
        read = editing.keep(hall, town, policy, typed, was=data.get("was", ""))
    except EditedMeanwhile as conflict:
        filled = Filled(typed=typed, notice=str(conflict))
        status = HTTP_200_OK if by_script else HTTP_409_CONFLICT
    else:
        if not read.faults:
            return hall.to(f"{HERE}/{policy}#ladder")
        filled = Filled(typed=typed, faults=read.faults)
        status = HTTP_200_OK if by_script else HTTP_422_UNPROCESSABLE_ENTITY
    return _page(hall, policy, filled=filled, status_code=status)


@post(f"{HERE}/{{policy:str}}/place", sync_to_thread=True)
def move_policy(
    policy: FromPath[str], data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Redirect:
    town = hall.editing().town
    editing.move(hall, town, policy, up=data.get("to") == "up")
    return hall.to(f"{HERE}#{policy}")


@post(f"{HERE}/{{policy:str}}/removal", sync_to_thread=True)
def remove_policy(
    policy: FromPath[str], data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Redirect:
    town = hall.editing().town
    editing.remove(hall, town, policy, was=data.get("was", ""))
    return hall.to(HERE)


def _index(
    hall: Hall, asked: Form, *, typed: Form | None = None, fault: Invalid | None = None
) -> Template:
    with hall.town() as db:
        desk = Desk.of(db)
        found = found_in(db, desk, at=hall.at)
    shown = ladders(desk, found, asked, at=hall.at)
    return hall.page(
        "policies.html",
        desk.town,
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if fault else HTTP_200_OK,
        ladders=shown,
        it=shown.trial,
        typed=typed or {},
        fault=fault,
        title_of=findings.title,
    )


def _page(
    hall: Hall,
    key: str,
    *,
    asked: Form | None = None,
    filled: Filled | None = None,
    status_code: int = HTTP_200_OK,
) -> Template:
    """``filled`` is what could not be kept: it is shown as it was typed."""
    with hall.town() as db:
        desk = Desk.of(db)
        found = found_in(db, desk, at=hall.at)
    return hall.page(
        "policy.html",
        desk.town,
        status_code=status_code,
        ladder=one(desk, found, key, filled),
        it=trial_of(desk, key, asked or {}, at=hall.at),
        title_of=findings.title,
    )


ROUTES = (
    show_policies,
    add_policy,
    show_policy,
    edit_policy,
    move_policy,
    remove_policy,
)
