"""The draft of the rules: what it changes, and letting it hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK

import escalation
import tenants
from portal.town.changes import publishing
from portal.town.changes.draft import drafted
from portal.town.hall import Hall
from tenants import drafting
from townline import localtime
from townline.errors import Conflict, Invalid, Problem
from townline.tenancy import TenantSession

Form = dict[str, str]
HERE = "/rules/changes"


@get(HERE, sync_to_thread=True)
def show_changes(hall: NamedDependency[Hall]) -> Template:
    return _page(hall, {})


@get(f"{HERE}.toml", sync_to_thread=True)
def export_draft(hall: NamedDependency[Hall]) -> Response[str]:
    """The draft to the letter, or what holds where there is none."""
    with hall.town() as db:
        document = drafting.text_of(db)
    keep_as = {"content-disposition": f'attachment; filename="{hall.slug}-draft.toml"'}
    return Response(document, media_type="application/toml", headers=keep_as)


@get(f"{HERE}/effects", sync_to_thread=True)
def show_effects(hall: NamedDependency[Hall]) -> Template:
    """What the last 90 days would have been like: some seconds' work, when asked."""
    with hall.town() as db:
        before, after = tenants.current(db).town, drafting.editing(db).town
        found = escalation.compare(db, before, after, at=hall.at)
        return hall.page("changes_effects.html", after, it=found)


@post(f"{HERE}/publication", sync_to_thread=True)
def publish(
    data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Template | Redirect:
    """Now, or at the day and time of the town's clocks."""

    def act(db: TenantSession) -> None:
        revision, reason = _revision(data), data.get("reason", "")
        if data.get("when") == "later":
            drafting.plan(
                db,
                revision,
                due_at=_due(db, data),
                reason=reason,
                by=hall.actor,
                at=hall.at,
            )
        else:
            publishing.publish(db, revision, reason=reason, by=hall.actor, at=hall.at)

    below = HERE if data.get("when") == "later" else "/rules/versions"
    return _do(hall, act, data, below=below)


@post(f"{HERE}/publication/withdrawal", sync_to_thread=True)
def withdraw_plan(hall: NamedDependency[Hall]) -> Template | Redirect:
    return _do(hall, lambda db: drafting.withdraw_plan(db, by=hall.actor, at=hall.at))


@post(f"{HERE}/request", sync_to_thread=True)
def ask(data: URLEncodedBody[Form], hall: NamedDependency[Hall]) -> Template | Redirect:
    def act(db: TenantSession) -> None:
        drafting.ask(
            db,
            _revision(data),
            reason=data.get("reason", ""),
            account_id=hall.person.account_id,
            by=hall.actor,
            at=hall.at,
        )

    return _do(hall, act, data)


@post(f"{HERE}/approval", sync_to_thread=True)
def approve(
    data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Template | Redirect:
    def act(db: TenantSession) -> None:
        drafting.approve(
            db,
            _revision(data),
            account_id=hall.person.account_id,
            by=hall.actor,
            at=hall.at,
        )

    return _do(hall, act, data)


@post(f"{HERE}/base", sync_to_thread=True)
def take_in(hall: NamedDependency[Hall]) -> Template | Redirect:
    return _do(
        hall, lambda db: drafting.take_in_what_holds(db, by=hall.actor, at=hall.at)
    )


@post(f"{HERE}/clashes", sync_to_thread=True)
def settle(
    data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Template | Redirect:
    """Each clash has a field of its own; ``theirs`` is the version's."""
    paths = [
        name.removeprefix("clash.")
        for name, chosen in data.items()
        if name.startswith("clash.") and chosen == "theirs"
    ]
    return _do(
        hall, lambda db: drafting.settle(db, paths, by=hall.actor, at=hall.at), data
    )


@post(f"{HERE}/{{change_id:uuid}}/undo", sync_to_thread=True)
def undo(change_id: FromPath[UUID], hall: NamedDependency[Hall]) -> Template | Redirect:
    return _do(hall, lambda db: drafting.undo(db, change_id, by=hall.actor, at=hall.at))


@post(f"{HERE}/end", sync_to_thread=True)
def discard(
    data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Template | Redirect:
    return _do(
        hall,
        lambda db: drafting.discard(db, _revision(data), by=hall.actor, at=hall.at),
        data,
    )


def _do(
    hall: Hall,
    act: Callable[[TenantSession], object],
    typed: Form | None = None,
    *,
    below: str = HERE,
) -> Template | Redirect:
    """What is refused is said above the draft as it is now, with what was typed."""
    try:
        with hall.town() as db:
            act(db)
    except (Conflict, Invalid) as refused:
        return _page(hall, typed or {}, refused=refused)
    return hall.to(below)


def _page(hall: Hall, typed: Form, *, refused: Problem | None = None) -> Template:
    with hall.town() as db:
        town, it = drafted(db, account_id=hall.person.account_id, at=hall.at)
        return hall.page(
            "changes.html",
            town,
            status_code=refused.status_code if refused else HTTP_200_OK,
            it=it,
            typed=typed,
            refused=refused,
            field=refused.field if isinstance(refused, Invalid) else None,
        )


def _revision(data: Form) -> int:
    written = data.get("revision", "")
    return int(written) if written.isdecimal() else -1


def _due(db: TenantSession, data: Form) -> datetime:
    try:
        wall = datetime.fromisoformat(f"{data.get('day', '')}T{data.get('time', '')}")
    except ValueError as error:
        raise drafting.TooLateToPlan(field="due") from error
    zone = tenants.current(db).town.time_zone
    return localtime.starts(wall.replace(tzinfo=None), zone)


ROUTES = (
    show_changes,
    export_draft,
    show_effects,
    publish,
    withdraw_plan,
    ask,
    approve,
    take_in,
    settle,
    undo,
    discard,
)
