"""What can keep the embedded PostgreSQL from serving, each with its remedy."""

from __future__ import annotations

from pathlib import Path

REMEDY = "Set TOWNLINE_DATA to {}, or DATABASE_URL to a PostgreSQL of yours."


class EmbeddedPostgresFailed(Exception):
    """The embedded PostgreSQL cannot serve; the message says what to do."""


class NoAccount(EmbeddedPostgresFailed):
    """PostgreSQL does not run as root, and there is no user postgres or nobody."""

    def __init__(self) -> None:
        super().__init__(f"{self.__doc__} Run Townline as an ordinary user.")


class OutOfReach(EmbeddedPostgresFailed):
    """The account that PostgreSQL runs as may not pass a folder above its own."""

    def __init__(self, account: str, barrier: Path) -> None:
        super().__init__(
            f"PostgreSQL does not run as root, and the user {account!r} it runs as"
            f" instead may not enter {barrier}. "
            + REMEDY.format("a folder all may enter, such as /var/lib/townline")
        )


class NotOurs(EmbeddedPostgresFailed):
    """Another user made this folder; what is in it cannot be trusted or shared."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} belongs to another user, or others may write to it. "
            + REMEDY.format("a folder of your own")
        )


class DidNotStart(EmbeddedPostgresFailed):
    """A PostgreSQL program failed; its last words follow."""

    def __init__(self, words: str) -> None:
        super().__init__(f"The embedded PostgreSQL did not start:\n{words.strip()}")
