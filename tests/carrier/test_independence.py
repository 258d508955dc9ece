"""The carrier is an oracle only while it shares no code with what it judges."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import notify.carrier

HOME = Path(notify.carrier.__file__).parent
MAY_USE = {
    "aiohttp",
    "cryptography",
    "jinja2",
    "litestar",
    "markupsafe",
    "msgspec",
    "uvicorn",
    "yarl",
    *sys.stdlib_module_names,
}


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_nothing_of_the_product_is_imported_nor_its_carriers_libraries() -> None:
    strange = {
        (path.name, name)
        for path in HOME.rglob("*.py")
        for name in _imported(path)
        if name.partition(".")[0] not in MAY_USE
        and not name.startswith("notify.carrier")
    }

    assert strange == set()
