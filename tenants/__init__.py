"""Municipalities and their rules: one immutable, versioned document a town.

``town`` is the value everything speaks of, ``rules`` what it decides, ``files`` its
text and ``lint`` what would go wrong; ``publishing`` makes its versions, ``queries``
finds them.
"""

from __future__ import annotations

from tenants.files import (
    Difference,
    Finding,
    TownFileInvalid,
    differences,
    read,
    write,
)
from tenants.lint import Knowledge, Weakness, lint
from tenants.models import Line, Tenant, TownVersion
from tenants.publishing import (
    LineTaken,
    PrefixFixed,
    PrefixTaken,
    Published,
    TownUnsafe,
    import_town,
    preview,
)
from tenants.queries import (
    NotPublished,
    all_towns,
    by_id,
    by_prefix,
    by_slug,
    current,
    current_of,
    export_town,
    find_line,
    id_of,
    look_up,
    rules_of,
    versions,
)
from tenants.rules import (
    choose_policy,
    gaps,
    inside,
    missing,
    on_call,
    phrase,
    promise,
    raised_level,
    resolve,
    shifts,
    status,
    stop,
    suggest,
    visible_questions,
    weigh_policies,
)
from tenants.shelf import Rules

__all__ = [
    "Difference",
    "Finding",
    "Knowledge",
    "Line",
    "LineTaken",
    "NotPublished",
    "PrefixFixed",
    "PrefixTaken",
    "Published",
    "Rules",
    "Tenant",
    "TownFileInvalid",
    "TownUnsafe",
    "TownVersion",
    "Weakness",
    "all_towns",
    "by_id",
    "by_prefix",
    "by_slug",
    "choose_policy",
    "current",
    "current_of",
    "differences",
    "export_town",
    "find_line",
    "gaps",
    "id_of",
    "import_town",
    "inside",
    "lint",
    "look_up",
    "missing",
    "on_call",
    "phrase",
    "preview",
    "promise",
    "raised_level",
    "read",
    "resolve",
    "rules_of",
    "shifts",
    "status",
    "stop",
    "suggest",
    "versions",
    "visible_questions",
    "weigh_policies",
    "write",
]
