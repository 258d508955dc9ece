"""Who may sign in, until the pages for it are there: add an account, give it a town."""

from __future__ import annotations

from typing import Annotated, get_args

import typer

import tenants
from townline import auth
from townline.clock import utc_now
from townline.entrypoints.commands.database import as_engine
from townline.errors import Invalid
from townline.tenancy import town

app = typer.Typer(help="People who sign in.")


@app.command()
def add(
    email: str,
    name: Annotated[str, typer.Option(help="As colleagues and callers read it.")],
    role: Annotated[str, typer.Option(help=" | ".join(get_args(auth.Role)))],
    towns: Annotated[list[str], typer.Option("--town", help="Slug; may repeat.")],
    password: Annotated[
        str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)
    ],
) -> None:
    """Open an account with one role in each of the towns named."""
    if role not in get_args(auth.Role):
        raise Invalid(f"There is no role {role}.", field="role")
    with as_engine() as database:
        with database.everybody() as session:
            account = auth.open_account(session, email, name=name, password=password)
            places = [tenants.by_slug(session, slug).id for slug in towns]
        for tenant_id in places:
            with town(database, tenant_id) as db:
                auth.grant(db, account.id, role=role, at=utc_now())
    typer.echo(f"{email} can sign in as {role} of {', '.join(towns)}.")
