"""Making the roles and the database, as the administrator DATABASE_URL names."""

from __future__ import annotations

from typing import Any, LiteralString

import psycopg
from psycopg import errors, sql
from sqlalchemy import URL, make_url

from townline.roles.names import (
    APP,
    ENGINE,
    OWNER,
    ROLES,
    RoleUrls,
    password_of,
    role_url,
)

# Advisory locks are counted per database; everybody who prepares meets in this one.
MEETING_POINT = "postgres"
PREPARING = int.from_bytes(b"townline", "big")

# PostgreSQL 16 split membership in three; before it, being a member was enough.
MEMBERSHIP_HAS_OPTIONS = 160000


class RolesNotReady(Exception):
    """The database roles could not be prepared."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or (self.__doc__ or "").split("\n")[0])


class PasswordMissing(RolesNotReady):
    """The administrator's URL needs a password; the roles' own are derived from it."""


class NotAnAdministrator(RolesNotReady):
    """The administrator must be a superuser, or have CREATEROLE and CREATEDB."""


def prepare(admin_url: str, database: str) -> RoleUrls:
    """Make what is missing of the roles and the database; harmless when repeated."""
    admin = make_url(admin_url).set(database=MEETING_POINT)
    if not admin.password:
        raise PasswordMissing
    urls = RoleUrls(*(role_url(admin, role, database) for role in ROLES))
    with _connect(admin) as connection:
        _require_administrator(connection)
        connection.execute("select pg_advisory_lock(%s)", [PREPARING])
        try:
            _make_roles(connection, admin)
            _make_database(connection, database)
            _shut_out_the_public(make_url(urls.owner))
        except errors.InsufficientPrivilege as refusal:
            raise NotAnAdministrator(f"{NotAnAdministrator()} {refusal}") from refusal
    return urls


def _connect(url: URL) -> psycopg.Connection:
    place: dict[str, Any] = url.translate_connect_args(
        username="user", database="dbname"
    )
    return psycopg.connect(autocommit=True, **place, **dict[str, Any](url.query))


def _require_administrator(connection: psycopg.Connection) -> None:
    allowed = connection.execute(
        "select rolsuper or (rolcreaterole and rolcreatedb)"
        " from pg_roles where rolname = current_user"
    ).fetchone()
    if allowed != (True,):
        raise NotAnAdministrator


def _make_roles(connection: psycopg.Connection, admin: URL) -> None:
    for role in ROLES:
        name = sql.Identifier(role)
        if not _exists(connection, "select from pg_roles where rolname = %s", role):
            # Without a word about it a role gets none of the dangerous attributes.
            _run(connection, "create role {}", name)
        verifier = _verifier(connection, role, password_of(role, admin))
        _run(connection, "alter role {} login password {}", name, verifier)


def _verifier(connection: psycopg.Connection, role: str, password: str) -> sql.Literal:
    """The salted hash PostgreSQL would store: no server log ever sees the password."""
    verifier = connection.pgconn.encrypt_password(
        password.encode(), role.encode(), b"scram-sha-256"
    )
    return sql.Literal(verifier.decode())


def _make_database(connection: psycopg.Connection, database: str) -> None:
    if _exists(connection, "select from pg_database where datname = %s", database):
        return
    owner = sql.Identifier(OWNER)
    _join(connection, owner)
    _run(
        connection,
        "create database {} owner {} encoding 'UTF8' template template0",
        sql.Identifier(database),
        owner,
    )


def _join(connection: psycopg.Connection, owner: sql.Identifier) -> None:
    """Short of a superuser, only a member may create a database in another's name."""
    if connection.info.parameter_status("is_superuser") == "on":
        return
    if connection.info.server_version < MEMBERSHIP_HAS_OPTIONS:
        _run(connection, "grant {} to current_user", owner)
    else:
        _run(connection, "grant {} to current_user with set true", owner)


def _shut_out_the_public(owner: URL) -> None:
    database = sql.Identifier(str(owner.database))
    serving = sql.SQL(", ").join([sql.Identifier(APP), sql.Identifier(ENGINE)])
    with _connect(owner) as connection:
        _run(connection, "revoke all on database {} from public", database)
        _run(connection, "grant connect on database {} to {}", database, serving)


def _exists(connection: psycopg.Connection, query: LiteralString, name: str) -> bool:
    return connection.execute(query, [name]).fetchone() is not None


def _run(
    connection: psycopg.Connection, statement: LiteralString, *parts: sql.Composable
) -> None:
    connection.execute(sql.SQL(statement).format(*parts))
