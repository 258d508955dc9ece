"""The server process: launched, listened to, ended."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from time import sleep

from townline.embedded.account import ENVIRONMENT
from townline.embedded.binaries import Binaries
from townline.embedded.cluster import Cluster
from townline.embedded.failures import DidNotStart
from townline.embedded.locks import claim, open_private
from townline.embedded.sockets import (
    PORT,
    open_socket_folder,
    remove_stale_lock,
    socket_folder,
)

PAUSE = 0.05

# What pg_isready says; a server that starts or ends rejects.
ACCEPTS, REJECTS = 0, 1

# A minute: crash recovery after a day of the demonstration takes seconds.
STARTING = 1200

# "Fast" for half a minute, its checkpoint included; then "immediate", which the next
# start recovers from.
ENDINGS = ((signal.SIGINT, 600), (signal.SIGQUIT, 100))

# A server just launched does not hear its first signals: say it again every second.
REPEATED = 20


@dataclass(frozen=True, slots=True)
class Postmaster:
    cluster: Cluster
    binaries: Binaries
    settings: Mapping[str, str]

    @property
    def sockets(self) -> Path:
        return socket_folder(self.cluster.root)

    def bring_up(self) -> None:
        """Return once the server answers, whoever launched it and however it died."""
        launched: subprocess.Popen[bytes] | None = None
        for _ in range(STARTING):
            if self._knock() == ACCEPTS:
                return
            if launched is None:
                launched = self._launch()
            elif launched.poll() is not None:
                break
            sleep(PAUSE)
        raise DidNotStart(self.cluster.last_words())

    def shut_down(self) -> None:
        if any(self._ends(number, patience) for number, patience in ENDINGS):
            with suppress(OSError):
                self.sockets.rmdir()

    def _knock(self) -> int:
        program = self.binaries.program("pg_isready")
        command = [program, "-q", "-h", str(self.sockets), "-p", str(PORT)]
        return subprocess.run(command, check=False, env=ENVIRONMENT).returncode  # noqa: S603

    def _launch(self) -> subprocess.Popen[bytes] | None:
        """None while a server lives, or while a killed one's children still do.

        The lock is handed down to every process of the server, so it is free when
        the last of them is gone, and not before: neither a zombie nor another
        program with an old process id can be mistaken for a server.
        """
        with open_private(self.cluster.root / "server.lock") as pulse:
            if not claim(pulse):
                return None
            self._bury_the_last()
            with open_private(self.cluster.log) as log:
                process = self.cluster.account.spawn(
                    self._command(), log=log, keep=(pulse.fileno(),)
                )
        # It may outlive its last use by us; this reaps it whenever it ends.
        Thread(target=process.wait, daemon=True).start()
        return process

    def _bury_the_last(self) -> None:
        (self.cluster.files / "postmaster.pid").unlink(missing_ok=True)
        open_socket_folder(self.sockets, self.cluster.account)
        remove_stale_lock(self.sockets)
        with suppress(FileNotFoundError):
            self.cluster.log.replace(self.cluster.log.with_suffix(".log.1"))

    def _command(self) -> list[str]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "port": str(PORT),
            **self.settings,
        }
        options = [f"--{name}={value}" for name, value in settings.items()]
        return [
            self.binaries.program("postgres"),
            "-D",
            str(self.cluster.files),
            *options,
        ]

    def _ends(self, number: signal.Signals, patience: int) -> bool:
        for attempt in range(patience):
            if not self._lives():
                return True
            if attempt % REPEATED == 0:
                self._tell(number)
            sleep(PAUSE)
        return False

    def _lives(self) -> bool:
        with open_private(self.cluster.root / "server.lock") as pulse:
            return not claim(pulse)

    def _tell(self, number: signal.Signals) -> None:
        """Signal the server that answers here; a number in a file may be stale."""
        if self._knock() not in (ACCEPTS, REJECTS):
            return
        with suppress(FileNotFoundError, ProcessLookupError):
            written = (self.cluster.files / "postmaster.pid").read_text()
            os.kill(int(written.split()[0]), number)
