"""Numbers of paper sheets: RIV-P-0041-7, printed before they are needed."""

from __future__ import annotations

import re

from tickets.errors import Misheard, NotASheetNumber
from tickets.rules.tracking import check_digit

_NUMBER = re.compile(r"(?:[A-Z]{3}P)?(\d{4,7})(\d)")
DIGITS = 4


def numbered(prefix: str, number: int) -> str:
    digits = f"{number:0{DIGITS}}"
    return f"{prefix}-P-{digits}-{check_digit(digits)}"


def read(written: str) -> int:
    """The number on a sheet, however its spaces and dashes were copied."""
    plain = "".join(char for char in written.upper() if char.isalnum())
    found = _NUMBER.fullmatch(plain)
    if found is None:
        raise NotASheetNumber
    if check_digit(found[1]) != found[2]:
        raise Misheard
    return int(found[1])
