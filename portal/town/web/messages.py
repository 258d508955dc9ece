"""Every text, call and letter of the town, as it will read."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Template

from portal.town import messages
from portal.town.hall import Hall
from portal.town.messages import About
from tenants.drafting import editing
from townline.settings import Settings


@get("/rules/messages", sync_to_thread=True)
def show_messages(
    hall: NamedDependency[Hall],
    settings: NamedDependency[Settings],
    category: FromQuery[str] = "",
) -> Template:
    with hall.town() as db:
        town = editing(db).town
    about = About(
        town=town,
        category=town.category(category) if category else town.categories[0],
        public_url=settings.public_url,
        at=hall.at,
    )
    return hall.page(
        "messages.html",
        town,
        about=about,
        kinds=messages.kinds(about),
        answers=messages.answers(about),
        lengths=messages.lengths(about),
    )


ROUTES = (show_messages,)
