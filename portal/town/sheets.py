"""An entry of the town's file on its page: what is typed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Generic, Literal, TypeVar

from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_409_CONFLICT,
    HTTP_422_UNPROCESSABLE_ENTITY,
)
from msgspec import structs

from portal.town import changes
from portal.town.hall import Hall
from portal.town.typed import Typed, document_of
from tenants import files
from tenants.drafting import EditedMeanwhile, KeyTaken, Put, editing, mark
from tenants.files.checks import check
from tenants.files.places import Path
from tenants.town import Article, Category, Instruction, Town
from townline.errors import Conflict
from townline.i18n import gettext

Table = Literal["categories", "articles", "instructions"]
Entry = TypeVar("Entry", Category, Article, Instruction)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Generic[Entry]):
    """``key`` is the entry's in the draft, "" while it is new; ``was`` its mark there.

    ``entry`` is what is typed as far as it can be read, and ``town`` the draft's with
    it, which is ``sound`` if it could be published. What is ``misshapen`` cannot be
    kept; ``faults`` are that, and what would stop publishing, by the names of their
    fields. It was ``tried`` when somebody meant to keep it, and they are ``unsure``
    who did not tick that it shall be gone.
    """

    town: Town
    table: Table
    key: str
    was: str
    typed: Typed
    entry: Entry
    misshapen: bool
    sound: bool
    faults: Mapping[str, str]
    remedy: str = ""
    tried: bool = False
    kept: bool = False
    unsure: bool = False

    def value(self, name: str) -> str:
        return self.typed.get(name, "")

    def lines(self, name: str) -> tuple[str, ...]:
        return tuple(self.value(name).split("\n"))

    def fault(self, name: str) -> str:
        return self.faults.get(name, "")

    @property
    def status_code(self) -> int:
        if self.remedy:
            return HTTP_409_CONFLICT
        refused = self.unsure or (self.tried and self.misshapen)
        return HTTP_422_UNPROCESSABLE_ENTITY if refused else HTTP_200_OK


def sheet(
    kind: type[Entry], table: Table, town: Town, typed: Typed, *, key: str, was: str
) -> Sheet[Entry]:
    entry, misshapen = files.shaped(kind, document_of(kind, typed))
    with_it, place = _with(town, table, entry, key=key)
    sense = () if misshapen else tuple(check(with_it))
    found = {_name(each.path): each.remedy for each in misshapen} | {
        _name(each.path[2:]): each.remedy
        for each in sense
        if each.path[:2] == (table, place)
    }
    return Sheet(
        town=with_it,
        table=table,
        key=key,
        was=was,
        typed=typed,
        entry=entry,
        misshapen=bool(misshapen),
        sound=not misshapen and not sense,
        faults=found,
    )


def untouched(it: Sheet[Entry]) -> Sheet[Entry]:
    """A new one as it comes: nobody is told what they have not been asked yet."""
    return replace(it, misshapen=False, faults={})


def keep(hall: Hall, sheet: Sheet[Entry]) -> Sheet[Entry]:
    """Put it into the draft; else the same sheet with why it was not taken."""
    if sheet.misshapen:
        return replace(sheet, tried=True)
    try:
        changes.edit(hall, put(sheet))
    except EditedMeanwhile as meanwhile:
        return edited_meanwhile(hall, sheet, meanwhile)
    except Conflict as refused:
        return replace(sheet, remedy=gettext(str(refused)))
    except KeyTaken as taken:
        faults = {**sheet.faults, "key": gettext(str(taken))}
        return replace(sheet, tried=True, misshapen=True, faults=faults)
    return replace(sheet, kept=True)


def faults_of(town: Town, table: Table) -> Mapping[int, int]:
    """How much there is to put right in each entry, by its place."""
    found: dict[int, int] = {}
    for fault in check(town):
        match fault.path:
            case (name, int(place), *_) if name == table:
                found[place] = found.get(place, 0) + 1
    return found


def put(sheet: Sheet[Entry]) -> Put:
    return Put(table=sheet.table, entry=sheet.entry, key=sheet.key, was=sheet.was)


def edited_meanwhile(
    hall: Hall, sheet: Sheet[Entry], meanwhile: EditedMeanwhile
) -> Sheet[Entry]:
    """Kept again, it is what counts; gone by then, it is a new one."""
    with hall.town() as db:
        town = editing(db).town
    now = [each for each in getattr(town, sheet.table) if each.key == sheet.key]
    again = gettext("Keep it again, and yours is what counts.")
    return replace(
        sheet,
        town=town,
        key=sheet.key if now else "",
        was=mark(now[0]) if now else "",
        remedy=f"{gettext(str(meanwhile))} {again}",
    )


def _with(town: Town, table: Table, entry: Entry, *, key: str) -> tuple[Town, int]:
    entries: list[Entry] = list(getattr(town, table))
    places = [place for place, each in enumerate(entries) if key and each.key == key]
    place = places[0] if places else len(entries)
    entries[place : place + 1] = [entry]
    return structs.replace(town, **{table: tuple(entries)}), place


def _name(path: Path) -> str:
    return ".".join(map(str, path))
