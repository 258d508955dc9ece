"""Proof for anybody who asks: walk a town's log and compute every link anew."""

from __future__ import annotations

import typer

from townline import proof
from townline.entrypoints.commands.database import in_town


def verify(slug: str) -> None:
    """Verify the hash chain of a town's log."""
    with in_town(slug) as db:
        verdict = proof.verify(db)
    if verdict.broken_at is not None:
        typer.echo(f"BROKEN at entry {verdict.broken_at} of {slug}.", err=True)
        raise typer.Exit(1)
    typer.echo(f"{verdict.entries} entries, none changed or missing.")
    typer.echo(f"head {verdict.head.hex()}")
