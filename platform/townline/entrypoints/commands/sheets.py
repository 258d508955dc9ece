"""The desk on paper: one file that needs nothing beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from portal.desk.sheets import booklet, print_style
from townline.clock import utc_now
from townline.entrypoints.commands.database import in_town
from townline.i18n import speaking
from townline.proof import Actor
from townline.web.pages import environment


def sheets(
    town: Annotated[str, typer.Argument(help="The town's slug.")],
    *,
    out: Annotated[Path, typer.Option(help="The file to write, to keep on a stick.")],
    count: Annotated[int, typer.Option(min=1, max=200, help="Numbered sheets.")] = 20,
    language: Annotated[str, typer.Option(help="en or fr.")] = "en",
) -> None:
    """Write the current ladder, the questions and numbered sheets as one page."""
    with in_town(town) as db, speaking(language):
        printer = Actor("townline", "townline sheets")
        made = booklet(db, count, at=utc_now(), by=printer, language=language)
        template = environment(assets="").get_template("desk/booklet.html")
        out.write_text(template.render(it=made, style=print_style()))
    typer.echo(f"{out}: {made.numbers[0]} to {made.numbers[-1]}")
