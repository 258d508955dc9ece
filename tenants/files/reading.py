"""From a file's text to a town, or to everything that is wrong with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

import msgspec

from tenants.files.checks import check
from tenants.files.drafts import draft
from tenants.files.findings import Fault, Finding, TownFileInvalid, named
from tenants.files.places import Path, line_of, lines
from tenants.town import Town
from townline.i18n import gettext


def read(text: str, *, source: str) -> Town:
    """The town that ``text`` describes; ``source`` is what its errors call it."""
    town, findings = examined(text, source=source)
    if findings:
        raise TownFileInvalid(source, findings)
    return town


def examined(text: str, *, source: str) -> tuple[Town, tuple[Finding, ...]]:
    """The town as far as the text has it, and all that is wrong with it."""
    document = _document(text, source)
    town, misshapen = draft(document)
    faults = (*misshapen, *_grounded(check(town), misshapen))
    return town, tuple(_findings(faults, text, document))


def shape_faults(text: str, *, source: str) -> tuple[Finding, ...]:
    """Only what keeps the text from being a town at all."""
    document = _document(text, source)
    return tuple(_findings(draft(document)[1], text, document))


def recall(text: str) -> Town:
    """The town of a text that was accepted before; what it may not say has changed
    since, perhaps, but not what it says.
    """
    return msgspec.convert(tomllib.loads(text), Town)


# What msgspec learns of a type it learns at the first conversion, and two threads
# that come first together bring the process down (msgspec 0.22).
with suppress(msgspec.ValidationError):
    msgspec.convert({}, Town)


def _document(text: str, source: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TownFileInvalid(source, [_syntax(str(error), text)]) from error
    except RecursionError as error:
        remedy = gettext("Nest its lists and tables less deeply.")
        finding = Finding(1, gettext("the file"), remedy)
        raise TownFileInvalid(source, [finding]) from error


def _syntax(message: str, text: str) -> Finding:
    """The reader's own sentence; it says where in brackets at its end."""
    said, _, place = message.rstrip(")").partition(" (at ")
    found = re.match(r"line (\d+), column (\d+)", place)
    line, column = found.groups() if found else (text.count("\n") + 1, "")
    place = gettext("column {number}").format(number=column) if column else ""
    remedy = gettext("Write this as TOML: {said}.").format(said=said)
    return Finding(int(line), place or gettext("its end"), remedy)


def _grounded(found: Iterable[Fault], misshapen: tuple[Fault, ...]) -> Iterator[Fault]:
    """The faults that are not merely concluded from a stand-in."""
    paths = [fault.path for fault in misshapen]
    for fault in found:
        if not any(_touch(fault.path, path) for path in paths) and not any(
            _undoes(path, fault.needs) for path in paths
        ):
            yield fault


def _touch(one: Path, other: Path) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def _undoes(path: Path, table: Path) -> bool:
    """Whether a fault at ``path`` is one of the table's, an entry's or its key's."""
    inside = bool(table) and path[: len(table)] == table
    return inside and (len(path) <= len(table) + 1 or path[-1] == "key")


def _findings(
    faults: Iterable[Fault], text: str, document: Mapping[str, object]
) -> list[Finding]:
    found = lines(text)
    findings = (
        Finding(line_of(e.path, found), named(e.path, document), e.remedy, e.path)
        for e in faults
    )
    return sorted(findings, key=lambda finding: finding.line)
