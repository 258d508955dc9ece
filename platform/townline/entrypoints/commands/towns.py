"""Towns as files: check, see what would change, import, export."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

import tenants
from townline.clock import utc_now
from townline.db import Database
from townline.errors import Problem
from townline.roles import ENGINE
from townline.settings import Settings
from townline.tenancy import town

app = typer.Typer(help="A municipality's rules, as one readable file.")
say = Console()

TownFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]


@app.command()
def check(file: TownFile) -> None:
    """Say what is wrong with a town's file, line by line; nothing is changed."""
    try:
        found = tenants.read(file.read_text(), source=str(file))
    except Problem as problem:
        say.print(str(problem), style="red", markup=False, highlight=False)
        raise typer.Exit(1) from None
    worst = tenants.lint(found, at=utc_now())
    for finding in worst:
        say.print(str(finding), style="yellow", markup=False, highlight=False)
    say.print(f"{file}: {found.name.in_('en')}, {len(found.categories)} categories.")


@app.command("import")
def import_(
    file: TownFile,
    *,
    reason: Annotated[str, typer.Option(help="Kept with the version.")] = "imported",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Show what a file would change, ask, and publish it as the next version."""
    database = _engine()
    text = file.read_text()
    with database.everybody() as session:
        changes = tenants.preview(session, text, source=str(file))
    for change in changes:
        say.print(str(change), markup=False, highlight=False)
    if not changes:
        say.print("Nothing to change.")
        return
    if not yes and not typer.confirm(f"Publish {len(changes)} changes?"):
        raise typer.Exit(1)
    author = os.environ.get("USER", "command line")
    with database.everybody() as session:
        published = tenants.import_town(
            session, text, author=author, reason=reason, at=utc_now()
        )
    say.print(f"Published version {published.number} of {published.slug}.")


@app.command()
def export(slug: str) -> None:
    """Print a town's file; importing it again changes nothing."""
    database = _engine()
    with database.everybody() as session:
        tenant_id = tenants.by_slug(session, slug).id
    with town(database, tenant_id) as db:
        typer.echo(tenants.export_town(db), nl=False)


@app.command("list")
def list_() -> None:
    """Every town of this service."""
    with _engine().everybody() as session:
        for tenant in tenants.all_towns(session):
            say.print(f"{tenant.slug}\t{tenant.name}", highlight=False)


def _engine() -> Database:
    return Database(Settings.from_env().engine_url, role=ENGINE)
