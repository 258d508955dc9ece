"""Signing in: argon2id, sessions in the database, and a limit to guessing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.conftest import NIGHT
from townline import auth
from townline.auth.rules import SESSION_LASTS, TRIES, TRIES_PER_ADDRESS, too_many
from townline.db import Database
from townline.errors import TooMany
from townline.tenancy import TenantSession

PRIYA = "priya.nair@riverton.example"


@pytest.fixture
def priya(database: Database, riverton: TenantSession) -> str:
    with database.everybody() as session:
        account = auth.open_account(
            session, PRIYA, name="Priya Nair", password="correct horse"
        )
    auth.grant(riverton, account.id, role="manager", at=NIGHT)
    riverton.session.commit()
    return PRIYA


def _try(
    database: Database, email: str, password: str, *, address: str = "192.0.2.7"
) -> str | None:
    with database.everybody() as session:
        return auth.log_in(
            session,
            email,
            password=password,
            address=address,
            browser="Firefox",
            at=NIGHT,
        )


def test_the_right_password_opens_a_session_in_the_persons_own_town(
    database: Database, priya: str, riverton: TenantSession
) -> None:
    token = _try(database, priya.upper(), "correct horse")

    assert token is not None
    with database.everybody() as session:
        person = auth.whoever_holds(session, token, at=NIGHT)
    assert person is not None
    assert person.name == "Priya Nair"
    assert person.own_towns == (riverton.tenant_id,)
    assert person.desk_towns == ()


def test_only_a_digest_of_the_cookie_and_a_hash_of_the_password_are_kept(
    database: Database, priya: str
) -> None:
    token = _try(database, priya, "correct horse") or ""

    with database.everybody() as session:
        kept = session.execute(text("select digest from login_session")).scalar_one()
        hashed = session.execute(text("select password from account")).scalar_one()
    assert token.encode() not in kept
    assert hashed.startswith("$argon2id$")


def test_a_session_ends_by_itself_and_by_signing_out(
    database: Database, priya: str
) -> None:
    token = _try(database, priya, "correct horse") or ""

    with database.everybody() as session:
        late = auth.whoever_holds(session, token, at=NIGHT + SESSION_LASTS)
        auth.log_out(session, token)
        gone = auth.whoever_holds(session, token, at=NIGHT)

    assert late is None
    assert gone is None


@pytest.mark.parametrize(
    ("email", "password"),
    [
        pytest.param(PRIYA, "wrong", id="a wrong password"),
        pytest.param("nobody@riverton.example", "correct horse", id="no such account"),
        pytest.param(PRIYA, "", id="nothing typed"),
    ],
)
def test_a_wrong_pair_opens_nothing(
    database: Database, priya: str, email: str, password: str
) -> None:
    assert _try(database, email, password) is None


def test_guessing_is_stopped_and_the_right_password_waits_too(
    database: Database, priya: str
) -> None:
    for _ in range(TRIES):
        _try(database, priya, "wrong")

    with pytest.raises(TooMany):
        _try(database, priya, "correct horse", address="198.51.100.1")


def test_a_good_sign_in_forgives_the_tries_before_it(
    database: Database, priya: str
) -> None:
    for _ in range(TRIES - 1):
        _try(database, priya, "wrong")
    assert _try(database, priya, "correct horse")

    assert _try(database, priya, "wrong") is None


def test_an_account_without_a_town_sees_none(database: Database, clean: None) -> None:
    with database.everybody() as session:
        auth.open_account(session, "x@y.example", name="X", password="correct horse")

    token = _try(database, "x@y.example", "correct horse") or ""

    with database.everybody() as session:
        person = auth.whoever_holds(session, token, at=NIGHT + timedelta(hours=1))
    assert person is not None
    assert not person.roles


@pytest.mark.parametrize(
    ("by_email", "by_address", "stopped"),
    [
        pytest.param(TRIES - 1, 0, False, id="one try is left"),
        pytest.param(TRIES, 0, True, id="an account is guessed at"),
        pytest.param(0, TRIES_PER_ADDRESS, True, id="one address guesses at many"),
        pytest.param(0, TRIES_PER_ADDRESS - 1, False, id="a town hall mistypes"),
    ],
)
def test_too_many(by_email: int, by_address: int, stopped: bool) -> None:  # noqa: FBT001 - a table's column
    assert too_many(by_email=by_email, by_address=by_address) is stopped
