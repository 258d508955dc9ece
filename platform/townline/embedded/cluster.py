"""The server's files under one root, and the making of them."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from townline.embedded.account import Account
from townline.embedded.binaries import Binaries
from townline.embedded.failures import DidNotStart, NotOurs
from townline.embedded.locks import open_private

SUPERUSER = "postgres"

# The tail of a log that is sure to hold the reason, and still fits a screen.
LAST_WORDS = 2000

UNFINISHED = "unfinished-"


@dataclass(frozen=True, slots=True)
class Cluster:
    root: Path
    account: Account

    @property
    def files(self) -> Path:
        return self.root / "data"

    @property
    def log(self) -> Path:
        return self.root / "postgres.log"

    @property
    def secret(self) -> Path:
        return self.root / "superuser.password"

    def open_root(self) -> None:
        """Others may at most pass through, and only where root's stand-in must."""
        mode = 0o711 if self.account.stands_in else 0o700
        for folder in reversed((self.root, *self.root.parents)):
            if not folder.exists():
                folder.mkdir()
                folder.chmod(mode)
        found = self.root.stat()
        if found.st_uid != os.geteuid() or found.st_mode & 0o022:
            raise NotOurs(self.root)
        self.root.chmod(mode)
        self.account.require_passage(self.root)

    def make(self, binaries: Binaries, *, durable: bool) -> None:
        """Make the files under another name first: half a cluster is never used."""
        if self.files.exists():
            return
        for leftover in self.root.glob(f"{UNFINISHED}*"):
            shutil.rmtree(leftover)
        self._choose_password()
        unfinished = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=self.root))
        self.account.own(unfinished)
        self._initdb(binaries, unfinished, durable=durable)
        unfinished.rename(self.files)

    def last_words(self) -> str:
        return self.log.read_text(errors="replace")[-LAST_WORDS:]

    def _choose_password(self) -> None:
        self.secret.unlink(missing_ok=True)
        with open_private(self.secret) as file:
            file.write(secrets.token_hex(32).encode())
        self.account.own(self.secret)

    def _initdb(self, binaries: Binaries, files: Path, *, durable: bool) -> None:
        command = [
            binaries.program("initdb"),
            f"--pgdata={files}",
            f"--username={SUPERUSER}",
            f"--pwfile={self.secret}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-instructions",
            *([] if durable else ["--no-sync"]),
        ]
        with open_private(self.log) as log:
            status = self.account.spawn(command, log=log).wait()
        if status != 0:
            raise DidNotStart(self.last_words())
