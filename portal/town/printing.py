"""Pages on paper: a template, its style, and the library that sets both as PDF."""

from __future__ import annotations

from functools import cache
from importlib import import_module, resources
from typing import Any

from jinja2 import Environment

from portal.town import names
from portal.town.story import vocabulary
from tenants.town import Town
from townline.errors import Problem
from townline.web.pages import environment


class CannotPrint(Problem):
    """This server cannot make PDFs until its operator installs Pango; take the JSON."""

    status_code = 503


def printed(name: str, town: Town, **context: object) -> bytes:
    """The PDF of a template; it knows what a page of the town knows, but no person."""
    known = {"town": town, "zone": town.time_zone, "names": names, "words": vocabulary}
    html = _templates().get_template(name).render({**known, **context})
    setting = loaded("weasyprint")
    style = setting.CSS(string=_style())
    paper: bytes = setting.HTML(string=html).write_pdf(stylesheets=[style])
    return paper


def loaded(library: str) -> Any:  # noqa: ANN401 - a library without types, loaded when it is needed
    """WeasyPrint loads Pango when it is imported, which a server may lack: only who
    prints needs it, and hears what is missing."""
    try:
        return import_module(library)
    except OSError as missing:
        raise CannotPrint from missing


@cache
def _templates() -> Environment:
    return environment(assets="")


@cache
def _style() -> str:
    return (resources.files("portal") / "static" / "paper.css").read_text()
