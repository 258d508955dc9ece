"""Forms of rosters: what was typed, the part of a file that it makes, what it lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast, get_args

from portal.town.rosters import dates
from portal.town.rosters.plans import Entry, Kind
from tenants.files import shaped
from tenants.town import Absence, Key, Override, Part, Temporary, Town, Vacation
from townline.errors import NotFound
from townline.i18n import gettext

P = TypeVar("P", bound=Part)

_PARTS: Mapping[Kind, type[Entry]] = {
    "overrides": Override,
    "absences": Absence,
    "temporary": Temporary,
}
_INSTANTS = ("starts", "ends", "anchor")
MEMBER = "member."


@dataclass(frozen=True, slots=True)
class Form:
    """``faults`` say by field what is wrong; without them nobody has sent it yet."""

    typed: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)

    def value(self, name: str) -> str:
        return self.typed.get(name, "")

    def fault(self, name: str) -> str:
        return self.faults.get(name, "")

    @property
    def members(self) -> tuple[Key, ...]:
        """In the order in which they were chosen; what was left empty is nobody."""
        chosen = (
            (int(number), key)
            for name, key in self.typed.items()
            if name.startswith(MEMBER)
            and (number := name.removeprefix(MEMBER)).isdigit()
            and key
        )
        return tuple(key for _, key in sorted(chosen))

    @property
    def is_now(self) -> bool:
        """Whether it holds at once, or is put to what is being prepared."""
        return self.value("holds") != "later"

    def with_faults(self, more: Mapping[str, str]) -> Form:
        return replace(self, faults={**more, **self.faults})


class Refused(Exception):
    """A form came in that cannot be; it is shown again with what is wrong."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.form = form


def kind_of(text: str) -> Kind:
    """Raise NotFound for what is no kind of exception."""
    if text not in get_args(Kind):
        raise NotFound
    return cast("Kind", text)


def entry_of(kind: Kind, form: Form, town: Town) -> Entry:
    """The exception that a form describes, or Refused."""
    return _read(_PARTS[kind], form, [each.key for each in town.contacts])


def vacation_of(form: Form) -> Vacation:
    return _read(Vacation, form, ())


def override_of(
    form: Form, town: Town, *, contact: str, starts: str, ends: str
) -> Override:
    """An override whose fields have other names on their page, or Refused."""
    names = {"contact": contact, "starts": starts, "ends": ends}
    inner = Form({field: form.value(name) for field, name in names.items()})
    try:
        return _read(Override, inner, [each.key for each in town.contacts])
    except Refused as refused:
        faults = {names[field]: why for field, why in refused.form.faults.items()}
        raise Refused(form.with_faults(faults)) from refused


def part_of(kind: type[P], form: Form, document: Mapping[str, object]) -> P:
    """A part of the town, or Refused with every fault beside its field."""
    part, faults = shaped(kind, document)
    if faults:
        said = {_name(fault.path): fault.remedy for fault in reversed(faults)}
        raise Refused(form.with_faults(said))
    return part


def number(text: str) -> object:
    """What is no number stays as it was typed, to be shown."""
    return int(text) if text.strip().isdecimal() else text


def instant(text: str) -> object:
    return dates.read(text) or text


def _read(kind: type[P], form: Form, people: Collection[Key]) -> P:
    unchosen = {
        name: gettext("Choose somebody.")
        for name, keys in _chosen(kind, form)
        if not keys or not {*keys} <= {*people}
    }
    part = part_of(kind, form.with_faults(unchosen), dict(_document(kind, form)))
    if not unchosen and form.value("ends") and not _is_forward(form):
        late = gettext("Write an end that is later than the beginning.")
        raise Refused(form.with_faults({"ends": late}))
    if unchosen:
        raise Refused(form.with_faults(unchosen))
    return part


def _chosen(kind: type[Part], form: Form) -> Iterator[tuple[str, Collection[Key]]]:
    if kind is Temporary:
        yield "members", form.members
    elif kind is not Vacation:
        yield "contact", [key for key in [form.value("contact")] if key]


def _document(kind: type[Part], form: Form) -> Iterator[tuple[str, object]]:
    yield from (
        (name, instant(form.value(name)))
        for name in _INSTANTS
        if name in kind.__struct_fields__ and (form.value(name) or name != "anchor")
    )
    if kind is Temporary:
        yield "days", number(form.value("days"))
        yield "members", list(form.members)
    elif kind is not Vacation:
        yield "contact", form.value("contact")


def _is_forward(form: Form) -> bool:
    starts, ends = dates.read(form.value("starts")), dates.read(form.value("ends"))
    return starts is not None and ends is not None and starts < ends


def _name(path: tuple[str | int, ...]) -> str:
    return str(path[0]) if path else ""
