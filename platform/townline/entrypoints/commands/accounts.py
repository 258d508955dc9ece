"""Who may sign in, until the pages for it are there: add an account, give it a town."""

from __future__ import annotations

from typing import Annotated, get_args

import typer

import tenants
from calls import presence
from townline import auth
from townline.clock import utc_now
from townline.entrypoints.commands.database import as_engine
from townline.errors import Invalid
from townline.i18n import LANGUAGES
from townline.tenancy import town

app = typer.Typer(help="People who sign in.")


NewPassword = Annotated[
    str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)
]


@app.command()
def add(
    email: str,
    name: Annotated[str, typer.Option(help="As colleagues and callers read it.")],
    role: Annotated[str, typer.Option(help=" | ".join(get_args(auth.Role)))],
    towns: Annotated[list[str], typer.Option("--town", help="Slug; may repeat.")],
    password: NewPassword,
    extension: Annotated[
        str | None, typer.Option(help="The phone an agent's calls are put through to.")
    ] = None,
) -> None:
    """Open an account with one role in each of the towns named."""
    if role not in get_args(auth.Role):
        raise Invalid(f"There is no role {role}.", field="role")
    auth.check_strength(password, about=(email, name))
    with as_engine() as database:
        with database.everybody() as session:
            account = auth.open_account(
                session, email, name=name, password=password, extension=extension
            )
            places = [tenants.by_slug(session, slug).id for slug in towns]
        for tenant_id in places:
            with town(database, tenant_id) as db:
                auth.grant(db, account.id, role=role, at=utc_now())
    typer.echo(f"{email} can sign in as {role} of {', '.join(towns)}.")


@app.command()
def password(email: str, password: NewPassword) -> None:
    """Set a new password; every browser signed in with the old one is signed out."""
    auth.check_strength(password, about=(email,))
    with as_engine() as database, database.everybody() as session:
        auth.change_password(session, email, password=password)
    typer.echo(f"{email} signs in with the new password from now on.")


@app.command()
def languages(
    email: str,
    spoken: Annotated[list[str], typer.Argument(help="en fr; none means all.")] = [],  # noqa: B006 - Typer's spelling
) -> None:
    """Say in which languages an agent answers; callers in these come to them first."""
    if unknown := set(spoken) - set(LANGUAGES):
        raise Invalid(f"There is no language {', '.join(sorted(unknown))}.")
    with as_engine() as database, database.everybody() as session:
        account = auth.account_of(session, email)
        presence.speaks(session, account.id, spoken)
    typer.echo(f"{email} answers in {', '.join(spoken) or 'every language'}.")


@app.command()
def forget_phone(email: str) -> None:
    """Forget a second factor whose telephone is lost; the next sign-in sets one up."""
    with as_engine() as database, database.everybody() as session:
        auth.forget(session, auth.account_of(session, email).id)
    typer.echo(f"{email} is asked for no code; whoever must have one sets it up anew.")


@app.command()
def revoke(
    email: str, towns: Annotated[list[str], typer.Option("--town", help="Slug.")]
) -> None:
    """Take an account's role in these towns away, from the next page on."""
    with as_engine() as database:
        with database.everybody() as session:
            account_id = auth.account_of(session, email).id
            places = [tenants.by_slug(session, slug).id for slug in towns]
        for tenant_id in places:
            with town(database, tenant_id) as db:
                auth.revoke(db, account_id, at=utc_now())
    typer.echo(f"{email} sees nothing of {', '.join(towns)} any more.")
