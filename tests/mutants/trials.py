"""A fault in a copy of the tree, and pytest's word on it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.conftest import FAST
from tests.mutants.faults import Fault
from tests.sources import ROOT
from townline.embedded import EmbeddedPostgres

# The slowest of these runs takes a tenth of it; a test that hangs is not red.
PATIENCE_SECONDS = 180
STORIES_FAILED = 1
SCRATCH = "townline-mutants-"
# The stories of every run share one server, and each run has a database of its own.
DATA = Path(os.environ.get("TOWNLINE_DATA", ROOT / ".data"))

_RED = re.compile(r"^FAILED \S+?::([\w:]+)", re.MULTILINE)


class NotGreen(SystemExit):
    """A test that is red without any fault cannot notice one."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``caught_by`` is the first test that turned red; without one, ``but`` says why
    there is none."""

    fault: Fault
    caught_by: str | None
    but: str = ""

    def line(self) -> str:
        word = f"caught by {self.caught_by}" if self.caught_by else self.but
        return f"{self.fault.name}: {word}"


@contextmanager
def clean_copy() -> Iterator[Path]:
    """The tree as it is now, committed or not, without what git ignores."""
    with TemporaryDirectory(prefix=SCRATCH) as folder, _server():
        tree = Path(folder)
        for name in _files():
            if (ROOT / name).is_file():
                (tree / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, tree / name)
        yield tree


def require_green(tree: Path, faults: Iterable[Fault]) -> None:
    named = {test for fault in faults for test in fault.tests}
    run = _pytest(tree, sorted(named))
    if run.returncode != 0:
        raise NotGreen(f"{run.stdout}\n{NotGreen.__doc__}")


def tried(fault: Fault, clean: Path) -> Verdict:
    with TemporaryDirectory(prefix=SCRATCH) as folder:
        tree = Path(folder) / "tree"
        # With what was compiled for the clean tree: only what is changed is anew.
        shutil.copytree(clean, tree)
        fault.put_back(tree)
        try:
            return _verdict(fault, _pytest(tree, fault.tests))
        except subprocess.TimeoutExpired:
            return Verdict(fault, None, "HANGS, which no test says")


def _verdict(fault: Fault, run: subprocess.CompletedProcess[str]) -> Verdict:
    red = _RED.search(run.stdout)
    if run.returncode == STORIES_FAILED and red:
        return Verdict(fault, red[1])
    if run.returncode == 0:
        return Verdict(fault, None, "SURVIVED")
    return Verdict(fault, None, f"BROKEN, no test was run\n{run.stdout}")


def _pytest(tree: Path, tests: Iterable[str]) -> subprocess.CompletedProcess[str]:
    quietly = ("-x", "-q", "--tb=short", "-p", "no:cacheprovider")
    return subprocess.run(  # noqa: S603 - our own tests
        [sys.executable, "-m", "pytest", *quietly, *tests],
        cwd=tree,
        env={**os.environ, "TOWNLINE_DATA": str(DATA)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def _files() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - whichever git is here
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [name for name in listed.stdout.split("\0") if name]


def _server() -> EmbeddedPostgres | nullcontext[None]:
    """Kept up for as long as there is something to try."""
    if "DATABASE_URL" in os.environ:
        return nullcontext()
    return EmbeddedPostgres(DATA / "tests", settings=FAST)
