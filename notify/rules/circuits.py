"""When a way that keeps failing is left alone, and how it is found to work again.

A circuit opens on failures in a row, on a share of failures, or at once when the
provider says that we may not send. While it is open nothing goes that way; when it
has cooled, one message probes, and its answer alone closes or re-opens it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from notify.rules.outcomes import STOPPED, FailureKind

# Five unclear answers in a row are 25 seconds of waiting for one provider's silence:
# an emergency's next rung, at two minutes, is still far.
IN_A_ROW = 5
# A provider that loses every second message is worse than one that is down, because
# each loss must be looked for. Below twenty messages a share is chance.
WINDOW, SHARE, ENOUGH = timedelta(seconds=60), 0.5, 20
# Providers' own incidents last minutes; the first probe comes while a ladder still
# has rungs, and the pauses double up to the five minutes that people merge within.
COOLS, COOLS_MOST = timedelta(seconds=30), timedelta(minutes=5)
# A refused account or sender is put right by people: a probe each quarter of an hour
# shows that they have, and costs one message a detour.
STOPS = timedelta(minutes=15)
# A probe without an answer died with its worker: as long as a claim's own lease.
PROBES = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Heard:
    """What one attempt told of its way: did it take the message?

    ``refused_for`` is the provider's code when we ourselves may not send.
    """

    intended_at: datetime
    ok: bool
    refused_for: str = ""


def heard(
    kind: FailureKind | None, code: str, *, intended_at: datetime
) -> Heard | None:
    """What an answer says of its way; None of ``kind`` is a message that was taken.

    A refusal of one message shows that the way works, and a plea for patience neither
    that it does nor that it does not.
    """
    if kind in {"retry", "later"}:
        return None
    refused_for = code if kind in STOPPED else ""
    ok = kind not in {*STOPPED, "ambiguous", "other_sender"}
    return Heard(intended_at, ok=ok, refused_for=refused_for)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circuit:
    """How one way has been doing. All is well with one that has only ever worked."""

    in_a_row: int = 0
    since: datetime | None = None
    tried: int = 0
    failed: int = 0
    open_until: datetime | None = None
    probed_at: datetime | None = None
    trips: int = 0
    why: str = ""

    @property
    def is_open(self) -> bool:
        return self.open_until is not None

    def lets_through(self, *, at: datetime) -> bool:
        return self.open_until is None or self.open_until <= at

    def probe(self, *, at: datetime) -> Circuit:
        """One message goes; until it is answered, or lost, no other does."""
        return replace(self, probed_at=at, open_until=at + PROBES)

    def after(self, heard: Heard, *, at: datetime) -> Circuit:
        if heard.refused_for:
            return self._stopped(heard.refused_for, at=at)
        if self.is_open:
            return self._answered(heard, at=at)
        return self._counted(heard, at=at)

    def _answered(self, heard: Heard, *, at: datetime) -> Circuit:
        """Only the probe counts: what was on its way before it opened is old news."""
        if self.probed_at is None or heard.intended_at < self.probed_at:
            return self
        return CLOSED if heard.ok else self._tripped(self.why, at=at)

    def _counted(self, heard: Heard, *, at: datetime) -> Circuit:
        fresh = self.since is None or at - self.since > WINDOW
        if heard.ok and fresh:
            return CLOSED
        counted = replace(
            self,
            since=at if fresh else self.since,
            tried=1 if fresh else self.tried + 1,
            failed=(0 if fresh else self.failed) + (not heard.ok),
            in_a_row=0 if heard.ok else self.in_a_row + 1,
        )
        return counted._tripped("failing", at=at) if counted._is_failing else counted

    @property
    def _is_failing(self) -> bool:
        often = self.tried >= ENOUGH and self.failed >= SHARE * self.tried
        return self.in_a_row >= IN_A_ROW or often

    def _tripped(self, why: str, *, at: datetime) -> Circuit:
        pause = STOPS if self._is_stopped else min(COOLS * 2**self.trips, COOLS_MOST)
        return Circuit(
            open_until=at + pause, trips=min(self.trips + 1, MOST_TRIPS), why=why
        )

    def _stopped(self, code: str, *, at: datetime) -> Circuit:
        return Circuit(open_until=at + STOPS, trips=1, why=code)

    @property
    def _is_stopped(self) -> bool:
        return self.is_open and self.why != "failing"


# Past these the pause no longer grows: 30 s * 2**4 is more than five minutes.
MOST_TRIPS = 5
CLOSED = Circuit()
