"""What follows the password: a code that opens once, or a recovery code."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import text

from tests.accounts import quickly_opened
from tests.conftest import NIGHT
from townline import auth
from townline.auth.rules import TRIES
from townline.auth.second_factor import RECOVERY_CODES, STEP_SECONDS
from townline.db import Database
from townline.errors import Conflict, TooMany

KEY = "a-secret-of-the-tests"
STEP = timedelta(seconds=STEP_SECONDS)
MAYA = "maya@townline.example"


@pytest.fixture
def authenticator(database: Database, clean: None) -> pyotp.TOTP:
    """Maya's telephone, which has been trusted since an hour ago."""
    with database.everybody() as session:
        account = quickly_opened(
            session, MAYA, name="Maya Okafor", password="correct horse"
        )
        totp = pyotp.TOTP(auth.enrol(session, account.id, key=KEY).secret)
        then = NIGHT - timedelta(hours=1)
        auth.confirm(session, account.id, totp.at(then), key=KEY, at=then)
    return totp


def _password(database: Database) -> str:
    with database.everybody() as session:
        token = auth.log_in(
            session, MAYA, password="correct horse", address="", browser="", at=NIGHT
        )
    assert token is not None
    return token


def _send(database: Database, token: str, code: str, *, after: timedelta) -> bool:
    at = NIGHT + after
    with database.everybody() as session:
        who = auth.pending(session, token, at=at)
        assert who is not None
        return auth.pass_with(session, who, token, code=code, key=KEY, at=at)


def _is_in(database: Database, token: str) -> bool:
    with database.everybody() as session:
        return auth.whoever_holds(session, token, at=NIGHT) is not None


def test_the_password_alone_shows_nothing(
    database: Database, authenticator: pyotp.TOTP
) -> None:
    token = _password(database)

    assert not _is_in(database, token)


def test_the_code_of_now_opens_the_door(
    database: Database, authenticator: pyotp.TOTP
) -> None:
    token = _password(database)

    passed = _send(database, token, authenticator.at(NIGHT), after=timedelta())

    assert passed
    assert _is_in(database, token)


@pytest.mark.parametrize(
    ("steps", "opens"),
    [
        pytest.param(-2, False, id="a minute old"),
        pytest.param(-1, True, id="a slow finger"),
        pytest.param(1, True, id="a clock that is fast"),
        pytest.param(2, False, id="from the future"),
    ],
)
def test_a_code_lives_a_minute_and_a_half(
    database: Database,
    authenticator: pyotp.TOTP,
    steps: int,
    opens: bool,  # noqa: FBT001 - a table's column
) -> None:
    code = authenticator.at(NIGHT + steps * STEP)

    assert _send(database, _password(database), code, after=timedelta()) is opens


def test_a_code_that_was_used_opens_nothing_more(
    database: Database, authenticator: pyotp.TOTP
) -> None:
    code = authenticator.at(NIGHT)
    _send(database, _password(database), code, after=timedelta())

    again = _password(database)

    assert not _send(database, again, code, after=timedelta(seconds=5))
    assert not _is_in(database, again)


def test_each_recovery_code_opens_once(database: Database, clean: None) -> None:
    with database.everybody() as session:
        account = quickly_opened(session, MAYA, name="Maya", password="correct horse")
        secret = auth.enrol(session, account.id, key=KEY).secret
        codes = auth.confirm(
            session, account.id, pyotp.TOTP(secret).at(NIGHT), key=KEY, at=NIGHT
        )

    first = _send(database, _password(database), codes[3].upper(), after=STEP)
    second = _send(database, _password(database), codes[3], after=STEP)

    assert len(codes) == RECOVERY_CODES
    assert (first, second) == (True, False)
    with database.everybody() as session:
        assert auth.codes_left(session, account.id) == RECOVERY_CODES - 1


def test_guessing_codes_is_stopped_and_the_password_does_not_forgive_it(
    database: Database, authenticator: pyotp.TOTP
) -> None:
    token = _password(database)
    for _ in range(TRIES - 1):
        _send(database, token, "000000", after=timedelta())
    another = _password(database)
    _send(database, another, "000000", after=timedelta())

    with pytest.raises(TooMany):
        _send(database, another, authenticator.at(NIGHT), after=timedelta())


def test_nobody_puts_a_telephone_of_theirs_in_the_others_place(
    database: Database, authenticator: pyotp.TOTP
) -> None:
    with database.everybody() as session:
        who = auth.pending(session, _password(database), at=NIGHT)
        assert who is not None

        with pytest.raises(Conflict):
            auth.enrol(session, who.account_id, key=KEY)


def test_a_secret_that_was_only_shown_opens_nothing(
    database: Database, clean: None
) -> None:
    with database.everybody() as session:
        account = quickly_opened(session, MAYA, name="Maya", password="correct horse")
        shown = auth.enrol(session, account.id, key=KEY)
        again = auth.enrol(session, account.id, key=KEY)

    assert shown.secret == again.secret
    assert _is_in(database, _password(database))


def test_the_database_alone_gives_no_code_away(
    database: Database, authenticator: pyotp.TOTP
) -> None:
    with database.everybody() as session:
        kept = session.scalar(text("select second_factor from account"))
        codes = session.scalars(text("select digest from recovery_code")).all()

    assert authenticator.secret not in str(kept)
    assert len(set(codes)) == RECOVERY_CODES


def test_half_way_is_not_for_ever(
    database: Database, authenticator: pyotp.TOTP
) -> None:
    token = _password(database)

    with database.everybody() as session:
        assert auth.pending(session, token, at=NIGHT + timedelta(hours=1)) is None


def test_a_telephone_that_was_lost_is_forgotten(
    database: Database, authenticator: pyotp.TOTP
) -> None:
    with database.everybody() as session:
        auth.forget(session, auth.account_of(session, MAYA).id)

    assert _is_in(database, _password(database))


@pytest.mark.parametrize(
    "password",
    [
        pytest.param("password123", id="everybody's"),
        pytest.param("maya okafor", id="their own name"),
        pytest.param("qwertyuiop", id="a row of keys"),
        pytest.param("x" * 101, id="longer than anybody types"),
    ],
)
def test_a_password_that_is_quickly_guessed_is_refused(password: str) -> None:
    with pytest.raises(auth.WeakPassword):
        auth.check_strength(password, about=("Maya Okafor", MAYA))


def test_words_that_do_not_belong_together_are_taken() -> None:
    auth.check_strength("kettle onward plaid", about=("Maya Okafor", MAYA))
