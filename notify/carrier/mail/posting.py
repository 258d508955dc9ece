"""What the carrier does with letters."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from notify.carrier import clock
from notify.carrier.identifiers import new_letter_id
from notify.carrier.mail.answers import inbound_form
from notify.carrier.mail.letters import Letter, MailBook
from notify.carrier.plant import Plant
from notify.carrier.receipts import ReceiptLine
from notify.carrier.signing import event_signature

LIVES = {
    "": ("processed", "delivered"),
    "open": ("processed", "delivered", "open"),
    "deferred": ("processed", "deferred", "delivered"),
    "bounce": ("processed", "bounce"),
    "dropped": ("dropped",),
}
WHY = {
    "bounce": {"reason": "550 5.1.1 no such mailbox", "status": "5.1.1"},
    "dropped": {"reason": "Bounced Address"},
    "deferred": {"response": "450 4.2.1 mailbox busy, try later", "attempt": "1"},
    "delivered": {"response": "250 2.0.0 OK"},
}


class PostOffice:
    def __init__(self, plant: Plant) -> None:
        self.book = MailBook(plant.config.history)
        self._plant = plant

    def accept(self, letters: Iterable[Letter]) -> list[ReceiptLine]:
        """Take letters for sending; their events follow by themselves."""
        return [self._take(letter) for letter in letters]

    async def write(self, letter: Letter) -> int:
        """Bring a person's letter to the account; return what its address said."""
        letter.answers = True
        self.book.add(letter)
        self._plant.oracle.note("received", letter.subject)
        self._plant.bell.ring("mail")
        url = self._plant.config.inbound_mail_url
        if not url:
            return 0
        body, content_type = inbound_form(letter)
        answer = await self._plant.courier.tell_signed(
            url,
            body=body,
            headers={"Content-Type": content_type},
            subject=letter.subject,
        )
        return answer.status

    def _take(self, letter: Letter) -> ReceiptLine:
        self._plant.oracle.note("accepted", letter.subject)
        receipts = self._plant.receipts(letter.subject)
        outcome = self._plant.faults.take(
            frozenset(LIVES), "mail", numbers=(letter.to, letter.sender)
        )
        life = LIVES[outcome.kind if outcome else ""]
        self._become(letter, life[0], receipts)
        self._plant.spawn(self._live(letter, receipts, life[1:]))
        return receipts

    async def _live(
        self, letter: Letter, receipts: ReceiptLine, life: Iterable[str]
    ) -> None:
        for event in life:
            await self._plant.courier.pause(self._plant.config.message_seconds)
            if event == "delivered":
                self.book.add(letter)
                self._plant.bell.ring("mail")
            self._become(letter, event, receipts)
        receipts.close()

    def _become(self, letter: Letter, event: str, receipts: ReceiptLine) -> None:
        letter.events.append(event)
        self._plant.oracle.note("status", letter.subject, event)
        url = self._plant.config.event_url
        if url:
            body = msgspec.json.encode([_event(letter, event)])
            headers = self._signed(body, forged=receipts.forged)
            receipts.add(
                lambda: self._plant.courier.tell_signed(
                    url, body=body, headers=headers, subject=letter.subject
                )
            )

    def _signed(self, body: bytes, *, forged: bool) -> dict[str, str]:
        timestamp = str(int(clock.now().timestamp()))
        signature = event_signature(
            self._plant.config.sendgrid_signing_key,
            timestamp=timestamp,
            # A forger signs something else than what is sent.
            body=body[::-1] if forged else body,
        )
        return {
            "Content-Type": "application/json",
            "X-Twilio-Email-Event-Webhook-Signature": signature,
            "X-Twilio-Email-Event-Webhook-Timestamp": timestamp,
        }


def _event(letter: Letter, event: str) -> dict[str, object]:
    """Write an event as SendGrid does, with the sender's own arguments beside it."""
    return {
        **letter.marks,
        "email": letter.to,
        "timestamp": int(clock.now().timestamp()),
        "event": event,
        "sg_event_id": new_letter_id(),
        "sg_message_id": f"{letter.sid}.recvd-local-1",
        "smtp-id": letter.message_id,
        "category": list(letter.categories),
        **WHY.get(event, {}),
    }
