"""Three roles, made by an administrator who is no superuser, and what they may do."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Connection, NullPool, create_engine, make_url, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from townline.embedded import EmbeddedPostgres
from townline.roles import (
    APP,
    ENGINE,
    OWNER,
    NotAnAdministrator,
    PasswordMissing,
    RoleUrls,
    WrongRole,
    grant_defaults,
    prepare,
    refuse_wrong_role,
)
from townline.roles.names import role_url

REFUSED = r"permission denied|must be owner"
ATTRIBUTES = text(
    "select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication"
    " from pg_roles where rolname = current_user"
)


@pytest.fixture(scope="module")
def superuser() -> Iterator[str]:
    """A server of its own: the roles belong to a whole server."""
    folder = Path(tempfile.mkdtemp(prefix="townline-test-"))
    folder.chmod(0o711)
    with EmbeddedPostgres(folder / "pg", settings={"fsync": "off"}) as server:
        yield server.admin_url
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def steward(superuser: str) -> str:
    """An administrator as a hosting company gives one."""
    return login(superuser, "steward", "createrole createdb")


@pytest.fixture(scope="module")
def urls(steward: str) -> RoleUrls:
    return prepare(steward, "towns")


def login(superuser: str, name: str, attributes: str = "") -> str:
    run(superuser, f"create role {name} login password 'open sesame' {attributes}")
    url = make_url(superuser).set(username=name, password="open sesame")
    return url.render_as_string(hide_password=False)


def connect(url: str) -> Connection:
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    return engine.connect()


def run(url: str, statement: str) -> None:
    with connect(url) as connection:
        connection.execute(text(statement))


def who(url: str) -> str:
    with connect(url) as connection:
        return str(connection.scalar(text("select current_user")))


def test_each_url_works_as_its_role(urls: RoleUrls) -> None:
    assert [who(urls.owner), who(urls.app), who(urls.engine)] == [OWNER, APP, ENGINE]


@pytest.mark.parametrize("role", ["owner", "app", "engine"])
def test_no_role_may_do_more_than_log_in(urls: RoleUrls, role: str) -> None:
    with connect(getattr(urls, role)) as connection:
        assert set(connection.execute(ATTRIBUTES).one()) == {False}


def test_preparing_again_and_at_once_arrives_at_the_same(steward: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        tries = [pool.submit(prepare, steward, "at_once") for _ in range(4)]
    answers = [one.result() for one in tries]

    assert len(set(answers)) == 1
    assert who(answers[0].app) == APP


def test_each_database_has_the_same_logins(steward: str, urls: RoleUrls) -> None:
    other = prepare(steward, "other_towns")

    assert make_url(other.app).password == make_url(urls.app).password
    assert who(other.engine) == ENGINE


def test_no_other_role_may_enter(superuser: str, urls: RoleUrls) -> None:
    stranger = make_url(login(superuser, "stranger")).set(database="towns")

    with pytest.raises(OperationalError, match="permission denied"):
        who(stranger.render_as_string(hide_password=False))


def test_passwords_stay_out_of_what_is_printed(urls: RoleUrls) -> None:
    assert repr(urls) == "RoleUrls()"


def test_an_administrator_without_a_password_is_refused() -> None:
    with pytest.raises(PasswordMissing, match="needs a password"):
        prepare("postgresql://postgres@localhost/postgres", "towns")


def test_a_role_that_may_not_make_roles_is_refused(superuser: str) -> None:
    clerk = login(superuser, "clerk", "createdb")

    with pytest.raises(NotAnAdministrator, match="CREATEROLE and CREATEDB"):
        prepare(clerk, "towns")


def test_roles_of_another_administrator_are_left_alone(
    superuser: str, urls: RoleUrls
) -> None:
    rival = login(superuser, "rival", "createrole createdb")

    with pytest.raises(NotAnAdministrator, match="permission denied"):
        prepare(rival, "towns")
    assert who(urls.app) == APP


def test_a_space_in_the_socket_folder_survives_both_readers() -> None:
    admin = make_url("postgresql://postgres:secret@/postgres?host=/two%20words")

    url = role_url(admin, APP, "towns")

    assert make_url(url).query["host"] == "/two words"
    assert conninfo_to_dict(url)["host"] == "/two words"


def test_the_right_role_may_start(urls: RoleUrls) -> None:
    with connect(urls.app) as connection:
        refuse_wrong_role(connection, expected=APP)


@pytest.mark.parametrize("role", ["owner", "engine"])
def test_another_of_our_roles_is_refused(urls: RoleUrls, role: str) -> None:
    with (
        connect(getattr(urls, role)) as connection,
        pytest.raises(WrongRole, match=f"must name {APP}"),
    ):
        refuse_wrong_role(connection, expected=APP)


def test_a_superuser_is_refused_even_in_a_role(superuser: str, urls: RoleUrls) -> None:
    with connect(superuser) as connection:
        connection.execute(text(f"set role {APP}"))

        with pytest.raises(WrongRole, match="logged in as postgres"):
            refuse_wrong_role(connection, expected=APP)


@pytest.mark.parametrize("attribute", ["bypassrls", "superuser"])
def test_a_role_that_row_security_does_not_bind_is_refused(
    superuser: str, attribute: str
) -> None:
    unbound = login(superuser, f"unbound_{attribute}", attribute)

    with (
        connect(unbound) as connection,
        pytest.raises(WrongRole, match="see every town"),
    ):
        refuse_wrong_role(connection, expected=f"unbound_{attribute}")


@pytest.fixture(scope="module")
def granted(steward: str) -> RoleUrls:
    urls = prepare(steward, "granted")
    run(urls.owner, "create table alembic_version (n int)")
    with connect(urls.owner) as connection:
        grant_defaults(connection)
    run(urls.owner, "create table note (id bigserial, words text)")
    run(urls.owner, "create function answer() returns int return 42")
    return urls


@pytest.mark.parametrize("role", ["app", "engine"])
def test_the_owners_new_tables_and_their_sequences_are_open(
    granted: RoleUrls, role: str
) -> None:
    for statement in (
        "insert into note (words) values ('a')",
        "update note set words = 'b'",
        "select * from note",
        "delete from note",
        "select * from alembic_version",
    ):
        run(getattr(granted, role), statement)


@pytest.mark.parametrize(
    "statement",
    [
        "create table mine (n int)",
        "create temporary table mine (n int)",
        "create schema mine",
        "truncate note",
        "drop table note",
        "alter table note disable row level security",
        "insert into alembic_version values (1)",
        "select answer()",
    ],
)
def test_the_rest_is_closed_to_the_web(granted: RoleUrls, statement: str) -> None:
    with pytest.raises(ProgrammingError, match=REFUSED):
        run(granted.app, statement)


def test_a_function_opens_by_name(granted: RoleUrls) -> None:
    run(granted.owner, f"grant execute on function answer() to {APP}")

    run(granted.app, "select answer()")
    run(granted.owner, f"revoke execute on function answer() from {APP}")
