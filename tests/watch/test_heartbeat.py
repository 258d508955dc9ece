"""Silence is the alarm: the heartbeat is sent only while all is well."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.watch.conftest import Watched, after
from townline.entrypoints.watch import auditor, heartbeat
from townline.entrypoints.watch.heartbeat import Heartbeat
from townline.entrypoints.watch.rules import BOUNDS, Found, silences

HEALTHY = {"stranded_run": Found(), "overdue": Found(number=9, grave=False)}

LONGER_THAN_ANYBODY_WAITS = 30.0


@contextmanager
def listening(
    *, status: int = 200, silent: threading.Event | None = None
) -> Iterator[tuple[str, list[str]]]:
    """Somebody outside: an address, and what was asked of it.

    ``silent`` keeps every answer back until it is set.
    """
    heard: list[str] = []

    class Outside(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            if silent and not silent.wait(LONGER_THAN_ANYBODY_WAITS):
                heard.append("heard out")
            with suppress(BrokenPipeError, ConnectionResetError):
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

        def log_message(self, format: str, *words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Outside)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/alive", heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_it_beats_while_all_is_well(watched: Watched) -> None:
    auditor.audit(watched.database, at=after(1))

    with listening() as (url, heard):
        beat = Heartbeat(url)
        told = [beat(watched.database, at=after(seconds)) for seconds in (2, 3, 32)]

    assert told == [1, 0, 1]
    assert heard == ["/alive", "/alive"]


@pytest.mark.parametrize(
    ("audited", "seconds", "why"),
    [
        pytest.param(None, 1, "auditor", id="nobody audits"),
        pytest.param(1, 100, "auditor", id="nobody audits any more"),
        pytest.param(70, 71, "emergency_overdue", id="an emergency waits"),
        pytest.param(
            1, 65, "townline_message_lag_seconds:emergency", id="since the last pass"
        ),
    ],
)
def test_it_is_silent_when_something_is_wrong(
    watched: Watched, audited: float | None, seconds: float, why: str
) -> None:
    if audited is not None:
        auditor.audit(watched.database, at=after(audited))

    with listening() as (url, heard):
        assert Heartbeat(url)(watched.database, at=after(seconds)) == 0

    assert heard == []
    assert why in heartbeat.reasons(watched.database, at=after(seconds))


@pytest.mark.parametrize(
    ("found", "figures", "why"),
    [
        pytest.param(HEALTHY, {}, [], id="all is well, or not grave"),
        pytest.param(
            {"stranded_run": Found(number=2, mended=2)}, {}, [], id="mended at once"
        ),
        pytest.param(
            {"stranded_run": Found(number=2, mended=1)},
            {},
            ["stranded_run"],
            id="not all of it mended",
        ),
        pytest.param(
            {"overdue": Found(grave=False, failed=True)},
            {},
            ["overdue"],
            id="a check that failed knows nothing",
        ),
        pytest.param({}, dict(BOUNDS), [], id="at most"),
        pytest.param(
            {},
            {"townline_timer_lag_seconds": 30.1},
            ["townline_timer_lag_seconds"],
            id="beyond",
        ),
    ],
)
def test_what_silences_it(
    found: dict[str, Found], figures: dict[str, float], why: list[str]
) -> None:
    now = after(0)

    told = silences(
        passed_at=now - timedelta(seconds=89), found=found, figures=figures, at=now
    )

    assert [*told] == why


@pytest.mark.parametrize("status", [404, 500])
def test_an_address_that_refuses_disturbs_nobody(watched: Watched, status: int) -> None:
    auditor.audit(watched.database, at=after(1))

    with listening(status=status) as (url, heard):
        assert Heartbeat(url)(watched.database, at=after(2)) == 0

    assert heard == ["/alive"]


def test_an_address_that_is_nobodys_disturbs_nobody(watched: Watched) -> None:
    auditor.audit(watched.database, at=after(1))

    assert Heartbeat("http://127.0.0.1:9/")(watched.database, at=after(2)) == 0


def test_a_slow_address_holds_nothing_up(watched: Watched) -> None:
    auditor.audit(watched.database, at=after(1))

    given_up = threading.Event()
    with listening(silent=given_up) as (url, heard):
        beat = Heartbeat(url, within=0.05)
        assert beat(watched.database, at=after(2)) == 0
        given_up.set()

    assert "heard out" not in heard
