"""What callers can be told, as it is edited: the list, and one answer on its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date

from portal.town import sheets
from portal.town.sheets import Kind, Sheet
from tenants.rules.answers import Index, holds
from tenants.rules.calendar_words import seasons
from tenants.town import Article, Town
from townline.i18n import LOCALES, gettext, language

ARTICLES = Kind(part=Article, table="articles", called="title")


@dataclass(frozen=True, slots=True)
class Listed:
    """``holds`` says that agents find it today, ``faults`` what stops publishing."""

    article: Article
    holds: bool
    faults: int

    @property
    def when(self) -> str:
        """Its days of every year and of this one; nothing of one that always holds."""
        it = self.article
        said = [seasons([it.season]).in_(language())] if it.season else []
        if it.valid_from:
            said.append(gettext("from %(day)s") % {"day": _day(it.valid_from)})
        if it.valid_until:
            said.append(gettext("until %(day)s") % {"day": _day(it.valid_until)})
        return ", ".join(said)


@dataclass(frozen=True, slots=True)
class Found:
    """How an article comes up: at which place for what is typed, 0 if it does not."""

    words: str
    place: int
    among: int
    holds: bool


def listed(town: Town, *, at: datetime) -> tuple[Listed, ...]:
    return tuple(
        Listed(each, holds(each, town.time_zone, at=at), faults)
        for each, faults in sheets.faults_of(town, ARTICLES)
    )


def blank() -> dict[str, str]:
    return {"audience": "public", "order": "100"}


def found(it: Sheet[Article], form: Mapping[str, str], *, at: datetime) -> Found:
    """What an agent who types these words is shown, with the article as it stands."""
    words = form.get("try", "").strip()
    keys = [each.key for each in Index.of(it.town).search(words)] if words else []
    place = keys.index(it.entry.key) + 1 if it.entry.key in keys else 0
    is_held = holds(it.entry, it.town.time_zone, at=at)
    return Found(words, place, len(keys), is_held)


def _day(day: date) -> str:
    return str(format_date(day, "d MMMM y", locale=LOCALES[language()]))
