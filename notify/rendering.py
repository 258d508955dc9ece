"""Turns a promise into words: one folder of templates a message, a part a channel.

Every template reads what the caller's context says and what ``Letterhead`` adds.
English is in the templates; French is in ``locale/fr.po``. The block ``said`` of a
template is what a town may word itself (``own_words``); all around it is the house's:
who speaks and how urgently, the keys of a call, a letter's head, button and reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jinja2 import (
    Environment,
    PackageLoader,
    StrictUndefined,
    Template,
    TemplateError,
    select_autoescape,
)
from jinja2.runtime import Context

from notify.letterheads import KNOWN, Letterhead, Unrenderable, letterhead, linked
from notify.message import Channel
from notify.own_words import Own, own_words
from notify.rules import texts
from tenants.town.wording import RANGES, Worded, WordedChannel
from townline import words
from townline.i18n import gettext, ngettext, speaking

__all__ = [
    "Letterhead",
    "Unrenderable",
    "Words",
    "compose",
    "house_words",
    "letterhead",
    "render",
]

OURS = Own("")
# Blocks of a template leave empty lines behind.
_BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Words:
    """What one channel carries; only a letter has a subject and HTML."""

    body: str
    subject: str = ""
    html: str = ""


def compose(
    template: str, channel: Channel, context: Mapping[str, Any], head: Letterhead
) -> Words:
    """All parts of one message for one channel, in the recipient's language."""
    head = linked(template, context, head)
    own = own_words(template, channel, context, head) or OURS

    def part(name: str) -> str:
        said = own.subject if "subject" in name else own.text
        return render(f"{template}/{name}", context, head, own=said)

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


def render(
    name: str, context: Mapping[str, Any], head: Letterhead, *, own: str = ""
) -> str:
    """With ``own`` in the place of the template's block ``said``."""
    try:
        with speaking(head.language):
            template = _templates.get_template(name)
            read = _reading(template, context, head, own=own)
            return "".join(template.root_render_func(read)).strip()
    except TemplateError as misfit:
        raise Unrenderable(f"{name}: {misfit}") from misfit


def house_words(template: Worded, channel: WordedChannel, language: str) -> Own:
    """What a town's own words stand in the place of, with the names in their braces.

    Given to a town to begin with: taken over as they are, they change nothing.
    """
    names = {each: f"{{{each}}}" for each in RANGES[template][channel].knows}
    head = Letterhead(
        town=names["town"],
        language=language,
        code=names.get("code", ""),
        link=names.get("link", ""),
        prefix="", color="", phone="", zone="", name="", level=5, public_url="",
    )  # fmt: skip
    parts = {"sms": "sms.txt", "voice": "voice.txt", "email": "email.txt"}
    text = _said(f"{template}/{parts[channel]}", names, head)
    if channel != "email":
        return Own(" ".join(text.split()))
    subject = _said(f"{template}/email.subject.txt", names, head)
    return Own(_BLANK_LINES.sub("\n\n", text), " ".join(subject.split()))


def _said(name: str, names: Mapping[str, str], head: Letterhead) -> str:
    with speaking(head.language):
        template = _templates.get_template(name)
        read = _reading(template, names, head, own="")
        return "".join(template.blocks["said"](read)).strip()


def _reading(
    template: Template, context: Mapping[str, Any], head: Letterhead, *, own: str
) -> Context:
    """As ``template.render``, which collects what all templates know each time."""
    known = {each: getattr(head, each) for each in KNOWN}
    everything = {**_GLOBALS, **context, **known, "own": own}
    blocks = template.blocks
    if own:
        kind = ".html" if str(template.name).endswith(".html") else ".txt"
        blocks = {
            **blocks,
            "said": _templates.get_template(f"_said{kind}").blocks["said"],
        }
    return Context(_templates, everything, template.name, blocks)


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
