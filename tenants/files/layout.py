"""Where everything of a TOML text stands, to the letter, comments and all.

The standard reader has accepted the text before this looks at it: it only has to
follow names, brackets and commas, and to keep the places.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field

Names = tuple[str, ...]

_TOKEN = re.compile(
    r'(?P<text>"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*')"
    r"|(?P<blank>[ \t\r]+|\#[^\n]*)"
    r"|(?P<mark>[\[\]{},=.\n])"
    r"|(?P<bare>[^\s\[\]{},=.#\"']+)",
    re.DOTALL,
)
_COMMENT = re.compile(r"[ \t]*#[^\n]*\n?")
_REMARK = re.compile(r"[ \t]*#[^\n]*")
_BLANK_LINES = re.compile(r"(?:[ \t\r]*\n)*")


@dataclass(slots=True)
class Value:
    """From its first letter to its last; of a list the items, of a table its fields."""

    start: int
    end: int
    items: list[Item] | None = None
    fields: list[Field] | None = None


@dataclass(slots=True)
class Item:
    """``start`` is behind what precedes it; ``end`` behind its comma and its remark."""

    start: int
    value: Value
    comma: int | None
    end: int


@dataclass(slots=True)
class Field:
    """``end`` is behind the line."""

    names: Names
    start: int
    value: Value
    end: int


@dataclass(slots=True)
class Block:
    """A header and the fields below it; the first has no header.

    ``lead`` is where the comments right above it begin, ``body`` where its fields do.
    """

    number: int
    names: Names
    is_item: bool
    lead: int
    start: int
    body: int
    end: int
    fields: list[Field] = field(default_factory=list)


def blocks(text: str) -> list[Block]:
    """The parts of a text in their order."""
    return _Scanner(text).scan()


def after_blank_lines(text: str, place: int) -> int:
    found = _BLANK_LINES.match(text, place)
    return found.end() if found else place


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "blank":
            yield _Token(match[0], match.start(), match.end())
    yield _Token("\n", len(text), len(text))


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [*_tokens(text)]
        self.at = 0

    def scan(self) -> list[Block]:
        found = [Block(0, (), is_item=False, lead=0, start=0, body=0, end=0)]
        while self.at < len(self.tokens):
            if self._ahead() == "\n":
                self._take()
            elif self._ahead() == "[":
                found.append(self._header(len(found), found[-1].end))
            else:
                found[-1].fields.append(self._field(self._line_start()))
                found[-1].end = self._line_end()
        for block, following in zip(found, [*found[1:], None], strict=True):
            block.end = self._with_remarks(block.end, following)
        return found

    def _header(self, number: int, said: int) -> Block:
        """``said`` is where the fields before it end: no comment begins earlier."""
        start = self._line_start()
        self._take()
        is_item = self._ahead() == "["
        if is_item:
            self._take()
        names = tuple(self._names())
        self._skip_to("\n")
        body = self._line_end()
        lead = max(self._lead(start), said)
        return Block(number, names, is_item, lead, start, body, body)

    def _lead(self, start: int) -> int:
        """Up over the comments that stand right above."""
        above = self.text.rfind("\n", 0, max(start - 1, 0)) + 1
        while start and _COMMENT.match(self.text, above, start):
            start = above
            above = self.text.rfind("\n", 0, max(start - 1, 0)) + 1
        return start

    def _with_remarks(self, end: int, following: Block | None) -> int:
        """Behind the comments right below, unless they are the next one's."""
        limit = following.lead if following else len(self.text)
        while end < limit and (remark := _COMMENT.match(self.text, end)):
            end = remark.end()
        return min(end, limit)

    def _field(self, start: int) -> Field:
        names = tuple(self._names())
        self._take()
        value = self._value()
        return Field(names, start, value, self._line_end())

    def _names(self) -> Iterator[str]:
        yield _unquoted(self._take().text)
        while self._ahead() == ".":
            self._take()
            yield _unquoted(self._take().text)

    def _value(self) -> Value:
        match self._ahead():
            case "[":
                return self._list()
            case "{":
                return self._inline_table()
            case _:
                start = self.tokens[self.at].start
                self._skip_to("\n", ",", "]", "}")
                return Value(start, self.tokens[self.at - 1].end)

    def _list(self) -> Value:
        start = self._take().end - 1
        items: list[Item] = []
        begins = start + 1
        self._skip_lines()
        while self._ahead() != "]":
            value = self._value()
            self._skip_lines()
            comma = self._take().start if self._ahead() == "," else None
            ends = self._remark_end(value.end if comma is None else comma + 1)
            items.append(Item(begins, value, comma, ends))
            begins = ends
            self._skip_lines()
        return Value(start, self._take().end, items=items)

    def _inline_table(self) -> Value:
        start = self._take().start
        fields: list[Field] = []
        while self._ahead() != "}":
            if self._ahead() == ",":
                self._take()
            else:
                fields.append(self._field(self.tokens[self.at].start))
        return Value(start, self._take().end, fields=fields)

    def _remark_end(self, place: int) -> int:
        """Behind a comment on the same line; where the line has more, right here."""
        rest = _REMARK.match(self.text, place)
        return rest.end() if rest else place

    def _line_start(self) -> int:
        return self.text.rfind("\n", 0, self.tokens[self.at].start) + 1

    def _line_end(self) -> int:
        line = self.text.find("\n", self.tokens[self.at - 1].end)
        return len(self.text) if line < 0 else line + 1

    def _ahead(self) -> str:
        return self.tokens[self.at].text

    def _take(self) -> _Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def _skip_lines(self) -> None:
        while self._ahead() == "\n":
            self._take()

    def _skip_to(self, *marks: str) -> None:
        while self._ahead() not in marks:
            self.at += 1


def _unquoted(name: str) -> str:
    if name[0] not in "\"'":
        return name
    return next(iter(tomllib.loads(f"{name} = 0")))
