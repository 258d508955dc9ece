"""Whoever is woken finds what woke them in the runbook, and every figure exists."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.sources import ROOT
from tests.watch.conftest import Watched, after
from townline import watch
from townline.entrypoints.watch import auditor, canary
from townline.entrypoints.watch.figures import families
from townline.entrypoints.watch.rules import BOUNDS

DEPLOY = ROOT / "deploy"
RUNBOOKS = DEPLOY / "docs" / "runbooks"
ALERTS = DEPLOY / "monitoring" / "alerts.yml"
DASHBOARD = DEPLOY / "monitoring" / "dashboard.json"
FIGURE = re.compile(r"townline_\w+")


@pytest.mark.parametrize("check", auditor.CHECKS, ids=lambda check: check.name)
def test_a_check_says_what_to_do_about_it(check: watch.Check) -> None:
    assert f"`{check.name}`" in (RUNBOOKS / "self-watch.md").read_text()


@pytest.mark.parametrize("bound", BOUNDS)
def test_why_the_heartbeat_is_silent_is_explained(bound: str) -> None:
    assert f"`{bound}`" in (RUNBOOKS / "self-watch.md").read_text()


@pytest.mark.parametrize("path", [ALERTS, DASHBOARD], ids=lambda path: path.name)
def test_alarms_and_pages_name_only_what_is_shown(watched: Watched, path: Path) -> None:
    auditor.audit(watched.database, at=after(1))
    back = {"seconds": 3.0, "late": False, "due_by": after(900).isoformat()}
    with watched.database.everybody() as session:
        watch.end(session, canary.NAME, found=back, at=after(2))
        shown = {each.name for each in families(session, at=after(3))}

    named = set(FIGURE.findall(path.read_text()))

    assert named - shown - {"townline_figures_readable"} == set()


def test_an_alarm_names_a_runbook_that_there_is() -> None:
    named = re.findall(r"runbook: (\S+)", ALERTS.read_text())

    assert named
    assert [each for each in named if not (ROOT / each).is_file()] == []


def test_the_dashboard_can_be_read() -> None:
    page = json.loads(DASHBOARD.read_text())

    assert len({each["id"] for each in page["panels"]}) == len(page["panels"])
