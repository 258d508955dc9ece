"""How calls end: every one of them with a word for it, and whether it is billed.

The contract of a town may bill otherwise; these are the defaults of the field, where
a town pays for its residents and not for the telephone's mistakes.
"""

from __future__ import annotations

from typing import Literal

Disposition = Literal[
    "ticket_created",
    "added_to_existing",
    "status_enquiry",
    "information_given",
    "transferred_city",
    "transferred_911",
    "patched_on_call",
    "wrong_number",
    "wrong_city",
    "hang_up",
    "silent",
    "spam",
    "test_call",
    "abusive_ended",
    "language_unserved",
    "dropped_call",
]

BILLABLE: dict[Disposition, bool] = {
    "ticket_created": True,
    "added_to_existing": True,
    "status_enquiry": True,
    "information_given": True,
    "transferred_city": True,
    "transferred_911": True,
    "patched_on_call": True,
    "wrong_number": False,
    "wrong_city": False,
    "hang_up": False,
    "silent": False,
    "spam": False,
    "test_call": False,
    "abusive_ended": True,
    "language_unserved": False,
    "dropped_call": False,
}
DISPOSITIONS = tuple(BILLABLE)
