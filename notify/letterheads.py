"""What is known of every message, whoever wrote its context; where its link leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
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


def link_of(template: str, context: Mapping[str, Any], head: Letterhead) -> str:
    """A resident's leads to their ticket or their questions, a crew's is its own."""
    if template == "survey_invitation":
        token = _needed(template, context, "token")
        return f"{head.public_url}/s/{head.prefix}/{token}"
    if template.startswith("resident_"):
        tracking = _needed(template, context, "tracking")
        return f"{head.public_url}/t/{head.prefix}/{tracking}"
    return head.link


def _needed(template: str, context: Mapping[str, Any], name: str) -> str:
    if name not in context:
        raise Unrenderable(f"{template}: '{name}' is undefined")
    return str(context[name])
