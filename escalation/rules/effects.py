"""What a decision asks for. The service carries all of it out in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from escalation.rules.run import Place, Run, TimerKind
from tenants.town import Channel, Contact

# The gate of the policy behind which something waits, if any.
HeldFor = Literal["", "quiet", "digest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """Promise one message to one person; ``target`` is how the policy named them."""

    key: str
    place: Place
    rung: int
    contact: Contact
    target: str
    channel: Channel
    destination: str
    due_at: datetime
    last_resort: bool = False
    held_for: HeldFor = ""


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Stop what is still pending to somebody from whom nothing more is expected."""


@dataclass(frozen=True, slots=True)
class SetTimer:
    """A run has one timer of a kind: setting another replaces it."""

    kind: TimerKind
    due_at: datetime


@dataclass(frozen=True, slots=True)
class DropTimer:
    kind: TimerKind


@dataclass(frozen=True, slots=True)
class RaiseEpoch:
    """Void every timer and pending send.

    ``close`` lets nothing follow them, and hangs up what is ringing.
    """

    close: bool = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Log:
    """One line of the ticket's timeline; ``by`` is the contact who did it."""

    event: str
    facts: Mapping[str, object] = field(default_factory=dict)
    by: str = ""


@dataclass(frozen=True, slots=True)
class Alarm:
    """The service's own supervisors must look: nobody of the town has taken it."""

    reason: str


Effect = Tell | Withdraw | SetTimer | DropTimer | RaiseEpoch | Log | Alarm
# What the person who answered is told back.
Reply = Literal["yours", "still_yours", "taken", "ended", "noted"]


@dataclass(frozen=True, slots=True)
class Decision:
    run: Run
    effects: tuple[Effect, ...] = ()
    reply: Reply = "noted"

    def after(self, *earlier: Effect) -> Decision:
        """The same decision, with ``earlier`` done first."""
        return Decision(self.run, (*earlier, *self.effects), self.reply)
