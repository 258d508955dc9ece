"""Guessing categories is measured on a city's file; this one is made up."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from townline.entrypoints.commands.measure import app
from townline.entrypoints.measuring.categories import Line
from townline.entrypoints.measuring.new_haven import REPORTS, reports

SAID = (
    ("Pothole", "a crater broke my tire", "Pothole"),
    ("Dark corner", "the lamp has been off all week", "Street Lamp"),
    ("Street Lamp", "lamp flickers and goes off", "Street Lamp"),
    ("Crater", "huge crater by the school", "Pothole"),
    ("Hole", "another crater in the road", "Pothole"),
    ("Lamp", "that lamp is off again", "Street Lamp"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Written the latest first: the numbers say what came before what."""
    with gzip.open(tmp_path / REPORTS, "wt", newline="") as file:
        rows = csv.DictWriter(file, ["Id", "Summary", "Description", "Category"])
        rows.writeheader()
        for number, (title, words, category) in reversed(list(enumerate(SAID))):
            rows.writerow(
                {
                    "Id": number,
                    "Summary": title,
                    "Description": words,
                    "Category": category,
                }
            )
    return tmp_path


def test_a_title_that_is_only_the_answer_is_left_out(folder: Path) -> None:
    found = [each.words for each in reports(folder)]

    assert found[0] == "a crater broke my tire"
    assert found[1] == "Dark corner the lamp has been off all week"
    assert found[2] == "lamp flickers and goes off"


def test_the_later_reports_are_guessed_from_the_earlier(folder: Path) -> None:
    answer = CliRunner().invoke(app, ["categories", str(folder), "--earlier", "0.67"])

    assert answer.exit_code == 0, answer.output
    lines = [
        msgspec.json.decode(line, type=Line) for line in answer.output.splitlines()
    ]
    ours = {line.learns: line for line in lines if line.rule == "ours"}
    assert {line.reports for line in lines} == {2}
    assert (ours[False].top_1, ours[True].top_1) == (1.0, 1.0)
    assert "naive Bayes, words" in {line.rule for line in lines}
