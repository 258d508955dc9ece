"""A PostgreSQL of our own, for a first look and for tests: nothing to install.

``supervisor`` starts, shares and stops the server; ``cluster`` lays its files out,
``account`` says as whom it runs, ``binaries`` where its programs are, ``sockets``
where it listens, ``locks`` who uses it, ``signals`` how its user may be ended.
"""

from __future__ import annotations

from townline.embedded.failures import EmbeddedPostgresFailed
from townline.embedded.signals import orderly_exit
from townline.embedded.supervisor import EmbeddedPostgres, Server

__all__ = ["EmbeddedPostgres", "EmbeddedPostgresFailed", "Server", "orderly_exit"]
