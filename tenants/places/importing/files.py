"""The records of a CSV or a GeoJSON file, one after another, each with its line."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, cast

from townline.errors import Invalid

# Read so much at a time; a record longer than this many pieces is no record.
PIECE = 65_536
LONGEST = 16 * PIECE


class NotAList(Invalid):
    """This is neither a CSV file with a header nor GeoJSON."""


@dataclass(frozen=True, slots=True)
class Record:
    """``values`` by the file's own names; ``shape`` is GeoJSON's, empty in a CSV.

    ``fault`` says what is wrong with a record that could not be read at all.
    """

    line: int
    values: Mapping[str, object]
    shape: Mapping[str, Any]
    fault: str = ""


def digest(path: Path, *also: str) -> bytes:
    """The same for the same file read in the same way."""
    made = sha256("\0".join(also).encode())
    with path.open("rb") as file:
        while piece := file.read(PIECE * 16):
            made.update(piece)
    return made.digest()


def records(path: Path) -> Iterator[Record]:
    with _opened(path) as raw, TextIOWrapper(raw, _encoding(path), newline="") as text:
        if _is_json(path):
            yield from _features(text)
        else:
            yield from _rows(text)


def _opened(path: Path) -> IO[bytes]:
    if path.suffix == ".gz":
        return cast("IO[bytes]", gzip.open(path, "rb"))
    return path.open("rb")


def _encoding(path: Path) -> str:
    """UTF-8, or what Windows writes when it is not."""
    with _opened(path) as raw, TextIOWrapper(raw, "utf-8") as text:
        try:
            while text.read(PIECE):
                pass
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def _is_json(path: Path) -> bool:
    with _opened(path) as raw:
        return raw.read(PIECE).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _rows(text: TextIOWrapper) -> Iterator[Record]:
    sample = text.read(PIECE)
    text.seek(0)
    first = sample.splitlines()[0] if sample.strip() else ""
    separator = max(",;\t|", key=first.count)
    rows = csv.reader(text, delimiter=separator)
    header = [name.strip() for name in next(rows, [])]
    if len(header) < 2:
        raise NotAList
    for row in rows:
        if not any(row):
            continue
        fault = ""
        if len(row) != len(header):
            fault = (
                f"it has {len(row)} fields, the header {len(header)}: put texts with"
                f' "{separator}" in quotes'
            )
        values = dict(zip(header, row, strict=False))
        yield Record(rows.line_num, values, {}, fault)


def _features(text: TextIOWrapper) -> Iterator[Record]:
    """The features of a collection, or one a line as OpenAddresses has them."""
    decoder, held, line = json.JSONDecoder(), "", 1
    begun = False
    while True:
        piece = text.read(PIECE)
        held += piece
        if not begun:
            begun, held, line = _after_the_head(held, line)
        while begun:
            found, held, line = _next(decoder, held, line)
            if found is None:
                break
            yield found
        if not piece or len(held) > LONGEST:
            break
    rest = held.lstrip(" \t\r\n,\x1e")
    if not begun or (rest and not rest.startswith("]")):
        why = "this feature is not whole: the file may be cut short"
        yield Record(line, {}, {}, why)


def _after_the_head(held: str, line: int) -> tuple[bool, str, int]:
    """Past ``{"type": "FeatureCollection", "features": [``, if there is such a head."""
    head = held.find('"features"')
    if head >= 0:
        bracket = held.find("[", head)
        if bracket < 0:
            return False, held, line
        return True, held[bracket + 1 :], line + held.count("\n", 0, bracket)
    alone = '"Feature"' in held[:PIECE] and "FeatureCollection" not in held[:PIECE]
    return alone, held, line


def _next(
    decoder: json.JSONDecoder, held: str, line: int
) -> tuple[Record | None, str, int]:
    """A whole feature from the front of what is held, or None until there is more."""
    start = len(held) - len(held.lstrip(" \t\r\n,\x1e"))
    line += held.count("\n", 0, start)
    held = held[start:]
    if not held.startswith("{"):
        return None, held, line
    try:
        feature, end = decoder.raw_decode(held)
    except json.JSONDecodeError:
        return None, held, line
    at = line
    line += held.count("\n", 0, end)
    values = feature.get("properties") or {}
    shape = feature.get("geometry") or {}
    return Record(at, values, shape), held[end:], line
