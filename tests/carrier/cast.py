"""Who plays in these tests."""

from __future__ import annotations

from typing import Any, TypeAlias

# Twilio's client. Its annotations say classes where its answers are words.
Twilio: TypeAlias = Any

ACCOUNT = "AC" + "5" * 32
TOKEN = "a-token-of-the-bench"
LINE = "+13125550100"
CREW = "+13125550142"
RESIDENT = "+13125550177"
AGENT = "+13125550190"
