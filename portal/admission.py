"""Letting people in: the form for somebody new, and the page that shows it again.

The operator's people answer for towns, a town's for departments: each page says within
what its people act, and what else it shows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from portal.addresses import ADDRESS
from townline.auth import Role, Wish
from townline.errors import Invalid
from townline.i18n import gettext


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The form for somebody new, or for a change of what they may do.

    ``within`` are the slugs of their towns, or the keys of their departments.
    """

    role: str
    email: str = ""
    name: str = ""
    language: str = "en"
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """The page of those who are in; ``refused`` is why ``asked`` was not taken."""

    asked: Asked
    at: datetime
    refused: Invalid | None = None

    def fault(self, field: str) -> str:
        here = self.refused is not None and self.refused.field == field
        return gettext(str(self.refused)) if here else ""


def asked_in(form: Mapping[str, str], *, under: str) -> Asked:
    """``under`` is what the names of the boxes begin with that say within what."""
    return Asked(
        role=form.get("role", ""),
        email=form.get("email", ""),
        name=form.get("name", ""),
        language=form.get("language", ""),
        within=tuple(e.removeprefix(under) for e in form if e.startswith(under)),
    )


def wish_of(asked: Asked, roles: Collection[str]) -> Wish:
    """Who is to come in, and as one of these; raise Invalid for what is missing."""
    if not ADDRESS.fullmatch(asked.email.strip()):
        remedy = gettext("Write an email address, as in name@town.example.")
        raise Invalid(remedy, field="email")
    if not asked.name.strip():
        raise Invalid(gettext("Write their name."), field="name")
    return Wish(
        email=asked.email,
        name=asked.name,
        role=role_of(asked, roles),
        language="fr" if asked.language == "fr" else "en",
    )


def role_of(asked: Asked, roles: Collection[str]) -> Role:
    if asked.role not in roles:
        raise Invalid(gettext("Choose one of the roles."), field="role")
    return cast("Role", asked.role)
