"""Use the installed wheel, away from the checkout, as a first visitor would."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import tenants

TOWNLINE = str(Path(sys.executable).with_name("townline"))
EXAMPLES = sorted(Path(tenants.__file__).parent.glob("examples/*.toml"))

# A cluster is made, migrated and seeded meanwhile, beside other work on two cores.
READY_WITHIN = 180.0
ENDS_WITHIN = 60.0


def main(folder: Path) -> None:
    check("it is the wheel", held=Path(tenants.__file__).is_relative_to(sys.prefix))
    check("the example towns are in it", held=len(EXAMPLES) >= 2)
    for words in (["--help"], *(["town", "check", str(town)] for town in EXAMPLES)):
        subprocess.run(  # noqa: S603 - our own command
            [TOWNLINE, *words], cwd=folder, check=True, stdout=subprocess.DEVNULL
        )
        say(f"townline {' '.join(words)}")
    demonstrate(folder)


def demonstrate(folder: Path) -> None:
    port, data = free_port(), folder / "demonstration"
    # A shell that starts us in the background has it ignored, and so would the child.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with (folder / "demo.log").open("wb") as log:
        demo = subprocess.Popen(  # noqa: S603 - our own command
            [TOWNLINE, "demo", "--port", str(port)],
            cwd=folder,
            env={**os.environ, "TOWNLINE_DATA": str(data)},
            stdout=log,
            stderr=log,
        )
    try:
        visit(demo, f"http://127.0.0.1:{port}")
        demo.send_signal(signal.SIGINT)
        check("Ctrl-C ends it in order", held=demo.wait(ENDS_WITHIN) == 0)
        check("and leaves no process", held=not list(left_over(data)))
    except BaseException:
        say((folder / "demo.log").read_text(errors="replace")[-5000:])
        demo.terminate()
        raise


def visit(demo: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while fetch(f"{address}/health/ready") is None:
        check("the demonstration runs", held=demo.poll() is None, quietly=True)
        check("it is soon ready", held=time.monotonic() < deadline, quietly=True)
        time.sleep(0.5)
    say("townline demo is ready")
    check("it asks to sign in", held="<form" in (fetch(f"{address}/login") or ""))


def fetch(url: str) -> str | None:
    try:
        with urlopen(url, timeout=10) as answer:  # noqa: S310 - our own address
            return str(answer.read().decode())
    except (URLError, OSError):
        return None


def free_port() -> int:
    """One with a free neighbour: the local carrier takes the next."""
    for port in range(18311, 19311, 2):
        if all(is_free(number) for number in (port, port + 1)):
            return port
    raise SystemExit("no two free ports")


def is_free(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) != 0


def left_over(data: Path) -> Iterator[str]:
    """Processes that name the folder: the server as an argument, ours as a setting."""
    for process in Path("/proc").glob("[0-9]*"):
        for part in ("cmdline", "environ"):
            if bytes(data) in read(process / part):
                yield read(process / "cmdline").replace(b"\0", b" ").decode()


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""  # ended meanwhile, or another user's


def check(promise: str, *, held: bool, quietly: bool = False) -> None:
    if not held:
        raise SystemExit(f"smoke: not so: {promise}")
    if not quietly:
        say(promise)


def say(line: str) -> None:
    sys.stdout.write(f"smoke: {line}\n")


main(Path(sys.argv[1]))
