"""``…/rules/contacts/{key}``: a contact's telephones and addresses are confirmed."""

from __future__ import annotations

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from portal.town import destinations
from portal.town.hall import Hall
from portal.town.web.edit import EDIT, show_contact

Form = dict[str, str]
OF = "/rules/contacts/{key:str}"


@post(f"{OF}/codes", sync_to_thread=True)
def send_code(
    key: FromPath[str], data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Redirect:
    channel = data.get("channel", "")
    destinations.send_code(hall, key, data.get("destination", ""), channel)
    return _back(hall, key)


@post(f"{OF}/confirmations", sync_to_thread=True)
def hear_code(
    key: FromPath[str], data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Template | Redirect:
    where, written = data.get("destination", ""), data.get("code", "")
    verdict = destinations.hear_code(hall, key, where, written)
    if verdict != "right":
        return show_contact(hall, key, verdict=verdict, where=where)
    return _back(hall, key)


@post(f"{OF}/vouchings", sync_to_thread=True)
def vouch(
    key: FromPath[str], data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Redirect:
    destinations.vouch(hall, key, data.get("destination", ""))
    return _back(hall, key)


@post(f"{OF}/doubts", sync_to_thread=True)
def doubt(
    key: FromPath[str], data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Redirect:
    destinations.doubt(hall, key, data.get("destination", ""))
    return _back(hall, key)


def _back(hall: Hall, key: str) -> Redirect:
    return hall.to(f"{EDIT}/contacts/{key}#destinations")


ROUTES = (send_code, hear_code, vouch, doubt)
