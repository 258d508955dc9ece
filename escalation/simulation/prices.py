"""What a relay costs to send, roughly: carriers' list prices, without surcharges."""

from __future__ import annotations

from decimal import Decimal

# US dollars: Twilio's list prices for the United States and Canada in 2026, without
# the mobile carriers' own fees, and SendGrid's Essentials plan divided by its letters.
A_SEGMENT = Decimal("0.0083")
A_MINUTE = Decimal("0.0140")
A_LETTER = Decimal("0.0004")
NOTHING = Decimal(0)

# What one number of ours may start in a second without a higher throughput bought: a
# segment by text (long codes, North America) and a call (Twilio's default).
SEGMENTS_A_SECOND = 1.0
CALLS_A_SECOND = 1.0


def cost(channel: str, *, segments: int, answered: bool) -> Decimal:
    """A call that nobody answers is free; one that is answered is begun minutes."""
    match channel:
        case "sms":
            return A_SEGMENT * segments
        case "voice" | "agent":
            return A_MINUTE if answered else NOTHING
        case _:
            return A_LETTER
