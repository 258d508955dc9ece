"""Letters through SendGrid, whose SDK is synchronous: threads of our own carry it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from python_http_client.exceptions import HTTPError
from sendgrid.sendgrid import SendGridAPIClient

from notify.channels import DeliveryFailed, Parcel, Sighting
from notify.channels.errors import kind_of
from notify.channels.letters import reply_address
from notify.rules.outcomes import ANSWER_WITHIN
from townline.settings import SendGrid

# Letters wait for nobody; a slow answer must not keep the database's threads.
THREADS = 16
HOST = "https://api.sendgrid.com"
THEIR_FAULT = 500


class SendGridMail:
    def __init__(self, settings: SendGrid, *, waits: timedelta = ANSWER_WITHIN) -> None:
        """``waits`` is how long a letter may wait for a thread and still be sent: as
        long again as the answer may take, both end before its claim's lease does."""
        # Its author ships it without types.
        self._client: Any = SendGridAPIClient(  # type: ignore[no-untyped-call]
            settings.api_key, host=settings.base_url or HOST
        )
        self._client.client.timeout = ANSWER_WITHIN.total_seconds()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="sendgrid")
        self._waits = waits.total_seconds()

    async def deliver(self, parcel: Parcel) -> str:
        loop = asyncio.get_running_loop()
        until = time.monotonic() + self._waits
        return await loop.run_in_executor(self._threads, self._send, parcel, until)

    async def find(self, parcel: Parcel) -> Sequence[Sighting]:
        """SendGrid lists nothing; its events carry the attempt's id."""
        return ()

    async def look(self, parcel: Parcel) -> Sighting | None:
        return None

    async def hang_up(self, parcel: Parcel) -> None:
        """A letter cannot be called back."""

    def close(self) -> None:
        self._threads.shutdown(cancel_futures=True)

    def _send(self, parcel: Parcel, until: float) -> str:
        if time.monotonic() > until:
            # SendGrid is slow, or this process was stopped meanwhile: by the time of
            # an answer the letter could be another worker's.
            raise DeliveryFailed("retry", "waited_too_long")
        try:
            answer = self._client.send(_mail(parcel))
        except HTTPError as refusal:
            raise _classified(refusal) from refusal
        except ConnectionRefusedError as unreachable:
            raise DeliveryFailed("other_sender", "unreachable") from unreachable
        except OSError as lost:
            if isinstance(getattr(lost, "reason", None), ConnectionRefusedError):
                raise DeliveryFailed("other_sender", "unreachable") from lost
            raise DeliveryFailed("ambiguous", type(lost).__name__) from lost
        return str(answer.headers.get("X-Message-Id") or parcel.attempt_id)


def _mail(parcel: Parcel) -> dict[str, Any]:
    return {
        "from": {"email": parcel.ours, "name": parcel.sender_name},
        "reply_to": {"email": reply_address(parcel)},
        "personalizations": [{"to": [{"email": parcel.theirs}]}],
        "subject": parcel.subject,
        "content": [
            {"type": "text/plain", "value": parcel.body},
            {"type": "text/html", "value": parcel.html},
        ],
        "custom_args": {"town": parcel.prefix, "attempt": str(parcel.attempt_id)},
        # Mailers that answer by themselves leave machines alone.
        "headers": {"Auto-Submitted": "auto-generated"},
        # What a relay links to is ours and short; nobody rewrites it.
        "tracking_settings": {
            "click_tracking": {"enable": False, "enable_text": False},
            "open_tracking": {"enable": False},
        },
    }


def _classified(refusal: HTTPError) -> DeliveryFailed:
    status = int(refusal.status_code)
    if status >= THEIR_FAULT:
        return DeliveryFailed("ambiguous", str(status))
    told = str(refusal.headers.get("Retry-After", "")) if refusal.headers else ""
    after = float(told) if told.isdigit() else None
    return DeliveryFailed(kind_of("email", str(status)), str(status), after=after)
