"""Proof for anybody who asks: walk a town's log and compute every link anew."""

from __future__ import annotations

import typer

import tenants
from townline import proof
from townline.db import Database
from townline.roles import ENGINE
from townline.settings import Settings
from townline.tenancy import town


def verify(slug: str) -> None:
    """Verify the hash chain of a town's log."""
    database = Database(Settings.from_env().engine_url, role=ENGINE)
    with database.everybody() as session:
        tenant_id = tenants.by_slug(session, slug).id
    with town(database, tenant_id) as db:
        verdict = proof.verify(db)
    if verdict.broken_at is not None:
        typer.echo(f"BROKEN at entry {verdict.broken_at} of {slug}.", err=True)
        raise typer.Exit(1)
    typer.echo(f"{verdict.entries} entries, none changed or missing.")
    typer.echo(f"head {verdict.head.hex()}")
