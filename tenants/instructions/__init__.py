"""What a town wants done differently for a while, and who has read it.

The words are the town's own file; ``rules.instructing`` says which are in force, and
``receipts`` keeps who has read them.
"""

from __future__ import annotations

from tenants.instructions.models import InstructionReceipt
from tenants.instructions.receipts import (
    InstructionChanged,
    ToRead,
    mark_read,
    receipts_of,
    unread,
    unread_on_board,
)

__all__ = [
    "InstructionChanged",
    "InstructionReceipt",
    "ToRead",
    "mark_read",
    "receipts_of",
    "unread",
    "unread_on_board",
]
