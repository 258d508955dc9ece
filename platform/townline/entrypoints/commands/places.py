"""A town's own places, from the files that its own people keep."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, cast, get_args

import typer

from tenants import places
from tenants.places import Delivery, Imported, Kind, Told
from townline.clock import utc_now
from townline.entrypoints.commands.database import in_town

ListFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]


def import_places(
    slug: str,
    file: ListFile,
    *,
    kind: Annotated[
        str, typer.Option(help="address, landmark, intersection or asset.")
    ] = "",
    name: Annotated[
        str, typer.Option("--list", help="The list that this file replaces.")
    ] = "",
    column: Annotated[
        list[str] | None,
        typer.Option(help="Which column says what, as in number=HOUSENUM."),
    ] = None,
    fewer: Annotated[
        bool, typer.Option("--fewer", help="Yes, it is less than half as many.")
    ] = False,
) -> None:
    """Replace a town's list of places by a CSV or a GeoJSON file."""
    if kind and kind not in get_args(Kind):
        raise typer.BadParameter(f"write one of {', '.join(get_args(Kind))}")
    delivery = Delivery(
        path=file,
        name=name or kind or "address",
        told=Told(cast("Kind", kind) if kind else None, _told(column or ())),
        fewer=fewer,
        by=os.environ.get("USER", "command line"),
        at=utc_now(),
    )
    with in_town(slug) as db:
        imported = places.import_places(db, delivery)
    for line in _said(file, imported):
        typer.echo(line)
    if imported.bad:
        raise typer.Exit(1)


def _told(columns: Sequence[str]) -> dict[str, str]:
    told = [each.partition("=") for each in columns]
    if not all(field and name for field, _, name in told):
        raise typer.BadParameter("write --column FIELD=COLUMN, as in number=HOUSENUM")
    return {field: name for field, _, name in told}


def _said(file: Path, imported: Imported) -> Iterator[str]:
    if imported.unchanged:
        yield f"{file.name} is the list that is there already; nothing to change."
        return
    for bad in imported.bad:
        yield f"{file.name}, line {bad.line}: {bad.remedy}."
    yield (
        f"Read {imported.read}: kept {imported.kept} places on {imported.streets}"
        f" streets, {imported.twice} said twice, {imported.lines} street lines,"
        f" {len(imported.bad)} left out."
    )
    if imported.crossings:
        yield f"Found {imported.crossings} crossings where the streets' lines meet."
    if imported.outside:
        yield f"{imported.outside} lie outside the town's boundary; they are kept."
