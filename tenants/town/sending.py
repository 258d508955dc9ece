"""By which of the operator's senders a town writes and calls."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from tenants.town.fields import Email, Phone
from tenants.town.parts import Part

MessagingService = Annotated[
    str,
    Meta(
        pattern=r"^MG[0-9a-f]{32}$",
        description='the SID of a Messaging Service, "MG" and 32 digits or letters a-f',
    ),
]


class Sending(Part, frozen=True, kw_only=True):
    """All of it may be left out: the main line then texts and calls.

    ``second_sender`` takes over what the first cannot send, and so does ``sender``
    for the Messaging Service. Answers come to the numbers themselves, so that each
    is one of the town's lines. ``texts_per_second`` is what the carrier has granted
    each of them, where that is more than its kind of number usually gets.
    """

    messaging_service: MessagingService | None = None
    sender: Phone | None = None
    second_sender: Phone | None = None
    mail_from: Email | None = None
    mail_first: Literal["sendgrid", "smtp"] | None = None
    merge_after: Annotated[int, Meta(ge=1, le=10)] = 3
    texts_per_second: Annotated[float, Meta(gt=0, le=1_000)] | None = None
