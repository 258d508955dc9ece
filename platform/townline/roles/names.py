"""What the roles are called, and how each reaches one database."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field

from sqlalchemy import URL

OWNER, APP, ENGINE = ROLES = ("townline_owner", "townline_app", "townline_engine")


@dataclass(frozen=True, slots=True)
class RoleUrls:
    """One address a role, each with its password: never log them."""

    owner: str = field(repr=False)
    app: str = field(repr=False)
    engine: str = field(repr=False)


def role_url(admin: URL, role: str, database: str) -> str:
    url = admin.set(
        drivername="postgresql",
        username=role,
        password=password_of(role, admin),
        database=database,
    )
    address, mark, options = url.render_as_string(hide_password=False).partition("?")
    # SQLAlchemy writes a space in an option as "+", which libpq does not read.
    return address + mark + options.replace("+", "%20")


def password_of(role: str, admin: URL) -> str:
    """Derived, so that all who know the administrator's arrive at the same one.

    It cannot be turned back: who knows a role's password knows no other.
    """
    secret = str(admin.password).encode()
    return hmac.digest(secret, role.encode(), "sha256").hex()
