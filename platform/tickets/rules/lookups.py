"""The code of a caller who keeps their name: RIVA-482-731-7, with a check digit.

It names the ticket and nobody. The A tells it from a tracking number, which anybody
may know who has seen the ticket.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tickets.errors import Misheard
from tickets.rules.tracking import check_digit, digits_for, numbered

_CODE = re.compile(r"([A-Z]{3}A)(\d{6}|\d{9})(\d)")


def drawn(prefix: str, below: Callable[[int], int], *, draw: int) -> str:
    length = digits_for(draw)
    return numbered(f"{prefix}A", f"{below(10**length):0{length}}")


def is_one(said: str) -> bool:
    return _CODE.fullmatch(_plain(said)) is not None


def read(said: str) -> str:
    """The code as it is stored; spaces, dashes and case do not matter."""
    found = _CODE.fullmatch(_plain(said))
    if found is None or check_digit(found[2]) != found[3]:
        raise Misheard
    return numbered(found[1], found[2])


def _plain(said: str) -> str:
    return "".join(char for char in said.upper() if char.isascii() and char.isalnum())
