"""How many segments a text is billed as (3GPP TS 23.038)."""

from __future__ import annotations

GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Each of these is sent as an escape and a second character.
GSM_EXTENDED = frozenset("\f^{}\\[~]|€")

# 140 octets hold 160 septets or 70 UTF-16 units; a part of a longer text gives
# six octets to its header.
GSM_SINGLE, GSM_PART = 160, 153
UCS_SINGLE, UCS_PART = 70, 67


def count(body: str) -> int:
    if set(body) <= GSM_BASIC | GSM_EXTENDED:
        widths = [2 if sign in GSM_EXTENDED else 1 for sign in body]
        return _parts(widths, GSM_SINGLE, GSM_PART)
    widths = [len(sign.encode("utf-16-le")) // 2 for sign in body]
    return _parts(widths, UCS_SINGLE, UCS_PART)


def _parts(widths: list[int], single: int, part: int) -> int:
    if sum(widths) <= single:
        return 1
    # An escaped sign or a surrogate pair is never cut in two.
    parts, used = 1, 0
    for width in widths:
        if used + width > part:
            parts, used = parts + 1, 0
        used += width
    return parts
