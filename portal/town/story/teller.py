"""Goes through the log once, in its order, and says where each entry is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from portal.town.story import (
    attempts,
    calls,
    dials,
    events,
    floor,
    lines,
    moves,
    people,
    relays,
    requests,
    senders,
    talks,
    turns,
)
from portal.town.story.beats import About, Beat, Happened, Row
from portal.town.story.sentences import Sentence, plain
from townline.proof import LogEntry

SENTENCES: dict[str, Sentence] = {
    **calls.SENTENCES,
    **lines.SENTENCES,
    **requests.SENTENCES,
    **relays.SENTENCES,
    **dials.SENTENCES,
    **people.SENTENCES,
    **senders.SENTENCES,
    **moves.SENTENCES,
    **floor.SENTENCES,
    **events.SENTENCES,
    **turns.SENTENCES,
}
FOLLOWING = {**calls.FOLLOWING, **lines.FOLLOWING, **talks.FOLLOWING}
# What later entries of a call are told with: theirs to us, or ours to them.
CALLS_BEGIN = frozenset(("call.arrived", "call.returning"))


def tell(entries: Iterable[LogEntry], about: About) -> tuple[Beat, ...]:
    """Every entry is in exactly one beat: by itself, or among others of its kind."""
    teller = Teller(about)
    for entry in entries:
        teller.hear(Happened.read(entry))
    return tuple(teller.beats)


@dataclass(slots=True)
class Teller:
    """``relay`` and ``call`` are the places of the beats that gather what follows."""

    about: About
    beats: list[Beat] = field(default_factory=list)
    relay: int | None = None
    call: int | None = None
    news: dict[tuple[str, str], int] = field(default_factory=dict)
    attempts: dict[str, tuple[int, int]] = field(default_factory=dict)

    def hear(self, it: Happened) -> None:
        if not (self._in_a_table(it) or self._in_a_call(it) or self._as_news(it)):
            self._by_itself(it)

    def _by_itself(self, it: Happened) -> None:
        self.beats.append(SENTENCES.get(it.event, plain)(it, self.about))
        here = len(self.beats) - 1
        if it.event in attempts.OPENINGS:
            self.relay = here
        if it.event in CALLS_BEGIN:
            self.call = here

    def _in_a_table(self, it: Happened) -> bool:
        if attempts.is_about_an_attempt(it) and it.fact("attempt") in self.attempts:
            beat, row = self.attempts[it.fact("attempt")]
            rows = list(self.beats[beat].rows)
            rows[row] = attempts.after(rows[row], it, self.about)
            self._rewrite(beat, tuple(rows), it)
            return True
        if self.relay is None:
            return False
        row_or_none = self._new_row(it)
        if row_or_none is None:
            return False
        rows = [*self.beats[self.relay].rows, row_or_none]
        if row_or_none.attempt:
            self.attempts[row_or_none.attempt] = (self.relay, len(rows) - 1)
        self._rewrite(self.relay, tuple(rows), it)
        return True

    def _new_row(self, it: Happened) -> Row | None:
        if it.event in attempts.STEPS:
            return attempts.step_row(it, self.about)
        if it.event == attempts.HELD:
            return attempts.held_row(it, self.about)
        if it.event == attempts.WITHDRAWN:
            return attempts.withdrawn_row(it)
        return attempts.attempt_row(it) if it.event == attempts.ATTEMPTED else None

    def _rewrite(self, place: int, rows: tuple[Row, ...], it: Happened) -> None:
        beat = self.beats[place]
        self.beats[place] = replace(beat, rows=rows, entries=(*beat.entries, it.seq))

    def _in_a_call(self, it: Happened) -> bool:
        if self.call is None or it.event not in FOLLOWING:
            return False
        before = self.beats[self.call]
        told = FOLLOWING[it.event](before, it)
        self.beats[self.call] = replace(told, entries=(*before.entries, it.seq))
        return True

    def _as_news(self, it: Happened) -> bool:
        """Everybody who was told the same at once is told of once."""
        if it.event != people.TOLD:
            return False
        key = (it.fact("news"), it.at.isoformat())
        if key in self.news:
            place = self.news[key]
            before = self.beats[place]
            more = (*before.more, *people.told(it, self.about).more)
            entries = (*before.entries, it.seq)
            self.beats[place] = replace(before, more=more, entries=entries)
            return True
        self.news[key] = len(self.beats)
        return False
