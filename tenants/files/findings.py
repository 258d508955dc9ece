"""What is wrong with a town's file: where, and what to do about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from rapidfuzz import process

from tenants.files.places import Path
from townline.errors import Invalid
from townline.i18n import gettext, ngettext

# What is at least this like a known name was probably meant for it.
NEAR = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, with the line it stands on and a sentence that says the remedy.

    ``path`` is for reading; ``place`` is the same, step by step.
    """

    line: int
    path: str
    remedy: str
    place: Path = ()

    def __str__(self) -> str:
        return gettext("line {line}, {path}: {remedy}").format(
            line=self.line, path=self.path, remedy=self.remedy
        )


class TownFileInvalid(Invalid):
    """This town's file needs another look; nothing of it was taken over."""

    def __init__(self, source: str, findings: Iterable[Finding]) -> None:
        self.source = gettext(source)
        self.findings = tuple(findings)
        number = len(self.findings)
        said = ngettext(
            "{source} has {number} thing to put right; nothing of it was taken over.",
            "{source} has {number} things to put right; nothing of it was taken over.",
            number,
        ).format(source=self.source, number=number)
        super().__init__("\n".join([said, *(f"  {each}" for each in self.findings)]))


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding before its line is known.

    ``needs`` is the list that was looked up in: while the list itself is at fault, so
    is what was concluded from it.
    """

    path: Path
    remedy: str
    needs: Path = ()


def meant(written: str, known: Collection[str]) -> str:
    """``; did you mean "level"?``, or nothing when nothing known is near."""
    best = process.extractOne(written, sorted(known), score_cutoff=NEAR)
    if best is None:
        return "."
    return gettext('; did you mean "{known}"?').format(known=best[0])


def unknown(table: str, key: str, known: Collection[str]) -> str:
    """The remedy for a key that names no entry of a table."""
    remedy = gettext('Name an entry of {table}: there is no "{key}"{meant}')
    return remedy.format(table=gettext(table), key=key, meant=meant(key, known))


def named(path: Path, document: object) -> str:
    """``categories[3] "pothole".level``: items counted from 1, with their keys."""
    words = ""
    for step in path:
        document = _step(document, step)
        if isinstance(step, str):
            words += f".{step}" if words else step
        else:
            words += f"[{step + 1}]{_title(document)}"
    return words


def _step(document: object, step: str | int) -> object:
    if isinstance(document, dict):
        return document.get(step)
    if isinstance(document, list) and isinstance(step, int) and step < len(document):
        return document[step]
    return None


def _title(item: object) -> str:
    if not isinstance(item, dict):
        return ""
    title = item.get("key") or item.get("number") or item.get("when")
    return f' "{title}"' if title else ""
