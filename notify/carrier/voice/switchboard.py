"""Calls from their first ring to their end."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from notify.carrier import clock, errors
from notify.carrier.numbering import can_ring, is_possible
from notify.carrier.oracle import Subject
from notify.carrier.plant import Plant
from notify.carrier.twiml import Source
from notify.carrier.voice import conference_news as news
from notify.carrier.voice import conferring
from notify.carrier.voice.calls import Call, CallBook, Direction, Instructions
from notify.carrier.voice.conferences import Conference, Participant, Wish
from notify.carrier.voice.lines import Extension, Opening
from notify.carrier.voice.reports import Reports
from notify.carrier.voice.ringing import answered_by, lift, ring
from notify.carrier.voice.script import Script


class Switchboard:
    def __init__(self, plant: Plant) -> None:
        self.book = CallBook(plant.config.history)
        self._plant = plant
        self._reports = Reports(plant)
        self.script = Script(plant, self._reports, self)

    def place(self, *, to: str, sender: str, instructions: Instructions) -> Call:
        """Call a person for a client of the API."""
        self._check(to, sender)
        call = self._enter(to, sender, "outbound-api", instructions)
        self._plant.oracle.note("accepted", call.subject)
        self._reports.report(call)
        self._plant.spawn(self._carry(call, self.script.open))
        return call

    def invite(
        self,
        conference: Conference,
        wish: Wish,
        *,
        to: str,
        sender: str,
        instructions: Instructions,
    ) -> Participant:
        """Call a person into a conference, for a client of the API."""
        self._check(to, sender)
        call = self._enter(to, sender, "outbound-api", instructions)
        invited = Participant.of(call, wish)
        self._plant.oracle.note("accepted", call.subject)
        self._reports.report(call)
        self._plant.spawn(self._bring(conference, invited))
        return invited

    def extend(self, parent: Call, extension: Extension) -> Call:
        """Call a second person from within a call, as <Dial> does."""
        call = self._enter(
            extension.to, extension.sender, "outbound-dial", extension.instructions
        )
        call.parent_sid = parent.sid
        self._plant.oracle.note("accepted", call.subject, f"from {parent.sid}")
        self._reports.report(call)
        self._plant.spawn(self._carry(call, extension.opening))
        return call

    def dial_in(self, phone: str, line: str) -> Call:
        """Let a person call one of the account's numbers."""
        number = self._plant.line(line)
        if number is None:
            raise errors.NotFound(line)
        instructions = Instructions(
            source=Source(url=number.voice_url), status_callback=number.status_url
        )
        call = self._enter(line, phone, "inbound", instructions)
        call.become("ringing", at=clock.now())
        self._plant.oracle.note("received", call.subject)
        self._plant.changed(phone)
        self._plant.spawn(self._converse(call, self.script.open))
        return call

    def divert(self, call: Call, source: Source) -> None:
        """Put a call in progress under new instructions at once."""
        if call.performing is None or call.is_over:
            raise errors.CallNotInProgress
        call.diversion = source
        call.performing.cancel()

    def hang_up(self, call: Call, *, status: str = "canceled") -> None:
        """End a call; one that still rings ends with the status given."""
        if call.performing:
            call.diversion = None
            call.performing.cancel()
        elif not lift(call, status):
            # Just answered, and nothing is performed yet: it will not be.
            call.left = True

    async def clear(self) -> None:
        live = [call for call in self.book.newest_first() if not call.is_over]
        for call in live:
            self.hang_up(call)
        await asyncio.gather(*(call.gone.wait() for call in live))
        self.book.clear()

    def _check(self, to: str, sender: str) -> None:
        if not to:
            raise errors.CallWithoutTo
        if not sender:
            raise errors.CallWithoutFrom
        if not can_ring(to):
            raise errors.InvalidTo(to)
        if not is_possible(sender):
            raise errors.InvalidFrom(sender)
        if self._plant.line(sender) is None:
            raise errors.CallerNotOwned(sender)

    def _enter(
        self, to: str, sender: str, direction: Direction, instructions: Instructions
    ) -> Call:
        call = Call(
            sender=sender,
            to=to,
            direction=direction,
            instructions=instructions,
            receipts=self._plant.receipts(
                Subject(channel="voice", sender=sender, to=to)
            ),
        )
        self.book.add(call)
        self._plant.phones.at(call.phone).calls.append(call)
        return call

    async def _bring(self, conference: Conference, invited: Participant) -> None:
        async def attend(_: Call) -> None:
            await conferring.attend(self.script, conference, invited)

        call = invited.call
        await self._carry(call, attend)
        if call.started is None:
            # Nobody lifted: the conference hears of that as of somebody's leaving.
            invited.reason_left = "participant_add_failed"
            news.tell(self.script, conference, invited, "participant-leave")

    async def _carry(self, call: Call, opening: Opening) -> None:
        self._become(call, "ringing")
        outcome = await ring(self._plant, call)
        if outcome in {"human", "machine"}:
            call.answered_by = answered_by(call, outcome)
            self._become(call, "in-progress")
            await self._converse(call, opening)
        else:
            self._finish(call, outcome)

    async def _converse(self, call: Call, opening: Opening) -> None:
        if not call.left:
            await self._perform(call, opening(call))
        while call.diversion:
            source, call.diversion = call.diversion, None
            await self._perform(call, self.script.follow(call, source))
        self._finish(call, "completed" if call.started else "canceled")
        if call.performing and not call.performing.cancelled():
            call.performing.result()

    async def _perform(self, call: Call, act: Coroutine[Any, Any, None]) -> None:
        call.performing = self._plant.spawn(act)
        await asyncio.wait({call.performing})

    def _become(self, call: Call, status: str) -> None:
        call.become(status, at=clock.now())
        self._reports.report(call)

    def _finish(self, call: Call, status: str) -> None:
        if not call.is_over:
            call.become(status, at=clock.now())
        call.listening = ""
        self._reports.report(call)
        call.gone.set()
