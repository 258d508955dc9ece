"""``townline demo``: everything on one machine, for a first look and for developers.

The parent keeps the database and starts three children: web, worker and local
carrier. Ctrl-C ends them all, the database last; a second run finds its data again.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from rich.console import Console

from townline import migrations
from townline.embedded import EmbeddedPostgres, orderly_exit
from townline.embedded.signals import undisturbed
from townline.entrypoints import seed
from townline.entrypoints.keepsakes import keepsakes
from townline.roles import RoleUrls, prepare

# Web first asks the database and loads every page's templates: seconds on a slow disk.
READY_WITHIN = 60.0
LEAVES_WITHIN = 10.0
say = Console(highlight=False)


def run(*, port: int) -> None:
    folder = Path(os.environ.get("TOWNLINE_DATA", ".data/demo")).absolute()
    # Ctrl-C at any moment is how a demonstration ends, not a failure of it.
    with (
        suppress(KeyboardInterrupt),
        orderly_exit(),
        _administrator(folder) as admin_url,
    ):
        urls = prepare(admin_url, "townline")
        migrations.upgrade(urls.owner)
        env = _environment(urls, folder, port)
        seed.plant(urls.engine)
        seed.nest(urls.engine)
        with _children(env, folder / "logs", port) as children:
            _wait_until_ready(port, children)
            _welcome(port, folder / "logs")
            _watch(children)


@contextmanager
def _administrator(folder: Path) -> Iterator[str]:
    """The address of DATABASE_URL's server, or of one of our own."""
    if given := os.environ.get("DATABASE_URL"):
        folder.mkdir(parents=True, exist_ok=True)
        yield given
    else:
        say.print(f"Starting PostgreSQL in {folder} …")
        with EmbeddedPostgres(folder) as server:
            yield server.admin_url


def _environment(urls: RoleUrls, folder: Path, port: int) -> dict[str, str]:
    kept = keepsakes(folder / "keepsakes.json")
    carrier = f"http://127.0.0.1:{port + 1}"
    return {
        **os.environ,
        "TOWNLINE_APP_URL": urls.app,
        "TOWNLINE_ENGINE_URL": urls.engine,
        "TOWNLINE_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "TOWNLINE_SECRET": kept.secret,
        "TOWNLINE_MAIL_SENDER": "desk@townline.example",
        # Nobody's telephone has the secrets of a demonstration.
        "TOWNLINE_SECOND_FACTOR": "optional",
        "TOWNLINE_CARRIER_SIGNING_KEY": kept.signing_key,
        "TOWNLINE_CANARY": f"{seed.CANARY.line},{seed.CANARY.phone}",
        "TWILIO_ACCOUNT_SID": kept.account_sid,
        "TWILIO_AUTH_TOKEN": kept.auth_token,
        "TWILIO_BASE_URL": carrier,
        "SENDGRID_API_KEY": kept.sendgrid_key,
        "SENDGRID_WEBHOOK_KEY": kept.webhook_key,
        "SENDGRID_BASE_URL": carrier,
    }


@contextmanager
def _children(
    env: Mapping[str, str], logs: Path, port: int
) -> Iterator[list[subprocess.Popen[bytes]]]:
    """In sessions of their own, so that Ctrl-C reaches us alone and we end them."""
    commands = (
        ("carrier", "--port", str(port + 1)),
        ("serve", "--port", str(port)),
        ("work",),
    )
    started: list[subprocess.Popen[bytes]] = []
    try:
        for words in commands:
            started.append(_start(words, env, logs))
        yield started
    finally:
        with undisturbed():
            say.print("Stopping …")
            for child in started:
                child.send_signal(signal.SIGTERM)
            for child in started:
                _end(child)


def _start(
    words: tuple[str, ...], env: Mapping[str, str], logs: Path
) -> subprocess.Popen[bytes]:
    logs.mkdir(parents=True, exist_ok=True)
    with (logs / f"{words[0]}.log").open("ab") as log:
        return subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "townline.entrypoints", *words],
            env=env,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _end(child: subprocess.Popen[bytes]) -> None:
    try:
        child.wait(LEAVES_WITHIN)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _wait_until_ready(port: int, children: list[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while not _answers(f"http://127.0.0.1:{port}/health/ready"):
        if time.monotonic() > deadline:
            raise SystemExit(f"The pages did not answer on port {port}.")
        _stop_if_one_ended(children)
        time.sleep(0.2)


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=2) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _watch(children: list[subprocess.Popen[bytes]]) -> None:
    while True:
        _stop_if_one_ended(children)
        time.sleep(0.5)


def _stop_if_one_ended(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is not None:
            words = child.args if isinstance(child.args, list) else []
            name = " ".join(map(str, words[3:4]))
            raise SystemExit(
                f"townline {name} ended by itself; the end of its log says why."
            )


def _welcome(port: int, logs: Path) -> None:
    say.print(f"\n[bold]Townline is running at http://127.0.0.1:{port}[/]")
    say.print(f"Telephones and mailboxes: http://127.0.0.1:{port + 1}\n")
    say.print(f"Sign in with any of these and the password {seed.PASSWORD}:")
    for person in seed.PEOPLE:
        say.print(f"  {person.email:<36} {person.name}, {person.role}")
    free = ", ".join(seed.FREE_LINES)
    say.print(f"\nFree lines, for a town that an administrator brings on: {free}")
    say.print(f"\nWhat the processes say is in {logs}.")
    say.print("Ring a town from a telephone, take the call at the desk. Ctrl-C stops.")
