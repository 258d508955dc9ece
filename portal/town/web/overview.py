"""What is only read: the morning, what residents say, and the rules."""

from __future__ import annotations

from datetime import timedelta

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.response import Redirect, Template

import surveys
import tenants
from portal.town.callers_told import answering
from portal.town.hall import Hall
from portal.town.morning import SURVEYED, morning_of
from portal.town.published import rules_of


@get("/", sync_to_thread=True)
def show_morning(hall: NamedDependency[Hall]) -> Template | Redirect:
    """The whole town's; whoever sees some departments only begins with their list."""
    if hall.departments is not None:
        return Redirect(f"{hall.address}/tickets")
    with hall.town() as db:
        town = tenants.current(db).town
        it = morning_of(hall, db, town)
        return hall.page("morning.html", town, it=it)


@get("/surveys", sync_to_thread=True)
def show_surveys(hall: NamedDependency[Hall]) -> Template:
    hall.see_everything()
    since = hall.at - SURVEYED
    with hall.town() as db:
        return hall.page(
            "surveys.html",
            tenants.current(db).town,
            result=surveys.result(db, since=since),
            answers=surveys.answered(db, since=since),
            days=SURVEYED // timedelta(days=1),
        )


@get("/articles", sync_to_thread=True)
def show_articles(hall: NamedDependency[Hall]) -> Template:
    """What callers are told, what came of it, and who has read what is new."""
    hall.see_everything()
    with hall.town() as db:
        it = answering(db, at=hall.at)
        return hall.page("answering.html", it.town, it=it)


@get("/rules", sync_to_thread=True)
def show_rules(hall: NamedDependency[Hall]) -> Template:
    with hall.town() as db:
        it = rules_of(db, at=hall.at)
        return hall.page("rules.html", it.town, it=it)


@get("/rules.toml", sync_to_thread=True)
def export_rules(hall: NamedDependency[Hall]) -> Response[str]:
    """The file to the letter, as it was imported."""
    with hall.town() as db:
        document = tenants.export_town(db)
    keep_as = {"content-disposition": f'attachment; filename="{hall.slug}.toml"'}
    return Response(document, media_type="application/toml", headers=keep_as)


ROUTES = (show_morning, show_surveys, show_articles, show_rules, export_rules)
