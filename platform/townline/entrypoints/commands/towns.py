"""Towns as files: check, see what would change, import, export."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

import escalation
import notify
import tenants
from escalation import Comparison
from escalation.comparing import Told
from tenants import Knowledge
from townline.clock import utc_now
from townline.db import Database
from townline.entrypoints.commands.database import as_engine, in_town
from townline.errors import Problem
from townline.tenancy import town
from townline.tenancy import town as in_one
from townline.words import elapsed

app = typer.Typer(help="A municipality's rules, as one readable file.")
say = Console()

TownFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]


@app.command()
def check(file: TownFile) -> None:
    """Say what is wrong with a town's file, line by line; nothing is changed."""
    try:
        found = tenants.read(file.read_text(), source=str(file))
    except Problem as problem:
        _print(str(problem), style="red")
        raise typer.Exit(1) from None
    weaknesses = tenants.lint(found, at=utc_now())
    for weakness in weaknesses:
        _print(str(weakness), style="yellow")
    _print(f"{file}: {found.name.in_('en')}, {len(found.categories)} categories.")
    if any(weakness.severity == "error" for weakness in weaknesses):
        raise typer.Exit(1)


@app.command("import")
def import_(
    file: TownFile,
    *,
    reason: Annotated[str, typer.Option(help="Kept with the version.")] = "imported",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Show what a file would change, ask, and publish it as the next version."""
    document = file.read_text()
    with as_engine() as database:
        with database.everybody() as session:
            changes = tenants.preview(session, document, source=str(file))
        for change in changes:
            _print(str(change))
        if not changes:
            _print("Nothing to change.")
            return
        _compare(database, document)
        if yes or typer.confirm(f"Publish these changes ({len(changes)})?"):
            _publish(database, document, reason)
        else:
            raise typer.Exit(1)


def _compare(database: Database, document: str) -> None:
    """What the town's last 90 days of tickets would have been like under the file."""
    after, at = tenants.read(document, source="the file"), utc_now()
    with database.everybody() as session:
        tenant = tenants.look_up(session, after.slug)
    if tenant is None:
        return
    with in_one(database, tenant.id) as db:
        before = tenants.current(db).town
        found = escalation.compare(db, before, after, at=at)
    for line in _compared(found):
        _print(line)


def _compared(found: Comparison) -> Iterator[str]:
    left_out = found.tickets - found.looked_at
    yield (
        f"Of {found.looked_at} tickets of the last 90 days, {len(found.changes)} would "
        f"be told otherwise, and {found.slower} rung later."
        + (f" {left_out} older ones were not looked at." if left_out else "")
    )
    for change in found.examples:
        now = _told(change.after) if change.after else "no such category"
        yield f"  {change.ticket.tracking}: {_told(change.before)} -> {now}"


def _told(told: Told) -> str:
    first = ", ".join(told.names)
    called = (
        "no call" if told.first_call is None else f"call {elapsed(told.first_call)}"
    )
    return f"{first} after {elapsed(told.first_told)}, {called}"


def _known(database: Database, document: str, *, at: datetime) -> Knowledge:
    """Which of the town's numbers have said STOP, if it is a town of ours already."""
    slug = tenants.read(document, source="the file").slug
    with database.everybody() as session:
        tenant = tenants.look_up(session, slug)
    if tenant is None:
        return Knowledge()
    with in_one(database, tenant.id) as db:
        return escalation.knowledge(db, at=at)


def _publish(database: Database, document: str, reason: str) -> None:
    author, at = os.environ.get("USER", "command line"), utc_now()
    known = _known(database, document, at=at)
    with database.everybody() as session:
        published = tenants.import_town(
            session, document, author=author, reason=reason, at=at, known=known
        )
    # An emergency texts nobody whose number has not been looked up by then.
    with town(database, published.tenant_id) as db:
        notify.foresee_lines(db, tenants.current(db).town, at=utc_now())
    _print(f"Published version {published.number} of {published.slug}.")


@app.command()
def export(slug: str) -> None:
    """Print a town's file; importing it again changes nothing."""
    with in_town(slug) as db:
        typer.echo(tenants.export_town(db), nl=False)


@app.command("list")
def list_() -> None:
    """Every town of this service."""
    with as_engine() as database, database.everybody() as session:
        for tenant in tenants.all_towns(session):
            typer.echo(f"{tenant.slug}\t{tenant.name}")


def _print(line: str, *, style: str | None = None) -> None:
    say.print(line, style=style, markup=False, highlight=False, soft_wrap=True)
