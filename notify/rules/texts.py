"""Text messages as carriers count them: GSM-7 where they can be (3GPP TS 23.038)."""

from __future__ import annotations

import unicodedata
from typing import Final

BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Each of these travels as an escape and a second character.
EXTENDED: Final = frozenset("\f^{}\\[~]|€")
GSM: Final = BASIC | EXTENDED

# 140 octets carry 160 septets or 70 UTF-16 units; each part of a longer text gives
# six octets to its header.
GSM_ALONE, GSM_PART = 160, 153
WIDE_ALONE, WIDE_PART = 70, 67
# Twilio refuses a longer body.
LONGEST = 1600

SPELLED: Final = {
    "’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-",
    "‑": "-", "…": "...", "œ": "oe", "Œ": "OE", "•": "-", "\u00a0": " ",
    "\u202f": " ", "\u2009": " ", "\u200b": "", "\t": " ",
}  # fmt: skip


def fold(body: str) -> str:
    """Spell in GSM-7 what has a spelling there; leave the rest as it is."""
    if GSM.issuperset(body):
        return body
    composed = unicodedata.normalize("NFC", body)
    return "".join(_fold(sign) for sign in composed)


def shorten(words: str, limit: int) -> str:
    """Cut between words, and say that something was cut."""
    if len(words) <= limit:
        return words
    kept = words[: limit - 2].rsplit(" ", 1)[0].rstrip(" ,;:")
    return f"{kept}.."


def strange(body: str) -> tuple[str, ...]:
    """What the telephone's alphabet lacks, each sign once: it makes segments short."""
    return tuple(dict.fromkeys(sign for sign in body if sign not in GSM))


def segments(body: str) -> int:
    """How many parts a carrier sends, and bills."""
    if len(body) <= GSM_ALONE and BASIC.issuperset(body):
        return 1
    if GSM.issuperset(body):
        widths = [2 if sign in EXTENDED else 1 for sign in body]
        return _parts(widths, GSM_ALONE, GSM_PART)
    widths = [len(sign.encode("utf-16-le")) // 2 for sign in body]
    return _parts(widths, WIDE_ALONE, WIDE_PART)


def _fold(sign: str) -> str:
    if sign in GSM:
        return sign
    if sign in SPELLED:
        return SPELLED[sign]
    letter = unicodedata.normalize("NFD", sign)[0]
    return letter if letter in GSM else sign


def _parts(widths: list[int], alone: int, part: int) -> int:
    if sum(widths) <= alone:
        return 1
    # An escaped character, or a surrogate pair, is never cut in two.
    parts, used = 1, 0
    for width in widths:
        if used + width > part:
            parts, used = parts + 1, 0
        used += width
    return parts
