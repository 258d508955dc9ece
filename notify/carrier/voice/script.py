"""Performs the instructions of a call, one document after the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress

from notify.carrier import clock, twiml
from notify.carrier.plant import Plant
from notify.carrier.twiml import Source, Verb
from notify.carrier.voice.calls import Call
from notify.carrier.voice.conferences import ConferenceBook
from notify.carrier.voice.dialling import dial
from notify.carrier.voice.leaving import HungUp, hang_up, redirect, reject
from notify.carrier.voice.lines import Lines
from notify.carrier.voice.listening import gather, record
from notify.carrier.voice.queueing import Queue, enqueue, leave
from notify.carrier.voice.recordings import Recording
from notify.carrier.voice.reports import Reports
from notify.carrier.voice.speaking import pause, play, say

SORRY = "We are sorry. An application error has occurred. Goodbye."
# A document that leads to itself without a pause would spin for ever.
MOST_DOCUMENTS = 1000

Performance = Callable[["Script", Call, Verb, str], Awaitable[Source | None]]

VERBS: dict[str, Performance] = {
    "Say": say,
    "Play": play,
    "Pause": pause,
    "Gather": gather,
    "Record": record,
    "Dial": dial,
    "Enqueue": enqueue,
    "Leave": leave,
    "Redirect": redirect,
    "Hangup": hang_up,
    "Reject": reject,
}
EVERYTHING = frozenset(VERBS)


class Script:
    def __init__(self, plant: Plant, reports: Reports, lines: Lines) -> None:
        self.plant = plant
        self.reports = reports
        self.lines = lines
        self.queues: dict[str, Queue] = {}
        self.conferences = ConferenceBook(plant)
        self.recordings: dict[str, Recording] = {}

    def keep(self, recording: Recording) -> None:
        self.recordings[recording.sid] = recording
        if len(self.recordings) > self.plant.config.history:
            del self.recordings[next(iter(self.recordings))]

    async def open(self, call: Call) -> None:
        """Begin a call that was answered, or that a person dialled."""
        instructions = call.instructions
        if instructions.send_digits:
            call.note("note", f"dialled {instructions.send_digits}")
        machine = call.answered_by.startswith("machine")
        if not (machine and instructions.if_machine == "Hangup"):
            await self.follow(call, instructions.source)

    async def follow(self, call: Call, source: Source) -> None:
        """Perform documents until none follows or the call is hung up."""
        with suppress(HungUp):
            await self.perform_from(call, source)

    async def perform_from(
        self, call: Call, source: Source, *, only: frozenset[str] = EVERYTHING
    ) -> None:
        """``only`` are the verbs that are obeyed where the call is."""
        for _ in range(MOST_DOCUMENTS):
            following = await self._perform_document(call, source, only)
            if following is None:
                return
            source = following
        await self._apologise(call, "Too many documents without an end.")

    async def perform(
        self, call: Call, verbs: Iterable[Verb], base: str
    ) -> Source | None:
        for verb in verbs:
            if call.is_dialling and verb.name != "Reject":
                call.become("in-progress", at=clock.now())
                self.reports.report(call)
            performance = VERBS.get(verb.name)
            if performance is None:
                await self._apologise(call, f"<{verb.name}> is not known here.")
                continue
            following = await performance(self, call, verb, base)
            if following:
                return following
        return None

    async def _perform_document(
        self, call: Call, source: Source, only: frozenset[str]
    ) -> Source | None:
        document = source.document or await self._fetch(call, source)
        try:
            verbs = twiml.parse(document)
        except twiml.BadTwiml as fault:
            await self._apologise(call, f"{fault} ({source.url})")
            return None
        for verb in verbs:
            if verb.name not in only and verb.name in VERBS:
                await self._apologise(call, f"<{verb.name}> is not obeyed here.")
        return await self.perform(call, verbs, source.url)

    async def _fetch(self, call: Call, source: Source) -> str:
        answer = await self.reports.ask(call, source)
        fallback = call.instructions.fallback
        if not answer.ok and fallback:
            answer = await self.reports.ask(call, fallback)
        if not answer.ok:
            await self._apologise(call, f"{answer.status} {source.url}")
        return answer.text

    async def _apologise(self, call: Call, reason: str) -> None:
        self.plant.oracle.note("broken", call.subject, reason)
        call.note("line", SORRY)
        call.note("note", reason)
        raise HungUp
