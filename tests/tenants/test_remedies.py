"""A remedy says what to do; whether in a file or on a page, its reader knows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

# What only somebody who has the file before them would understand.
FILES_OWN = re.compile(r"\b(file|fichier|TOML)\b|\[\[|\w_\w| = ")
PLACEHOLDER = re.compile(r"\{[^}]*\}")


def sentences(room: str) -> Iterator[str]:
    for path in sorted(Path(str(files("tenants") / room)).rglob("*.py")):
        tree = ast.parse(path.read_text())
        docstrings = {
            id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)
        }
        for node in ast.walk(tree):
            match node:
                case ast.Constant(str(words)) if id(node) not in docstrings:
                    if " " in words:
                        yield PLACEHOLDER.sub("", words)


@pytest.mark.parametrize("room", ["files/checks", "lint", "rules"])
def test_no_remedy_speaks_of_how_the_file_is_written(room: str) -> None:
    said = list(sentences(room))

    assert said
    assert [each for each in said if FILES_OWN.search(each)] == []
