"""As whom the server runs: PostgreSQL refuses to be root."""

from __future__ import annotations

import os
import pwd
import stat
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from townline.embedded.failures import NoAccount, OutOfReach

# In a container with neither Debian's PostgreSQL nor its user, nobody will do.
STAND_INS = ("postgres", "nobody")

# Nothing of our own environment reaches the server: PGHOST and its like would
# mislead its programs, and carriers' secrets are none of its business.
ENVIRONMENT = {"PATH": os.defpath, "HOME": "/", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


@dataclass(frozen=True, slots=True)
class Account:
    name: str
    uid: int
    gid: int

    @property
    def stands_in(self) -> bool:
        """True if we are root, and the server must be somebody else."""
        return self.uid != os.geteuid()

    def own(self, path: Path) -> None:
        if self.stands_in:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def require_passage(self, path: Path) -> None:
        if self.stands_in and (barrier := barrier_before(path, self)):
            raise OutOfReach(self.name, barrier)

    def spawn(
        self, command: list[str], *, log: IO[bytes], keep: tuple[int, ...] = ()
    ) -> subprocess.Popen[bytes]:
        """Run a program as this account, in a session that no Ctrl-C reaches."""
        return subprocess.Popen(  # noqa: S603 - our own programs and paths
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env=ENVIRONMENT,
            pass_fds=keep,
            start_new_session=True,
            user=self.uid,
            group=self.gid,
            extra_groups=[] if self.stands_in else None,
        )


def server_account() -> Account:
    if os.geteuid() != 0:
        return Account("", os.geteuid(), os.getegid())
    for name in STAND_INS:
        with suppress(KeyError):
            found = pwd.getpwnam(name)
            return Account(name, found.pw_uid, found.pw_gid)
    raise NoAccount


def barrier_before(path: Path, account: Account) -> Path | None:
    """The outermost folder on the way to ``path`` that the account may not enter."""
    for step in (*reversed(path.parents), path):
        if not _may_enter(step.stat(), account):
            return step
    return None


def _may_enter(found: os.stat_result, account: Account) -> bool:
    if found.st_uid == account.uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == account.gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)
