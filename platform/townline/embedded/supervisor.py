"""One server for all who name the same folder: the last one out stops it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO
from urllib.parse import quote

from townline.embedded.account import server_account
from townline.embedded.binaries import Binaries, installed_binaries, within_reach
from townline.embedded.cluster import SUPERUSER, Cluster
from townline.embedded.locks import claim, held, share
from townline.embedded.postmaster import Postmaster
from townline.embedded.signals import orderly_exit, undisturbed
from townline.embedded.sockets import PORT, socket_folder


@dataclass(frozen=True, slots=True)
class Server:
    """``admin_url`` carries the superuser's password: never log it."""

    admin_url: str = field(repr=False)


class EmbeddedPostgres:
    """Use it in a ``with``, which also turns SIGTERM into leaving it.

    ``settings`` are PostgreSQL's own; they count if this use launches the server.
    """

    def __init__(
        self, root: Path, *, settings: Mapping[str, str] | None = None
    ) -> None:
        self._cluster = Cluster(root.resolve(), server_account())
        self._settings = settings or {}
        self._use: IO[bytes] | None = None
        self._exits = ExitStack()

    def __enter__(self) -> Server:
        with ExitStack() as stack:
            stack.enter_context(orderly_exit())
            stack.callback(self.stop)
            server = self.start()
            self._exits = stack.pop_all()
        return server

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._exits.close()

    def start(self) -> Server:
        with ExitStack() as undo:
            undo.callback(self.stop)
            self._cluster.open_root()
            with held(self._gate):
                self._use = share(self._users)
                self._bring_up()
            undo.pop_all()
        return self._server()

    def stop(self) -> bool:
        """Leave the server; True if nobody else uses it, and so it was stopped."""
        if self._use is None:
            return False
        with undisturbed(), held(self._gate), self._use as use:
            self._use = None
            last = claim(use)
            if last:
                self._postmaster().shut_down()
        return last

    @property
    def _gate(self) -> Path:
        """One at a time may start or stop."""
        return self._cluster.root / "start.lock"

    @property
    def _users(self) -> Path:
        return self._cluster.root / "users.lock"

    def _bring_up(self) -> None:
        durable = self._settings.get("fsync") != "off"
        self._cluster.make(self._binaries(), durable=durable)
        self._postmaster().bring_up()

    def _postmaster(self) -> Postmaster:
        return Postmaster(self._cluster, self._binaries(), self._settings)

    def _binaries(self) -> Binaries:
        return within_reach(
            installed_binaries(), self._cluster.root, self._cluster.account
        )

    def _server(self) -> Server:
        folder = quote(str(socket_folder(self._cluster.root)))
        login = f"{SUPERUSER}:{self._cluster.secret.read_text()}"
        return Server(f"postgresql://{login}@/postgres?host={folder}&port={PORT}")
