"""Being told to end, and ending in order."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from types import FrameType

# Python makes SIGINT a KeyboardInterrupt; the other two would end us on the spot.
UNHEARD = (signal.SIGTERM, signal.SIGHUP)

Answer = Callable[[int, FrameType | None], None] | signal.Handlers


@contextmanager
def orderly_exit() -> Generator[None]:
    """Let SIGTERM and SIGHUP leave every ``with`` on their way out, as Ctrl-C does.

    uvicorn takes these signals while it serves and raises them again afterwards;
    without this the second raising would kill us before the database was stopped.
    Where a signal is ignored already, as nohup does, it stays ignored.
    """
    fatal = [number for number in UNHEARD if signal.getsignal(number) is signal.SIG_DFL]
    with _answering(fatal, _leave):
        yield


@contextmanager
def undisturbed() -> Generator[None]:
    """Hear nothing: a second Ctrl-C must not leave a server half stopped."""
    with _answering((signal.SIGINT, *UNHEARD), signal.SIG_IGN):
        yield


@contextmanager
def _answering(numbers: Sequence[signal.Signals], answer: Answer) -> Generator[None]:
    if threading.current_thread() is not threading.main_thread():
        # Only the main thread hears signals, and only it may say how.
        yield
        return
    before = {number: signal.signal(number, answer) for number in numbers}
    try:
        yield
    finally:
        for number, former in before.items():
            signal.signal(number, former)


def _leave(number: int, _frame: FrameType | None) -> None:
    # What a shell reports of a program that a signal has ended.
    raise SystemExit(128 + number)
