"""Numbers that must not travel in a text message: payment cards, social insurance."""

from __future__ import annotations

import re

# Payment cards have 13 to 19 digits (ISO/IEC 7812), said in groups or in one go.
_CARD = re.compile(r"(?<![\w-])\d(?:[ -]?\d){12,18}(?![\w-])")
# 123-45-6789 in the United States; the separators tell it from a plain number.
_SSN = re.compile(r"(?<![\w-])\d{3}[ -]\d{2}[ -]\d{4}(?![\w-])")
# 046 454 286 in Canada, where the last digit is Luhn's.
_SIN = re.compile(r"(?<![\w-])\d{3}[ -]\d{3}[ -]\d{3}(?![\w-])")


def masked(words: str) -> str:
    """``words`` with every digit of such a number as an asterisk.

    Tracking numbers, telephone numbers and addresses pass unharmed.
    """
    words = _CARD.sub(_starred_if_checked, words)
    words = _SSN.sub(_starred, words)
    return _SIN.sub(_starred_if_checked, words)


def _starred(found: re.Match[str]) -> str:
    return re.sub(r"\d", "*", found[0])


def _starred_if_checked(found: re.Match[str]) -> str:
    return _starred(found) if _luhn(found[0]) else found[0]


def _luhn(number: str) -> bool:
    digits = [int(char) for char in reversed(number) if char.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
