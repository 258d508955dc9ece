"""What the carrier tells the account about a call."""

from __future__ import annotations

from collections.abc import Iterator

from notify.carrier import clock
from notify.carrier.numbering import country
from notify.carrier.plant import Plant
from notify.carrier.twiml import Source
from notify.carrier.voice.calls import Call
from notify.carrier.webhooks import Answer, Webhook

API_VERSION = "2010-04-01"
EVENTS = {"queued": "initiated", "ringing": "ringing", "in-progress": "answered"}

Fields = Iterator[tuple[str, str]]


class Reports:
    def __init__(self, plant: Plant) -> None:
        self._plant = plant

    async def ask(self, call: Call, source: Source) -> Answer:
        """Ask an address what to do next with a call."""
        return await self._plant.courier.tell(
            Webhook(
                url=source.url,
                method=source.method,
                fields=(*self._call_fields(call), *source.fields),
                subject=call.subject,
                forged=call.receipts.forged,
            )
        )

    def report(self, call: Call) -> None:
        """Note a call's new status, and tell whoever asked for that event."""
        self._plant.oracle.note("status", call.subject, call.status)
        self._plant.changed(call.phone)
        instructions = call.instructions
        event = EVENTS.get(call.status, "completed")
        if instructions.status_callback and event in instructions.events:
            self.tell(
                call,
                Source(
                    url=instructions.status_callback,
                    method=instructions.status_method,
                    fields=tuple(self._progress_fields(call)),
                ),
            )
        if call.is_over:
            call.receipts.close()

    def tell(self, call: Call, source: Source) -> None:
        """Tell an address something in the call's order of receipts."""
        webhook = Webhook(
            url=source.url,
            method=source.method,
            fields=(*self._call_fields(call), *source.fields),
            subject=call.subject,
            forged=call.receipts.forged,
        )
        call.receipts.add(lambda: self._plant.courier.tell(webhook))

    def tell_apart(self, call: Call, source: Source) -> None:
        """Tell something that is not the call's own: it lacks the call's numbers."""
        account = self._plant.config.account_sid
        webhook = Webhook(
            url=source.url,
            fields=(("AccountSid", account), *source.fields),
            subject=call.subject,
            forged=call.receipts.forged,
        )
        call.receipts.add(lambda: self._plant.courier.tell(webhook))

    def tell_farewell(self, call: Call, source: Source) -> None:
        """Tell an action's address though the call went on without it."""
        diverted = call.diversion is not None

        async def tell() -> None:
            if not diverted:
                await call.gone.wait()
            await self.ask(call, source)

        self._plant.spawn(tell())

    def _call_fields(self, call: Call) -> Fields:
        yield "CallSid", call.sid
        yield "AccountSid", self._plant.config.account_sid
        yield "ApiVersion", API_VERSION
        yield "CallStatus", _told_status(call)
        yield "Direction", call.direction
        yield "From", call.sender
        yield "To", call.to
        yield "Caller", call.sender
        yield "Called", call.to
        yield "FromCountry", country(call.sender)
        yield "ToCountry", country(call.to)
        if call.answered_by and call.instructions.machine_detection:
            yield "AnsweredBy", call.answered_by
        if call.parent_sid:
            yield "ParentCallSid", call.parent_sid

    def _progress_fields(self, call: Call) -> Fields:
        yield "SequenceNumber", str(call.reported)
        yield "Timestamp", clock.rfc2822(call.updated) or ""
        yield "CallbackSource", "call-progress-events"
        if call.is_over:
            yield "CallDuration", str(call.seconds)
            yield "Duration", str(-(-call.seconds // 60))
        call.reported += 1


def _told_status(call: Call) -> str:
    return "initiated" if call.status == "queued" else call.status
