"""Where the server listens: one folder that nobody else may enter."""

from __future__ import annotations

import stat
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from townline.embedded.account import Account
from townline.embedded.failures import NotOurs

PORT = 5432

# A socket's address holds 104 bytes on macOS and 108 on Linux.
LONGEST = 100

# Short on every system, and sticky: what we make there nobody else can replace.
SHORT = Path("/tmp")  # noqa: S108 - its owner and mode are checked below


def socket_folder(root: Path) -> Path:
    """Beside the data if it can be: a comma would part one address into two."""
    beside = root / "run"
    if len(bytes(beside / f".s.PGSQL.{PORT}")) <= LONGEST and "," not in str(beside):
        return beside
    return SHORT / f"townline-{sha256(bytes(root)).hexdigest()[:16]}"


def open_socket_folder(folder: Path, account: Account) -> None:
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        account.own(folder)
    found = folder.lstat()
    private = stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o077
    if not private or found.st_uid != account.uid:
        raise NotOurs(folder)


def remove_stale_lock(folder: Path) -> None:
    """Call it only when no server is alive: a reused process id would bar a new one."""
    (folder / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)
