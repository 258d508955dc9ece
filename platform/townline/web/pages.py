"""The template engine: strict, bilingual, one folder of templates for each face."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    select_autoescape,
)
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Template
from litestar.template.config import TemplateConfig

from townline import i18n, words

FACES = ("desk", "town", "crew", "resident")


def page(name: str, /, *, status_code: int = 200, **context: object) -> Template:
    """``page("desk/queue.html", calls=...)``: the face, then its template."""
    return Template(name, context=context, status_code=status_code)


def environment(*, assets: str) -> Environment:
    """``assets`` is a mark of this release, so that browsers fetch new files."""
    found = Environment(
        loader=ChoiceLoader(
            [
                PrefixLoader({face: PackageLoader(f"portal.{face}") for face in FACES}),
                PrefixLoader({"portal": PackageLoader("portal")}),
            ]
        ),
        undefined=StrictUndefined,
        autoescape=select_autoescape(),
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    translation: Any = found  # the i18n extension adds its methods at run time
    translation.install_gettext_callables(i18n.gettext, i18n.ngettext, newstyle=True)
    found.filters.update(
        clock=words.clock,
        zone_name=words.zone_name,
        spoken_time=words.spoken_time,
        long_date=words.long_date,
        short_date=words.short_date,
        moment=words.moment,
        day=words.day,
        number=words.number,
        percent=words.percent,
        phone=words.phone,
        elapsed=words.elapsed,
        lasting=words.lasting,
    )
    found.globals.update(language=i18n.language, assets=assets)
    return found


@cache
def templates(*, assets: str) -> TemplateConfig[JinjaTemplateEngine]:
    """One for every application of a process: what it has compiled serves them all."""
    engine = JinjaTemplateEngine.from_environment(environment(assets=assets))
    return TemplateConfig(instance=engine)
