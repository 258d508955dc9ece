"""The embedded server through its users' eyes: shared, killed, barred, recovered."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from townline.embedded import EmbeddedPostgres, EmbeddedPostgresFailed
from townline.embedded.account import Account, barrier_before, server_account
from townline.embedded.binaries import (
    PACKAGE,
    Binaries,
    installed_binaries,
    within_reach,
)

# Nobody keeps what a test writes; but what was committed outlives a killed server.
IN_HASTE = {"fsync": "off", "full_page_writes": "off"}

# What a process of the demonstration does, in small: say where, then wait to be ended.
# It hears every signal, even where nohup or a shell in the background had us deaf.
HOLDER = """
import signal, sys, time
from pathlib import Path
from townline.embedded import EmbeddedPostgres
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGTERM, signal.SIG_DFL)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
with EmbeddedPostgres(Path(sys.argv[1]), settings={"fsync": "off"}) as server:
    print(server.admin_url, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not tmp_path: as root, pytest closes that to the user PostgreSQL runs as."""
    made = Path(tempfile.mkdtemp(prefix="townline-test-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


def in_haste(root: Path) -> EmbeddedPostgres:
    return EmbeddedPostgres(root, settings=IN_HASTE)


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question.encode()).fetchone()
    return row and row[0]


def run(url: str, statement: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(statement.encode())


def postmaster(root: Path) -> int:
    return int((root / "data" / "postmaster.pid").read_text().split()[0])


def runs(root: Path) -> bool:
    return (root / "data" / "postmaster.pid").exists()


@contextmanager
def another_process(root: Path) -> Generator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-c", HOLDER, str(root)]
    paths = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(  # noqa: S603 - our own program
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, **paths}
    ) as process:
        assert process.stdout
        yield process, process.stdout.readline().strip()
        process.kill()


def test_only_the_password_opens_the_door(folder: Path) -> None:
    with in_haste(folder / "pg") as server:
        login, place = server.admin_url.split("@")

        assert ask(server.admin_url, "select current_user") == "postgres"
        with pytest.raises(psycopg.OperationalError, match="password"):
            ask(f"{login}x@{place}", "select 1")


def test_others_can_read_nothing(folder: Path) -> None:
    root = folder / "pg"

    with in_haste(root):
        modes = {path.name: path.stat().st_mode & 0o077 for path in root.iterdir()}

        assert set(modes.values()) == {0}
        assert root.stat().st_mode & 0o066 == 0


def test_the_last_one_out_stops_the_server(folder: Path) -> None:
    first, second = in_haste(folder / "pg"), in_haste(folder / "pg")
    url = first.start().admin_url

    assert second.start().admin_url == url
    assert not first.stop()
    assert ask(url, "select 1") == 1
    assert second.stop()
    assert not runs(folder / "pg")


def test_leaving_twice_is_harmless(folder: Path) -> None:
    use = in_haste(folder / "pg")
    use.start()

    assert [use.stop(), use.stop()] == [True, False]


def test_settings_reach_the_server_and_data_outlive_it(folder: Path) -> None:
    with in_haste(folder / "pg") as server:
        assert ask(server.admin_url, "show fsync") == "off"
        run(server.admin_url, "create table kept as select 7 as n")

    with in_haste(folder / "pg") as server:
        assert ask(server.admin_url, "select n from kept") == 7


@pytest.mark.parametrize(
    "number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda n: n.name
)
def test_a_process_told_to_end_stops_its_server(
    folder: Path, number: signal.Signals
) -> None:
    with another_process(folder / "pg") as (process, _):
        process.send_signal(number)
        process.wait(timeout=30)

        assert not runs(folder / "pg")


def test_a_killed_user_keeps_no_share_in_the_server(folder: Path) -> None:
    with another_process(folder / "pg") as (process, url):
        process.kill()
        process.wait()

    use = in_haste(folder / "pg")

    assert use.start().admin_url == url
    assert use.stop()


def test_a_killed_server_is_recovered_with_its_data(folder: Path) -> None:
    first, second = in_haste(folder / "pg"), in_haste(folder / "pg")
    url = first.start().admin_url
    run(url, "create table kept as select 7 as n")
    os.kill(postmaster(folder / "pg"), signal.SIGKILL)

    second.start()

    assert ask(url, "select n from kept") == 7
    assert [first.stop(), second.stop()] == [False, True]


def test_a_zombie_is_not_taken_for_a_server(folder: Path) -> None:
    with another_process(folder / "pg") as (process, url):
        process.send_signal(signal.SIGSTOP)  # a parent that reaps nothing
        os.kill(postmaster(folder / "pg"), signal.SIGKILL)

        with in_haste(folder / "pg") as server:
            assert server.admin_url == url
            assert ask(url, "select 1") == 1


def test_a_reused_process_id_does_not_bar_the_start(folder: Path) -> None:
    with in_haste(folder / "pg"):
        pass
    stale = folder / "pg" / "data" / "postmaster.pid"
    stale.write_text(f"{os.getppid()}\n")

    with in_haste(folder / "pg") as server:
        assert ask(server.admin_url, "select 1") == 1


def test_a_half_made_cluster_is_made_anew(folder: Path) -> None:
    half = folder / "pg" / "unfinished-abc"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")

    with in_haste(folder / "pg") as server:
        assert ask(server.admin_url, "select 1") == 1
    assert not half.exists()


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("long" * 30, id="too long for a socket"),
        pytest.param("a, b", id="a comma"),
        pytest.param("a + b % c", id="a space and signs"),
    ],
)
def test_any_folder_will_do(folder: Path, name: str) -> None:
    with in_haste(folder / name) as server:
        assert ask(server.admin_url, "select 1") == 1


def test_a_short_socket_folder_is_private_and_goes_with_the_server(
    folder: Path,
) -> None:
    with in_haste(folder / ("long" * 30)) as server:
        sockets = Path(server.admin_url.partition("host=")[2].partition("&")[0])
        found = sockets.stat()

        assert stat.S_IMODE(found.st_mode) == 0o700
        assert found.st_uid == server_account().uid
    assert not sockets.exists()


def test_a_folder_others_may_write_to_is_refused(folder: Path) -> None:
    (folder / "pg").mkdir()
    (folder / "pg").chmod(0o777)

    with pytest.raises(EmbeddedPostgresFailed, match="Set TOWNLINE_DATA"):
        in_haste(folder / "pg").start()


def test_a_server_that_cannot_start_says_why(folder: Path) -> None:
    use = EmbeddedPostgres(folder / "pg", settings={"shared_buffers": "a lot"})

    with pytest.raises(EmbeddedPostgresFailed, match="shared_buffers"):
        use.start()


def test_the_folder_that_bars_the_way_is_named(folder: Path) -> None:
    home = folder / "home"
    (home / "data").mkdir(parents=True)
    home.chmod(0o700)
    stranger = Account("stranger", uid=4_000_001, gid=4_000_001)

    assert barrier_before(home / "data", stranger) == home
    home.chmod(0o711)
    assert barrier_before(home / "data", stranger) is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives way to a stand-in")
class TestAsRoot:
    def test_a_barred_folder_is_an_error_with_a_remedy(self, folder: Path) -> None:
        folder.chmod(0o700)

        with pytest.raises(EmbeddedPostgresFailed, match=f"enter {folder}"):
            in_haste(folder / "pg").start()

    def test_barred_programs_are_copied_to_where_they_can_run(
        self, folder: Path
    ) -> None:
        home = folder / "home"
        shutil.copytree(installed_binaries().site / PACKAGE, home / PACKAGE)
        home.chmod(0o700)
        account = server_account()

        copy = within_reach(Binaries(home), folder, account)

        with (folder / "version").open("wb") as log:
            command = [copy.program("postgres"), "--version"]
            assert account.spawn(command, log=log).wait() == 0
        assert (folder / "version").read_text().startswith("postgres (PostgreSQL) 18")
