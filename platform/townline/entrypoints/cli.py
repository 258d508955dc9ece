"""The ``townline`` command: every process and every duty of an operator."""

from __future__ import annotations

import typer

from townline.entrypoints.commands import accounts, chain, processes, towns

app = typer.Typer(
    name="townline",
    help="The platform of an answering service for many municipalities.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(towns.app, name="town")
app.add_typer(accounts.app, name="account")
app.command("serve")(processes.serve)
app.command("work")(processes.work)
app.command("carrier")(processes.carrier)
app.command("migrate")(processes.migrate)
app.command("demo")(processes.demo)
app.command("verify")(chain.verify)


def main() -> None:
    app()
