"""Turns a promise into words: one folder of templates a message, a part a channel.

Every template reads what the caller's context says and what ``Letterhead`` adds.
English is in the templates; French is in ``locale/fr.po``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from jinja2 import (
    Environment,
    PackageLoader,
    StrictUndefined,
    TemplateError,
    select_autoescape,
)
from jinja2.runtime import Context

from notify.message import Channel
from notify.rules import texts
from tenants.town import Town
from townline import words
from townline.i18n import gettext, ngettext, speaking

# Blocks of a template leave empty lines behind.
_BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What is known of every message, whoever wrote its context."""

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


@dataclass(frozen=True, slots=True)
class Words:
    """What one channel carries; only a letter has a subject and HTML."""

    body: str
    subject: str = ""
    html: str = ""


_KNOWN = tuple(each.name for each in fields(Letterhead))


class Unrenderable(Exception):
    """This message's template and its context do not fit together."""


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
        **given,
    )


def compose(
    template: str, channel: Channel, context: Mapping[str, Any], head: Letterhead
) -> Words:
    """All parts of one message for one channel, in the recipient's language."""

    def part(name: str) -> str:
        return render(f"{template}/{name}", context, head)

    match channel:
        case "sms":
            return Words(texts.fold(" ".join(part("sms.txt").split())))
        case "voice":
            return Words(" ".join(part("voice.txt").split()))
        case "agent":
            return Words(_paragraphs(part("agent.txt")))
        case "email":
            subject = " ".join(part("email.subject.txt").split())
            body = _BLANK_LINES.sub("\n\n", part("email.txt"))
            return Words(body, subject, part("email.html"))


def render(name: str, context: Mapping[str, Any], head: Letterhead) -> str:
    try:
        with speaking(head.language):
            template = _templates.get_template(name)
            known = {each: getattr(head, each) for each in _KNOWN}
            # As ``template.render``, which collects what all templates know each time.
            everything = {**_GLOBALS, **context, **known}
            read = Context(_templates, everything, name, template.blocks)
            return "".join(template.root_render_func(read)).strip()
    except TemplateError as misfit:
        raise Unrenderable(f"{name}: {misfit}") from misfit


def _environment() -> Environment:
    found = Environment(
        loader=PackageLoader("notify"),
        # A template is compiled once a process, and its file not looked at again.
        auto_reload=False,
        undefined=StrictUndefined,
        autoescape=select_autoescape(),
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    found.policies["ext.i18n.trimmed"] = True
    translation: Any = found  # the i18n extension adds its methods at run time
    translation.install_gettext_callables(gettext, ngettext, newstyle=True)
    found.filters.update(
        shorten=texts.shorten,
        instant=datetime.fromisoformat,
        spoken_time=words.spoken_time,
        short_date=words.short_date,
        national=words.phone,
        digits=_digits,
    )
    return found


def _paragraphs(words: str) -> str:
    """A line each: an agent reads out one after the other, and waits in between."""
    lines = (" ".join(line.split()) for line in words.splitlines())
    return "\n".join(line for line in lines if line)


def _digits(number: str) -> str:
    """Digit by digit, for a voice that would say four hundred and eighteen."""
    return " ".join(sign for sign in words.phone(number) if sign.isdigit())


_templates = _environment()
_GLOBALS = dict(_templates.globals)
