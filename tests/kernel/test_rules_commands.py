"""``townline simulate`` and ``townline lint``: rules before the night, on paper."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner, Result

import tenants
from tenants import examples
from tests.tenants.example_towns import TOWNS
from townline.entrypoints.cli import app

SCENARIO = ("--category", "water-main-break", "--at", "2026-12-25 02:00")


@pytest.fixture
def riverton(tmp_path: Path) -> Path:
    file = tmp_path / "riverton.toml"
    file.write_text(examples.text("riverton"))
    return file


def townline(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), env={"COLUMNS": "200"})


def test_what_would_happen_on_christmas_night(riverton: Path) -> None:
    said = townline("simulate", str(riverton), *SCENARIO)

    assert said.exit_code == 0, said.output
    assert "02:00:00 CST" in said.output
    assert "Teresa Novak" in said.output
    assert "First human: never" in said.output
    assert "Last resort: 02:38:00, after 38:00" in said.output


def test_a_machine_reads_the_same(riverton: Path) -> None:
    said = townline("simulate", str(riverton), *SCENARIO, "--json", "--script", "storm")

    timeline = json.loads(said.output)
    texts = [line for line in timeline["lines"] if line["channel"] == "sms"]
    assert texts[0]["copies"] == 40
    assert texts[0]["leaves_by"] == "2026-12-25T08:00:40Z"
    assert texts[0]["text"].startswith("RIV L1 Water Main Break, Main St and 1st Ave.")


def test_the_third_person_accepts_after_five_minutes(riverton: Path) -> None:
    said = townline(
        "simulate", str(riverton), *SCENARIO, "--person", "3", "--after", "5", "--json"
    )

    timeline = json.loads(said.output)
    assert timeline["first_human"] == "2026-12-25T08:20:00Z"
    assert timeline["accepted_by"] == ["Walter Greene"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(("--script", "nonsense"), "Write one of nobody", id="a script"),
        pytest.param(("--at", "tomorrow"), "Write the time", id="a time"),
    ],
)
def test_what_is_not_understood_is_said(
    riverton: Path, words: tuple[str, str], said: str
) -> None:
    answer = townline("simulate", str(riverton), *SCENARIO, *words)

    assert answer.exit_code == 1
    assert said in str(answer.exception)


def test_an_example_has_no_errors(riverton: Path) -> None:
    said = townline("lint", str(riverton))

    assert said.exit_code == 0
    assert "0 errors" in said.output


def test_an_error_is_an_exit_code(tmp_path: Path) -> None:
    town = TOWNS["riverton"]
    nobody = tuple(replace(each, members=()) for each in town.rosters)
    file = tmp_path / "unsafe.toml"
    file.write_text(tenants.write(replace(town, rosters=nobody)))

    said = townline("lint", str(file), "--json")

    assert said.exit_code == 1
    assert "nobody" in {each["kind"] for each in json.loads(said.output)}


def test_a_town_must_be_named() -> None:
    answer = townline("lint")

    assert answer.exit_code == 2
    assert "Name a town's file" in answer.output
