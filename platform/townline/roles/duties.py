"""What each role may do, and the check that a process works as the right one."""

from __future__ import annotations

from sqlalchemy import Connection, text

from townline.roles.names import APP, ENGINE


class WrongRole(Exception):
    """Townline refuses to work as this database role."""


def refuse_wrong_role(connection: Connection, expected: str) -> None:
    """Stop a process at its start if row-level security would not bind it.

    ``session_user`` counts too: a superuser who has set a lesser role can reset it.
    """
    current, login, unbound = connection.execute(
        text(
            "select current_user, session_user, rolsuper or rolbypassrls"
            " from pg_roles where rolname = current_user"
        )
    ).one()
    if current != expected or login != expected:
        seen = current if current == login else f"{current} (logged in as {login})"
        raise WrongRole(f"The database URL must name {expected}, not {seen}.")
    if unbound:
        raise WrongRole(
            f"{expected} is a superuser or has BYPASSRLS, and would see every town."
            f" Run: alter role {expected} nosuperuser nobypassrls"
        )


def grant_defaults(connection: Connection) -> None:
    """Say what the two serving roles may do with all that the owner will create.

    The first migration calls this as the owner. At that moment the only table is
    the migrations' own version, which the others may read. Functions are closed to
    everybody unless a migration opens them.
    """
    serving = f"{APP}, {ENGINE}"
    defaults = "alter default privileges"
    for statement in (
        "revoke create on schema public from public",
        f"grant usage on schema public to {serving}",
        f"grant select on all tables in schema public to {serving}",
        f"{defaults} grant select, insert, update, delete on tables to {serving}",
        f"{defaults} grant usage on sequences to {serving}",
        f"{defaults} revoke execute on functions from public",
    ):
        connection.execute(text(statement))
