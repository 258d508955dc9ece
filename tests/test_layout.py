"""The repository's shape and its customs, as tests."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from tests.sources import PACKAGES, ROOT, code, is_migration, name, stories, templates

BANNED = {
    "common",
    "data",
    "handler",
    "handlers",
    "helper",
    "helpers",
    "info",
    "manager",
    "managers",
    "misc",
    "processor",
    "processors",
    "util",
    "utils",
}

# A request, a job, a command, a batch of the outbox: these are the boundaries.
MAY_COMMIT = re.compile(
    r"platform/townline/(entrypoints/|migrations/|(db|boundary)\.py)"
    r"|notify/(\w+/)?(outbox|pump)(/|\.py)"
)
# Written apart, so that this file keeps the customs it holds others to.
UNFINISHED = re.compile(
    "|".join(("TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error"))
)
BARE_IGNORE = re.compile(r"type: " + r"ignore(?!\[)")
OUR_OWN_PATCHED = re.compile(r"mock\." + r"patch|monkeypatch\." + r"setattr")

LEVEL = {"surveys", "escalation"}


def saying(pattern: re.Pattern[str], paths: Iterator[Path]) -> list[str]:
    return [name(path) for path in paths if pattern.search(path.read_text())]


def everything() -> Iterator[Path]:
    yield from code()
    yield from stories()
    yield from templates()


def test_platform_is_a_source_root_not_a_package() -> None:
    assert not (ROOT / "platform" / "__init__.py").exists()
    assert not list((ROOT / "platform").glob("*.py"))


@pytest.mark.parametrize("package", PACKAGES)
def test_top_level_names_are_ours(package: str) -> None:
    module_file = import_module(package).__file__

    assert module_file is not None
    assert Path(module_file) == PACKAGES[package] / "__init__.py"
    assert package not in sys.stdlib_module_names


def test_every_capability_opens_with_its_table_of_contents() -> None:
    silent = [
        package
        for package, folder in PACKAGES.items()
        if not ast.get_docstring(ast.parse((folder / "__init__.py").read_text()))
    ]
    assert silent == []


def test_names_say_what_for_not_what_with() -> None:
    named = {*code(), *templates(), *stories()}
    parts = {(name(path), part) for path in named for part in steps(path)}
    assert [path for path, part in sorted(parts) if part in BANNED] == []


def steps(path: Path) -> tuple[str, ...]:
    return path.relative_to(ROOT).with_suffix("").parts


def test_only_boundaries_commit() -> None:
    committing = saying(re.compile(r"\.commit\("), code())
    assert [path for path in committing if not MAY_COMMIT.match(path)] == []


def test_nothing_is_left_for_later() -> None:
    assert saying(UNFINISHED, everything()) == []


def test_an_ignored_type_error_names_its_code() -> None:
    assert saying(BARE_IGNORE, everything()) == []


def test_our_own_code_is_never_patched() -> None:
    assert saying(OUR_OWN_PATCHED, stories()) == []


def test_annotations_are_postponed_everywhere() -> None:
    first = "from __future__ import annotations"
    assert [
        name(path)
        for path in (*code(), *stories())
        if has_code(path) and first not in path.read_text().splitlines()
    ] == []


def has_code(path: Path) -> bool:
    """Whether it says more than its docstring."""
    body = ast.parse(path.read_text()).body
    return any(not isinstance(part, ast.Expr) for part in body)


# Where each package keeps its French: addresses of files, not of code.
CATALOGUES = ROOT / "platform" / "townline" / "i18n.py"


@pytest.mark.parametrize("package", PACKAGES)
def test_a_lower_layer_does_not_even_name_a_higher_one(package: str) -> None:
    """An import in a string would slip past the linter of imports."""
    upward = re.compile(rf"({'|'.join(higher_than(package))})(\.\w+)+")
    named = [
        f"{name(path)}: {word}"
        for path in PACKAGES[package].rglob("*.py")
        if not (is_migration(path) or "entrypoints" in path.parts or path == CATALOGUES)
        for word in strings(path)
        if upward.fullmatch(word)
    ]
    assert named == []


def higher_than(package: str) -> list[str]:
    order = list(PACKAGES)
    above = order[order.index(package) + 1 :] or ["townline.entrypoints"]
    return [other for other in above if not {package, other} <= LEVEL]


def strings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
