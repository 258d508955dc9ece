"""The three database roles, and the refusal to work as any other.

``townline_owner`` migrates and owns the tables, ``townline_app`` answers the web,
``townline_engine`` does the workers' rounds. None of them passes row-level security
by attribute: what the engine may read across towns, policies say one by one.
"""

from __future__ import annotations

from townline.roles.duties import WrongRole, grant_defaults, refuse_wrong_role
from townline.roles.names import APP, ENGINE, OWNER, RoleUrls
from townline.roles.preparation import (
    NotAnAdministrator,
    PasswordMissing,
    RolesNotReady,
    prepare,
)

__all__ = [
    "APP",
    "ENGINE",
    "OWNER",
    "NotAnAdministrator",
    "PasswordMissing",
    "RoleUrls",
    "RolesNotReady",
    "WrongRole",
    "grant_defaults",
    "prepare",
    "refuse_wrong_role",
]
