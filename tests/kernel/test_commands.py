"""The ``townline`` command, as an operator types it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session
from typer.testing import CliRunner, Result

from calls import presence
from tenants import examples
from tests.conftest import NIGHT
from townline import auth
from townline.db import Database
from townline.entrypoints.cli import app
from townline.errors import NotFound
from townline.roles import RoleUrls
from townline.tenancy import TenantSession

OLD, NEW = "kettle onward plaid", "quilted llama sings"


class Shell:
    def __init__(self, urls: RoleUrls) -> None:
        self._env = {"TOWNLINE_ENGINE_URL": urls.engine, "USER": "ines"}

    def types(self, *words: str, answer: str = "") -> Result:
        return CliRunner().invoke(app, words, env=self._env, input=answer)


@pytest.fixture
def shell(urls: RoleUrls, riverton: TenantSession) -> Shell:
    riverton.session.commit()
    return Shell(urls)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "riverton.toml"
    path.write_text(examples.text("riverton"))
    return path


def test_a_sound_file_is_said_to_be(shell: Shell, file: Path) -> None:
    result = shell.types("town", "check", str(file))

    assert result.exit_code == 0
    assert "City of Riverton, 73 categories." in result.output


def test_a_fault_is_named_by_line_field_and_remedy(shell: Shell, file: Path) -> None:
    file.write_text(file.read_text().replace("time_zone =", "timezone =", 1))

    result = shell.types("town", "check", str(file))

    assert result.exit_code == 1
    assert 'did you mean "time_zone"?' in result.output


def test_what_is_exported_and_imported_again_changes_nothing(
    shell: Shell, file: Path
) -> None:
    file.write_text(shell.types("town", "export", "riverton").output)

    result = shell.types("town", "import", str(file))

    assert (result.exit_code, result.output) == (0, "Nothing to change.\n")


def test_an_import_shows_what_changes_and_a_no_publishes_nothing(
    shell: Shell, file: Path
) -> None:
    file.write_text(file.read_text().replace("City of Riverton", "Riverton"))

    result = shell.types("town", "import", str(file), answer="n\n")

    assert result.exit_code == 1
    assert 'name.en changes from "City of Riverton" to "Riverton".' in result.output
    assert "City of Riverton" in shell.types("town", "export", "riverton").output


def test_every_town_is_listed(shell: Shell) -> None:
    listed = shell.types("town", "list").output.splitlines()

    assert [line.split("\t")[0] for line in listed] == ["riverton", "sainte-aurore"]


def test_an_unknown_town_is_not_found(shell: Shell) -> None:
    assert isinstance(shell.types("town", "export", "shelbyville").exception, NotFound)


def test_a_sound_chain_is_verified(shell: Shell) -> None:
    assert "none changed or missing" in shell.types("verify", "riverton").output


def test_an_account_can_be_opened_for_two_towns(
    shell: Shell, database: Database
) -> None:
    result = shell.types(
        "account", "add", "maya@townline.example", "--name", "Maya Okafor",
        "--role", "agent", "--town", "riverton", "--town", "sainte-aurore",
        "--password", OLD,
    )  # fmt: skip

    assert result.exit_code == 0, result.output
    with database.everybody() as session:
        account = session.execute(text("select id from account")).scalar_one()
        roles = session.execute(text("select role from towns_of(:a)"), {"a": account})
        assert [role for (role,) in roles] == ["agent", "agent"]


def test_a_role_that_there_is_not_is_refused(shell: Shell) -> None:
    result = shell.types(
        "account", "add", "x@y.example", "--name", "X", "--role", "mayor",
        "--town", "riverton", "--password", OLD,
    )  # fmt: skip

    assert str(result.exception) == "There is no role mayor."


def test_the_languages_an_agent_answers_in_can_be_set(
    shell: Shell, database: Database
) -> None:
    shell.types(
        "account", "add", "maya@townline.example", "--name", "Maya Okafor",
        "--role", "agent", "--town", "riverton", "--password", OLD,
    )  # fmt: skip

    said = shell.types("account", "languages", "maya@townline.example", "fr").output
    refused = shell.types("account", "languages", "maya@townline.example", "xx")

    assert "answers in fr." in said
    assert str(refused.exception) == "There is no language xx."
    with database.everybody() as session:
        account = session.execute(text("select id from account")).scalar_one()
        assert presence.languages_of(session, account) == {"fr"}


def test_a_new_password_ends_what_the_old_one_opened_and_access_can_be_taken_away(
    shell: Shell, database: Database
) -> None:
    shell.types(
        "account", "add", "maya@townline.example", "--name", "Maya", "--role", "agent",
        "--town", "riverton", "--password", OLD, "--extension", "+13125559001",
    )  # fmt: skip
    with database.everybody() as session:
        before = sign_in(session, OLD)

    shell.types(
        "account",
        "password",
        "maya@townline.example",
        "--password",
        NEW,
    )
    shell.types("account", "revoke", "maya@townline.example", "--town", "riverton")

    with database.everybody() as session:
        assert auth.whoever_holds(session, before or "", at=NIGHT) is None
        assert sign_in(session, OLD) is None
        maya = auth.whoever_holds(session, sign_in(session, NEW) or "", at=NIGHT)
    assert maya is not None
    assert (maya.extension, maya.desk_towns) == ("+13125559001", ())


def sign_in(session: Session, password: str) -> str | None:
    return auth.log_in(
        session,
        "maya@townline.example",
        password=password,
        address="192.0.2.7",
        browser="",
        at=NIGHT,
    )
