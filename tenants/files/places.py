"""On which line of a TOML text each of its fields stands.

The standard reader tells values, not places. It has accepted the text before this
looks at it, so that this only has to follow names, brackets and commas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

Path = tuple[str | int, ...]

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


def lines(text: str) -> dict[Path, int]:
    """Every table, field and list item of the text, with its line counted from 1."""
    scanner = _Scanner([*_tokens(text), _Token("\n", text.count("\n") + 1)])
    scanner.scan()
    return scanner.found


def line_of(path: Path, found: dict[Path, int]) -> int:
    """The line of a field, or of the nearest thing around it that is written down."""
    while path and path not in found:
        path = path[:-1]
    return found.get(path, 1)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    line: int


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "blank":
            yield _Token(match[0], line)
        line += match[0].count("\n")


@dataclass(slots=True)
class _Scanner:
    """``found`` is the answer; ``latest`` the number of each list's latest item."""

    tokens: list[_Token]
    at: int = 0
    found: dict[Path, int] = field(default_factory=dict)
    latest: dict[Path, int] = field(default_factory=dict)

    def scan(self) -> None:
        table: Path = ()
        while self.at < len(self.tokens):
            if self._ahead() == "\n":
                self._take()
            elif self._ahead() == "[":
                table = self._header()
            else:
                self._field(table)

    def _header(self) -> Path:
        line = self._take().line
        is_item = self._ahead() == "["
        if is_item:
            self._take()
        path: Path = ()
        for name in self._names():
            path = (*self._current(path), name)
        self._skip_to("\n")
        if is_item:
            self.latest[path] = self.latest.get(path, -1) + 1
            self.found.setdefault(path, line)
        path = self._current(path)
        self.found[path] = line
        return path

    def _current(self, path: Path) -> Path:
        """The latest item, where the path is that of a list of tables."""
        return (*path, self.latest[path]) if path in self.latest else path

    def _field(self, table: Path) -> None:
        line = self.tokens[self.at].line
        for name in self._names():
            table = (*table, name)
            self.found.setdefault(table, line)
        self._take()
        self._value(table)

    def _names(self) -> Iterator[str]:
        yield self._take().text.strip("\"'")
        while self._ahead() == ".":
            self._take()
            yield self._take().text.strip("\"'")

    def _value(self, path: Path) -> None:
        match self._ahead():
            case "[":
                self._list(path)
            case "{":
                self._inline_table(path)
            case _:
                self._skip_to("\n", ",", "]", "}")

    def _list(self, path: Path) -> None:
        self._take()
        item = 0
        while self._ahead() != "]":
            if self._ahead() in (",", "\n"):
                self._take()
            else:
                self.found[(*path, item)] = self.tokens[self.at].line
                self._value((*path, item))
                item += 1
        self._take()

    def _inline_table(self, path: Path) -> None:
        self._take()
        while self._ahead() != "}":
            if self._ahead() == ",":
                self._take()
            else:
                self._field(path)
        self._take()

    def _ahead(self) -> str:
        return self.tokens[self.at].text

    def _take(self) -> _Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def _skip_to(self, *marks: str) -> None:
        while self._ahead() not in marks:
            self.at += 1
