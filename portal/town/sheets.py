"""An entry of the town's file on its page: what is typed, and what is wrong with it.

Categories, articles and instructions have pages laid out by hand, with a try beside
them. They are opened, sent, kept and taken out alike; a ``Kind`` says what differs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Generic, Literal, TypeVar

from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_409_CONFLICT,
    HTTP_422_UNPROCESSABLE_ENTITY,
)
from msgspec import structs

from portal.town import changes
from portal.town.entry_keys import key_for
from portal.town.forms.flat import Typed, document_of, said, typed_of
from portal.town.hall import Hall
from tenants import files
from tenants.drafting import Drop, EditedMeanwhile, KeyTaken, Put, mark
from tenants.files.checks import check
from tenants.files.places import Path
from tenants.town import Article, Category, Instruction, NoSuchEntry, Town
from townline.errors import Conflict
from townline.i18n import gettext

Table = Literal["categories", "articles", "instructions"]
Entry = TypeVar("Entry", Category, Article, Instruction)
Faults = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[Entry]):
    """What stands in a table, and what its form does that others do not.

    ``called`` is the field of whose ``first`` words a new one's key is made. ``unfold``
    is the form of an entry, ``settle`` makes of a form what the file can say, and
    ``mixed`` is what only the form could say wrong, by field.
    """

    part: type[Entry]
    table: Table
    called: str
    first: int | None = None
    unfold: Callable[[Entry], dict[str, str]] = typed_of
    settle: Callable[[Town, Typed], dict[str, str]] = lambda _, form: dict(form)
    mixed: Callable[[Typed], Faults] = lambda _: {}

    def entries(self, town: Town) -> tuple[Entry, ...]:
        found: tuple[Entry, ...] = getattr(town, self.table)
        return found

    def find(self, town: Town, key: str) -> Entry:
        for each in self.entries(town):
            if each.key == key:
                return each
        raise NoSuchEntry

    def known(self, town: Town, key: str) -> str:
        """The same key, "" of a new one; raise NoSuchEntry for any other."""
        return self.find(town, key).key if key else ""


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
    kind: Kind[Entry]
    key: str
    was: str
    typed: Typed
    entry: Entry
    misshapen: bool
    sound: bool
    faults: Faults
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


def opened(kind: Kind[Entry], town: Town, key: str) -> Sheet[Entry]:
    """As it stands; raise NoSuchEntry for what is not there."""
    known = kind.find(town, key)
    return sheet(kind, town, kind.unfold(known), key=key, was=mark(known))


def sent(kind: Kind[Entry], town: Town, form: Typed, *, key: str) -> Sheet[Entry]:
    """As it is typed, with a key if it is new and has none."""
    typed = kind.settle(town, form)
    if not typed.get("key"):
        taken = [each.key for each in kind.entries(town)]
        words = said(typed, kind.called, town.languages).split()[: kind.first]
        typed["key"] = key_for(" ".join(words), taken, otherwise="x")
    return sheet(kind, town, typed, key=key, was=form.get("was", ""))


def sheet(
    kind: Kind[Entry], town: Town, typed: Typed, *, key: str = "", was: str = ""
) -> Sheet[Entry]:
    entry, misshapen = files.shaped(kind.part, document_of(kind.part, typed))
    with_it, place = _with(town, kind, entry, key=key)
    sense = () if misshapen else tuple(check(with_it))
    mixed = kind.mixed(typed)
    found = {_name(each.path): each.remedy for each in misshapen} | {
        _name(each.path[2:]): each.remedy
        for each in sense
        if each.path[:2] == (kind.table, place)
    }
    return Sheet(
        town=with_it,
        kind=kind,
        key=key,
        was=was,
        typed=typed,
        entry=entry,
        misshapen=bool(misshapen or mixed),
        sound=not misshapen and not sense,
        faults={**found, **mixed},
    )


def blank(kind: Kind[Entry], town: Town, typed: Typed) -> Sheet[Entry]:
    """A new one as it comes."""
    return untouched(sheet(kind, town, typed))


def untouched(it: Sheet[Entry]) -> Sheet[Entry]:
    """Nobody is told what is wrong with what they have not been asked yet."""
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


def remove(hall: Hall, sheet: Sheet[Entry], form: Typed) -> Sheet[Entry]:
    """Take it out of the draft, if it was ticked that it shall be gone."""
    if form.get("sure") != "yes":
        return replace(sheet, unsure=True)
    gone = Drop(table=sheet.kind.table, key=sheet.key, was=form.get("was", ""))
    changes.edit(hall, gone)
    return replace(sheet, kept=True)


def faults_of(town: Town, kind: Kind[Entry]) -> Iterator[tuple[Entry, int]]:
    """Every entry, and how much there is to put right in it."""
    paths = (each.path for each in check(town))
    places = Counter(e[1] for e in paths if e[0] == kind.table and len(e) > 1)
    for place, entry in enumerate(kind.entries(town)):
        yield entry, places[place]


def put(sheet: Sheet[Entry]) -> Put:
    table = sheet.kind.table
    return Put(table=table, entry=sheet.entry, key=sheet.key, was=sheet.was)


def edited_meanwhile(
    hall: Hall, sheet: Sheet[Entry], meanwhile: EditedMeanwhile
) -> Sheet[Entry]:
    """Kept again, it is what counts; gone by then, it is a new one."""
    town = hall.editing().town
    now = [each for each in sheet.kind.entries(town) if each.key == sheet.key]
    again = gettext("Keep it again, and yours is what counts.")
    return replace(
        sheet,
        town=town,
        key=sheet.key if now else "",
        was=mark(now[0]) if now else "",
        remedy=f"{gettext(str(meanwhile))} {again}",
    )


def _with(town: Town, kind: Kind[Entry], entry: Entry, *, key: str) -> tuple[Town, int]:
    entries = list(kind.entries(town))
    places = [place for place, each in enumerate(entries) if key and each.key == key]
    place = places[0] if places else len(entries)
    entries[place : place + 1] = [entry]
    return structs.replace(town, **{kind.table: tuple(entries)}), place


def _name(path: Path) -> str:
    return ".".join(map(str, path))
