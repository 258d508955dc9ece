"""A file from somebody's own editor: what it would change, before it is the draft."""

from __future__ import annotations

from dataclasses import dataclass

import tenants
from portal.town.changes.comparing import Changed, compared
from portal.town.changes.vocabulary import clash_name
from tenants import drafting
from tenants.drafting.edits import mark
from tenants.files import Finding, TownFileInvalid
from townline.errors import Invalid
from townline.tenancy import TenantSession

# The largest town we know of is a tenth of this.
LARGEST = 4_000_000


class FileMissing(Invalid):
    """Choose the file you have edited."""


class NotText(Invalid):
    """This is no text file; a town's file ends in .toml."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """``instead_of`` is a mark of what the file is compared with."""

    body: str
    instead_of: str
    changes: tuple[Changed, ...]
    clashes: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    only_layout: bool = False


@dataclass(frozen=True, slots=True)
class WayBack:
    """An earlier version as the next draft, where two have to agree on what holds."""

    body: str
    instead_of: str


def way_back(db: TenantSession, number: int) -> WayBack | None:
    """Nothing where one person may let a version hold again at once."""
    if not tenants.current(db).town.publishing.second_person:
        return None
    earlier = drafting.version_of(db, number).body
    return WayBack(body=earlier, instead_of=mark(drafting.text_of(db)))


def shown(db: TenantSession, text: str, exported: str) -> Shown:
    """What taking a file over would change; or all that keeps it from being a town."""
    it = drafting.editing(db)
    now = drafting.text_of(db)
    since = int(exported) if exported.isdecimal() else None
    try:
        incoming = drafting.incoming(db, text, since=since)
    except TownFileInvalid as refused:
        return Shown(
            body=text,
            instead_of="",
            changes=(),
            clashes=(),
            findings=refused.findings,
        )
    changes = compared(it.town, incoming.town)
    return Shown(
        body=incoming.body,
        instead_of=mark(now),
        changes=changes,
        clashes=tuple(clash_name(clash.path) for clash in incoming.clashes),
        only_layout=not changes and incoming.body != now,
    )


def read_upload(content: bytes) -> str:
    if not content:
        raise FileMissing(field="file")
    try:
        # Editors on Windows end lines with two signs, and put a mark before them all.
        text = content[:LARGEST].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotText(field="file") from error
    return text.replace("\r\n", "\n")
