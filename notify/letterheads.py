"""What is known of every message, whoever wrote its context; where its link leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from tenants.town import Town, Wording


class Unrenderable(Exception):
    """This message's template and its context do not fit together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """``wordings`` are the town's own words; every template reads all the others."""

    town: str
    prefix: str
    color: str
    phone: str
    zone: str
    language: str
    name: str
    level: int
    public_url: str
    code: str = ""
    link: str = ""
    wordings: tuple[Wording, ...] = ()


KNOWN = tuple(each.name for each in fields(Letterhead) if each.name != "wordings")


def letterhead(
    town: Town,
    *,
    language: str,
    name: str = "",
    level: int = 5,
    public_url: str,
    **given: str,
) -> Letterhead:
    """``given`` are the code and the link, where there are any."""
    return Letterhead(
        town=town.name.in_(language),
        prefix=town.prefix,
        color=town.color,
        phone=town.lines[0].number,
        zone=town.time_zone,
        language=language,
        name=name,
        level=level,
        public_url=public_url,
        wordings=town.messages,
        **given,
    )


def linked(template: str, context: Mapping[str, Any], head: Letterhead) -> Letterhead:
    """A resident's link leads to their ticket or their questions, a crew's is given."""
    if template == "survey_invitation":
        page = f"s/{head.prefix}/{_needed(template, context, 'token')}"
    elif template.startswith("resident_"):
        page = f"t/{head.prefix}/{_needed(template, context, 'tracking')}"
    else:
        return head
    return replace(head, link=f"{head.public_url}/{page}")


def _needed(template: str, context: Mapping[str, Any], name: str) -> str:
    if name not in context:
        raise Unrenderable(f"{template}: '{name}' is undefined")
    return str(context[name])
