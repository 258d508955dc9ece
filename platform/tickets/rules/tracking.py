"""Tracking numbers that survive being said over a bad line: RIV-482-731-7.

The last digit is Damm's check digit: any one digit misheard, and any two neighbours
swapped, make a number that nobody has.
"""

from __future__ import annotations

from tickets.errors import Misheard, NotATrackingNumber
from townline.words import NO_BREAK

# Damm's totally anti-symmetric quasigroup of order 10 (H. Michael Damm, 2004).
QUASIGROUP = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
PREFIX = 3
# Six digits and the check digit; nine in a crowded town.
LENGTHS = (7, 10)
# A town with a hundred thousand tickets meets a taken number once in ten draws, and
# three times in a row once in a thousand: it grows long numbers as it fills up.
SHORT_DRAWS = 3

_LETTERS = str.maketrans("01", "OI")
_DIGITS = str.maketrans("OIL", "011")


def digits_for(draw: int) -> int:
    """How many random digits the ``draw``-th try (from 0) at a free number takes."""
    return 6 if draw < SHORT_DRAWS else 9


def numbered(prefix: str, digits: str) -> str:
    """The tracking number that ``digits`` make, with its check digit."""
    groups = [digits[start : start + 3] for start in range(0, len(digits), 3)]
    return "-".join((prefix, *groups, check_digit(digits)))


def check_digit(digits: str) -> str:
    interim = 0
    for digit in digits:
        interim = QUASIGROUP[interim][int(digit)]
    return str(interim)


def read(said: str, *, prefix: str) -> str:
    """The number as it is stored, however it was said or typed.

    Spaces, dashes and case do not matter; O and 0, and I, l and 1, pass for each
    other where only one of them can stand. Digits alone are taken for ``prefix``'s.
    """
    letters, digits = _parts(said, prefix)
    if len(digits) not in LENGTHS or not digits.isdigit() or not letters.isalpha():
        raise NotATrackingNumber
    if check_digit(digits[:-1]) != digits[-1]:
        raise Misheard
    return numbered(letters, digits[:-1])


def spelled(tracking: str) -> str:
    """As it is read to a caller: R I V, 482, 731, 4, each part kept on one line."""
    prefix, *groups = tracking.split("-")
    return ", ".join((NO_BREAK.join(prefix), *groups))


def _parts(said: str, prefix: str) -> tuple[str, str]:
    plain = "".join(char for char in said.upper() if char.isascii() and char.isalnum())
    if len(plain) in LENGTHS and plain.translate(_DIGITS).isdigit():
        return prefix, plain.translate(_DIGITS)
    return plain[:PREFIX].translate(_LETTERS), plain[PREFIX:].translate(_DIGITS)
