"""Problems a caller can act on. Anything else is a bug and surfaces as a 500.

The first line of a class's docstring is the message shown when none is given.
"""

from __future__ import annotations


class Problem(Exception):
    """This cannot be done."""

    status_code = 400

    def __init__(self, message: str = "") -> None:
        super().__init__(message or (self.__doc__ or "").split("\n")[0])


class Invalid(Problem):
    """Something entered here needs another look."""

    status_code = 422

    def __init__(self, message: str = "", *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class NotLoggedIn(Problem):
    """Sign in to go on."""

    status_code = 401


class Forbidden(Problem):
    """Your role does not allow this; ask your manager for it."""

    status_code = 403


class NotFound(Problem):
    """There is nothing at this address, or it is not yours to see."""

    status_code = 404


class Conflict(Problem):
    """Somebody else has changed this in the meantime; look again."""

    status_code = 409


class TooMany(Problem):
    """Too many tries; wait a few minutes and try again."""

    status_code = 429
