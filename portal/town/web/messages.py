"""Every text, call and letter of the town as it will read, and its own words for it."""

from __future__ import annotations

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK

from portal.town import changes, messages, own_words, texting_back
from portal.town.hall import Hall
from portal.town.messages import About
from portal.town.own_words import Sheet
from portal.town.readings import reach, readings
from tenants.drafting import Drop
from tenants.town import Town
from townline.settings import Settings

Form = dict[str, str]
LIST = "/rules/messages"
ONE = f"{LIST}/{{message:str}}"


@get(LIST, sync_to_thread=True)
def show_messages(
    hall: NamedDependency[Hall],
    settings: NamedDependency[Settings],
    category: FromQuery[str] = "",
) -> Template:
    town = hall.editing().town
    about = _about(hall, settings, town, category)
    return hall.page(
        "messages.html",
        town,
        about=about,
        kinds=messages.kinds(about),
        answers=texting_back.answers(about),
        lengths=messages.lengths(about),
    )


@get(ONE, sync_to_thread=True)
def show_words(
    message: FromPath[str],
    hall: NamedDependency[Hall],
    settings: NamedDependency[Settings],
) -> Template:
    it = hall.editing()
    return _page(hall, settings, own_words.opened(it, message))


@post(f"{ONE}/preview", status_code=HTTP_200_OK, sync_to_thread=True)
def show_reading(
    message: FromPath[str],
    data: URLEncodedBody[Form],
    hall: NamedDependency[Hall],
    settings: NamedDependency[Settings],
) -> Template:
    """What is typed as it would arrive; nothing is kept by it."""
    sheet = own_words.typed(hall.editing(), message, data)
    return _page(hall, settings, sheet, data, name="messages_try.html")


@post(ONE, status_code=HTTP_200_OK, sync_to_thread=True)
def change_words(
    message: FromPath[str],
    data: URLEncodedBody[Form],
    hall: NamedDependency[Hall],
    settings: NamedDependency[Settings],
) -> Template | Redirect:
    sheet = own_words.typed(hall.editing(), message, data)
    if data.get("act", "keep") == "keep":
        sheet = own_words.keep(hall, sheet)
    if sheet.kept:
        return hall.to(f"{LIST}/{message}")
    return _page(hall, settings, sheet, data)


@post(f"{ONE}/removal", status_code=HTTP_200_OK, sync_to_thread=True)
def take_ours(
    message: FromPath[str], data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Redirect:
    """Back to the house's words, with the next version."""
    own_words.opened(hall.editing(), message)
    gone = Drop(table=own_words.TABLE, key=message, was=data.get("was", ""))
    changes.edit(hall, gone)
    return hall.to(f"{LIST}#kind-{message.partition('.')[0]}")


def _about(hall: Hall, settings: Settings, town: Town, category: str) -> About:
    return About(
        town=town,
        category=town.category(category) if category else town.categories[0],
        public_url=settings.public_url,
        at=hall.at,
    )


def _page(
    hall: Hall,
    settings: Settings,
    sheet: Sheet,
    sent: Form | None = None,
    *,
    name: str = "messages_edit.html",
) -> Template:
    about = _about(hall, settings, sheet.town, (sent or {}).get("category", ""))
    return hall.page(
        name,
        sheet.town,
        status_code=sheet.status_code,
        sheet=sheet,
        about=about,
        readings=readings(sheet, about),
        reach=reach,
    )


ROUTES = (show_messages, show_words, show_reading, change_words, take_ours)
