"""``townline town places``: what the town hall's file brought, line by line."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from typer.testing import CliRunner, Result

from tenants import places
from tests.tenants.places.lists import ADDRESSES, HYDRANTS
from townline.entrypoints.cli import app
from townline.roles import RoleUrls
from townline.tenancy import TenantSession


@pytest.fixture(autouse=True)
def house(
    urls: RoleUrls, monkeypatch: pytest.MonkeyPatch, towns: dict[str, UUID], clean: None
) -> None:
    monkeypatch.setenv("TOWNLINE_ENGINE_URL", urls.engine)


def townline(*words: str) -> Result:
    return CliRunner().invoke(app, ["town", "places", "riverton", *words])


def test_a_file_is_counted_and_found(riverton: TenantSession, tmp_path: Path) -> None:
    file = tmp_path / "addresses.csv"
    file.write_text(ADDRESSES)

    first, second = townline(str(file)), townline(str(file))

    assert first.exit_code == 0, first.output
    assert "Read 10: kept 10 places on 5 streets" in first.output
    assert "nothing to change" in second.output
    assert places.search(riverton, "12 elm")[0].label == "12 Elm St"


def test_bad_lines_are_printed_and_end_it_with_1(tmp_path: Path) -> None:
    file = tmp_path / "hydrants.csv"
    file.write_text(f"{HYDRANTS}H-9,Hydrant,,\n")

    said = townline(str(file), "--kind", "asset")

    assert said.exit_code == 1
    assert "hydrants.csv, line 5: it has no latitude and longitude" in said.output
    assert "1 left out" in said.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(("--kind", "volcano"), "landmark, asset", id="kind"),
        pytest.param(("--column", "number"), "FIELD=COLUMN", id="column"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    file = tmp_path / "addresses.csv"
    file.write_text(ADDRESSES)

    refused = townline(str(file), *words)

    assert refused.exit_code == 2
    assert said in refused.output.replace("\n", " ")
