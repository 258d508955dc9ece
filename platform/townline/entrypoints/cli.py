"""The ``townline`` command: every process and every duty of an operator."""

from __future__ import annotations

import typer

from townline.embedded import EmbeddedPostgresFailed
from townline.entrypoints.commands import (
    accounts,
    chain,
    measure,
    places,
    processes,
    replay,
    rules,
    sheets,
    towns,
)
from townline.errors import Problem
from townline.roles import RolesNotReady, WrongRole

app = typer.Typer(
    name="townline",
    help="The platform of an answering service for many municipalities.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(towns.app, name="town")
towns.app.command("places")(places.import_places)
app.add_typer(accounts.app, name="account")
app.add_typer(measure.app, name="measure")
app.command("serve")(processes.serve)
app.command("work")(processes.work)
app.command("carrier")(processes.carrier)
app.command("migrate")(processes.migrate)
app.command("demo")(processes.demo)
app.command("verify")(chain.verify)
app.command("replay")(replay.replay)
app.command("simulate")(rules.simulate)
app.command("lint")(rules.lint)
app.command("sheets")(sheets.sheets)


def main() -> None:
    """Expected failures are a sentence; anything else keeps its trace."""
    try:
        app()
    except (Problem, EmbeddedPostgresFailed, RolesNotReady, WrongRole) as failure:
        raise SystemExit(f"townline: {failure}") from None
