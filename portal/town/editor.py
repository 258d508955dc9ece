"""One page that edits a section of the rules, or an entry of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from msgspec.structs import fields

from portal.town import changes, forms
from portal.town.destinations import with_unverified
from portal.town.entries import find, title
from portal.town.entry_keys import key_of
from portal.town.faults import beside, dotted
from portal.town.fields import scene
from portal.town.hall import Hall
from portal.town.sections import Section
from tenants.drafting import Assign, Drop, Edit, Editing, Put, mark
from tenants.files import Fault, name_of
from tenants.town import Part, Town
from townline.errors import Conflict, Invalid, NotFound
from townline.i18n import gettext

Sent = Mapping[str, str]
Faults = Mapping[str, str]
# What stands for the key where there is one thing only; no key begins like this.
IT = "_it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """``key`` is the entry's, "" of a new one and where there are none.

    ``part`` is what is edited, None if it is not there yet; ``was`` says what it was
    when the page was opened. ``faults`` are by the field's name.
    """

    section: Section
    key: str
    town: Town
    part: Part | None
    typed: forms.Group
    was: str
    faults: Faults
    refused: str = ""
    focus: str = ""
    is_kept: bool = False

    @property
    def title(self) -> str:
        """What the entry is called; "" where there is none."""
        is_entry = self.section.shape == "entries" and self.part is not None
        return title(self.part) if is_entry and self.part else ""

    @property
    def nodes(self) -> Sequence[forms.Node]:
        return forms.draw(
            self.section.part, self.typed, scene(self.town), faults=self.faults
        )


def opened(it: Editing, section: Section, key: str) -> Page:
    """As it stands in the draft, with what forbids publishing beside its fields."""
    part = _part(it.town, section, key)
    return Page(
        section=section,
        key=key,
        town=it.town,
        part=part,
        typed=_blank(section, it.town) if part is None else forms.group(part),
        was=_marks(section, part),
        faults=beside(it, section, key),
    )


def changed(it: Editing, section: Section, key: str, sent: Sent) -> Page:
    """With one more item in a list, one fewer, or one moved, as a button asked."""
    page = opened(it, section, key)
    typed = forms.gather(forms.shape(section.part), sent, scene(it.town))
    focus = forms.act(section.part, typed, sent["do"])
    was = sent.get("was", "")
    return replace(page, typed=typed, was=was, faults={}, focus=focus)


def kept(hall: Hall, it: Editing, section: Section, key: str, sent: Sent) -> Page:
    """As it is in the draft now; or not kept, with what was typed and why."""
    page = opened(it, section, key)
    read = _read(page, sent)
    faults = [*read.faults, *_taken(page, read.part)]
    if faults:
        return _refused(page, read.typed, faults)
    try:
        for change in _changes(page, read.part, sent.get("was", "")):
            changes.edit(hall, change)
    except (Conflict, Invalid) as refused:
        return replace(page, typed=read.typed, faults={}, refused=str(refused))
    key = name_of(read.part) if section.shape == "entries" else ""
    return replace(page, part=read.part, key=key, is_kept=True)


def removal(section: Section, key: str, was: str) -> Edit:
    """What takes an entry out, or a table that a town may do without."""
    if section.shape == "entries":
        return Drop(table=section.field, key=key, was=was)
    if not section.may_be_none or key != IT:
        raise NotFound
    return Assign(field=section.field, value=None, was=was)


def _blank(section: Section, town: Town) -> forms.Group:
    """Whoever is new is spoken to in the town's first language."""
    typed = forms.blank(forms.shape(section.part))
    return typed | {"language": town.languages[0]} if "language" in typed else typed


def _read(page: Page, sent: Sent) -> forms.Read[Part]:
    """With a short name if none was given, and with what the form does not ask."""
    sent = dict(sent)
    kind = page.section.part
    if "key" in sent and not sent["key"].strip():
        typed = forms.gather(forms.shape(kind), sent, scene(page.town))
        taken = {name_of(each) for each in page.section.entries(page.town)}
        sent["key"] = page.key or key_of(typed, taken)
    read = forms.read(kind, sent, scene(page.town))
    return replace(read, part=with_unverified(read.part, page.part))


def _refused(page: Page, typed: forms.Group, faults: Sequence[Fault]) -> Page:
    said = gettext("Nothing was saved; what you typed is still there.")
    by_name = {dotted(each.path): each.remedy for each in reversed(faults)}
    return replace(page, typed=typed, faults=by_name, refused=said)


def _taken(page: Page, part: Part) -> Sequence[Fault]:
    if page.section.shape != "entries":
        return []
    names = [name_of(each) for each in page.section.entries(page.town)]
    name = name_of(part)
    if name == page.key or name not in names:
        return []
    remedy = gettext(
        'Choose another: "{value}" is taken by entry {number} of the list.'
    )
    field = next(e for e in ("key", "number", "when") if getattr(part, e, None))
    said = remedy.format(value=name, number=names.index(name) + 1)
    return [Fault((field,), said)]


def _changes(page: Page, part: Part, was: str) -> Sequence[Edit]:
    """Only what is not as it was when the page was opened."""
    section = page.section
    if section.shape == "entries":
        change = Put(table=section.field, entry=part, key=page.key, was=was)
        return [] if mark(part) == was else [change]
    if section.shape == "table":
        return (
            []
            if mark(part) == was
            else [Assign(field=section.field, value=part, was=was)]
        )
    marks = dict(zip(_names(section), was.split(), strict=False))
    return [
        Assign(field=name, value=getattr(part, name), was=marks.get(name, ""))
        for name in _names(section)
        if mark(getattr(part, name)) != marks.get(name)
    ]


def _marks(section: Section, part: Part | None) -> str:
    if section.shape == "entries" and part is None:
        return ""
    if section.shape != "fields":
        return mark(part)
    return " ".join(mark(getattr(part, name)) for name in _names(section))


def _names(section: Section) -> list[str]:
    return [each.name for each in fields(section.part)]


def _part(town: Town, section: Section, key: str) -> Part | None:
    if section.shape != "entries":
        return section.whole(town)
    return find(section, town, key) if key else None
