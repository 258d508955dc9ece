"""The command as an operator runs it: a process of its own, on a town's database."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import func, select

from tests.simulation.cast import WEEKEND, written
from tickets import Ticket
from townline.entrypoints.replay import Stage
from townline.roles import RoleUrls
from townline.tenancy import town

# A busy machine takes seconds to import everything.
PATIENCE = 60


@pytest.fixture
def env(urls: RoleUrls, riverton_stage: Stage) -> Mapping[str, str]:
    return {
        **os.environ,
        "TOWNLINE_APP_URL": urls.app,
        "TOWNLINE_ENGINE_URL": urls.engine,
        "TOWNLINE_PUBLIC_URL": "https://townline.example",
        "TOWNLINE_SECRET": "rehearsal",
        "TOWNLINE_MAIL_SENDER": "relay@townline.example",
        "TWILIO_ACCOUNT_SID": "none",
        "TWILIO_AUTH_TOKEN": "none",
        "SENDGRID_API_KEY": "none",
        "SENDGRID_WEBHOOK_KEY": "none",
    }


def command(file: Path, *others: str) -> list[str]:
    asked = ["replay", str(file), "--town", "riverton", "--format", "boston"]
    return [sys.executable, "-m", "townline.entrypoints", *asked, *others]


def run(
    env: Mapping[str, str], file: Path, *others: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own command
        command(file, *others), env=env, capture_output=True, text=True, check=False
    )


def opened(stage: Stage) -> int:
    with town(stage.app, stage.tenant_id) as db:
        counted = select(func.count()).select_from(Ticket)
        return db.session.scalar(counted.where(Ticket.tenant_id == db.tenant_id)) or 0


def test_it_replays_and_writes_its_summary(
    env: Mapping[str, str], tmp_path: Path, riverton_stage: Stage
) -> None:
    file = written(tmp_path / "friday.csv.gz", WEEKEND[:3])
    told = tmp_path / "summary.json"

    ended = run(env, file, "--json", str(told))

    assert ended.returncode == 0, ended.stderr
    assert "the hash chain verifies" in ended.stdout
    whole = msgspec.json.decode(told.read_bytes())
    assert whole["summary"]["tickets"] == 3
    assert set(whole["invariants"].values()) == {0}
    assert whole["pace"]["rows"] == 3


def test_ctrl_c_stops_it_and_the_same_command_goes_on(
    env: Mapping[str, str], tmp_path: Path, riverton_stage: Stage
) -> None:
    file = written(tmp_path / "weekend.csv", [*WEEKEND] * 8)
    with subprocess.Popen(  # noqa: S603 - our own command
        command(file), env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        _wait_for_a_ticket(riverton_stage)
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=PATIENCE)

    so_far = opened(riverton_stage)
    assert process.returncode == 130, said
    assert 0 < so_far < 8 * len(WEEKEND)
    assert run(env, file, "--limit", str(8 * len(WEEKEND))).returncode == 0
    assert opened(riverton_stage) == 8 * len(WEEKEND)


def _wait_for_a_ticket(stage: Stage) -> None:
    until = time.monotonic() + PATIENCE
    while not opened(stage) and time.monotonic() < until:
        time.sleep(0.05)


def test_restart_begins_beside_what_is_there(
    env: Mapping[str, str], tmp_path: Path, riverton_stage: Stage
) -> None:
    file = written(tmp_path / "friday.csv", WEEKEND[:2])

    endings = [run(env, file, *options) for options in ([], [], ["--restart"])]

    assert [ended.returncode for ended in endings] == [0, 0, 0]
    assert opened(riverton_stage) == 4
