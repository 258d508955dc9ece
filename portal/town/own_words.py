"""One message in the town's own words: what is typed, how it reads, what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from litestar.status_codes import HTTP_200_OK, HTTP_409_CONFLICT
from msgspec import structs

from notify.rendering import house_words
from portal.town import changes
from portal.town.fields.messages import MESSAGES, NAMES, WAYS
from portal.town.hall import Hall
from tenants.drafting import EditedMeanwhile, Editing, Put, mark
from tenants.files import name_of
from tenants.files.checks import check
from tenants.town import Text, Town, Wording
from tenants.town.wording import RANGES
from townline.errors import Conflict, Invalid, NotFound
from townline.i18n import gettext

TABLE = "messages"
Sent = Mapping[str, str]


class NoSuchMessage(NotFound):
    """This message is not one that a town words itself."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name that may be written in braces, and what it becomes.

    ``instead`` are the others that would do as well, where one of them is needed.
    """

    name: str
    becomes: str
    needed: bool
    instead: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """``town`` is the draft's with ``wording`` in it; ``was`` its mark, "" of ours."""

    town: Town
    wording: Wording
    was: str
    faults: Mapping[str, str]
    remedy: str = ""
    kept: bool = False
    # A text can always be kept; what forbids publishing stands beside it.
    misshapen: bool = field(default=False, init=False)

    @property
    def name(self) -> str:
        return name_of(self.wording)

    @property
    def title(self) -> str:
        return gettext(MESSAGES[self.wording.key])

    @property
    def way(self) -> str:
        return gettext(WAYS[self.wording.channel])

    @property
    def status_code(self) -> int:
        return HTTP_409_CONFLICT if self.remedy else HTTP_200_OK

    def value(self, name: str) -> str:
        part, _, language = name.partition(".")
        words: str = getattr(getattr(self.wording, part), language)
        return words

    def fault(self, name: str) -> str:
        return self.faults.get(name, "")

    def names(self) -> list[Named]:
        knows = RANGES[self.wording.key][self.wording.channel]
        groups = {each: group for group in knows.needs for each in group}
        return [_named(each, groups.get(each, ())) for each in knows.knows]


def opened(it: Editing, name: str) -> Sheet:
    """As the draft has it; in our words, as long as the town has none of its own."""
    ours = _ours(it.town, name)
    for each in it.town.messages:
        if name_of(each) == name:
            return _sheet(it.town, each, was=mark(each))
    return _sheet(it.town, ours, was="")


def typed(it: Editing, name: str, sent: Sent) -> Sheet:
    """What another language of the file says is kept as it is."""
    known = opened(it, name).wording
    changed = structs.replace(
        known,
        text=_read(known.text, it.town, sent, "text"),
        subject=_read(known.subject, it.town, sent, "subject"),
    )
    return _sheet(it.town, changed, was=sent.get("was", ""))


def keep(hall: Hall, sheet: Sheet) -> Sheet:
    """Into the draft; else the same sheet with why it was not taken."""
    key = sheet.name if sheet.was else ""
    change = Put(table=TABLE, entry=sheet.wording, key=key, was=sheet.was)
    try:
        changes.edit(hall, change)
    except (Conflict, Invalid, NotFound) as refused:
        return _overtaken(hall, sheet, refused)
    return replace(sheet, kept=True)


def _named(name: str, group: tuple[str, ...]) -> Named:
    others = tuple(each for each in group if each != name)
    return Named(name, gettext(NAMES[name]), name in group, others)


def _ours(town: Town, name: str) -> Wording:
    for key, ways in RANGES.items():
        for channel in ways:
            if f"{key}.{channel}" == name:
                ours = {e: house_words(key, channel, e) for e in town.languages}
                return Wording(
                    key=key,
                    channel=channel,
                    text=Text(**{e: own.text for e, own in ours.items()}),
                    subject=Text(**{e: own.subject for e, own in ours.items()}),
                )
    raise NoSuchMessage


def _sheet(town: Town, wording: Wording, *, was: str) -> Sheet:
    name = name_of(wording)
    others = [each for each in town.messages if name_of(each) != name]
    with_it = structs.replace(town, messages=(wording, *others))
    faults: dict[str, str] = {}
    for each in check(with_it):
        if each.path[:2] == (TABLE, 0):
            place = ".".join(map(str, each.path[2:]))
            faults[place] = f"{faults.get(place, '')} {each.remedy}".strip()
    return Sheet(town=with_it, wording=wording, was=was, faults=faults)


def _read(known: Text, town: Town, sent: Sent, name: str) -> Text:
    said = {
        each: sent[f"{name}.{each}"].replace("\r\n", "\n").strip()
        for each in town.languages
        if f"{name}.{each}" in sent
    }
    return structs.replace(known, **said)


def _overtaken(hall: Hall, sheet: Sheet, refused: Exception) -> Sheet:
    """Kept again, it is what counts; whoever was quicker has just been named."""
    now = opened(hall.editing(), sheet.name)
    said = gettext(str(refused))
    if isinstance(refused, EditedMeanwhile) or now.was != sheet.was:
        said = f"{said} {gettext('Keep it again, and yours is what counts.')}"
    return replace(sheet, was=now.was, remedy=said)
