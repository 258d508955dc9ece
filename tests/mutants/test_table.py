"""Every known fault can still be put back, and whoever must notice it still exists."""

from __future__ import annotations

import ast
from functools import cache

import pytest

from tests.mutants.faults import Change, Fault, NotThere, known
from tests.sources import ROOT

FAULTS = [pytest.param(fault, id=fault.name) for fault in known()]


@pytest.mark.parametrize("fault", FAULTS)
def test_what_a_fault_replaces_stands_exactly_once(fault: Fault) -> None:
    for change in fault.changes:
        source = (ROOT / change.file).read_text()

        assert change.made(source) != source


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_leaves_code_that_can_be_read(fault: Fault) -> None:
    for change in fault.changes:
        source = (ROOT / change.file).read_text()

        ast.parse(change.made(source))


@pytest.mark.parametrize("fault", FAULTS)
def test_whoever_must_notice_it_exists(fault: Fault) -> None:
    assert fault.tests
    for test in fault.tests:
        file, _, story = test.partition("::")

        assert story in stories_of(file), test


def test_each_fault_has_a_name_of_its_own() -> None:
    names = [fault.name for fault in known()]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("source", ["", "sent sent"], ids=["gone", "there twice"])
def test_a_table_that_has_rotted_fails_loudly(source: str) -> None:
    with pytest.raises(NotThere):
        Change(file="notify/sending.py", old="sent", new="lost").made(source)


@cache
def stories_of(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text())
    return frozenset(
        each.name for each in tree.body if isinstance(each, ast.FunctionDef)
    )
