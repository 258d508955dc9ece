"""The table of a relay: each step, each attempt, and what became of it.

A carrier's receipt is a grey word. Voicemail, no answer and a busy line look amber,
what can never arrive looks red, and only a key that a person pressed is green.
"""

from __future__ import annotations

from dataclasses import replace

from portal.town.story import dials
from portal.town.story.beats import About, Happened, Row, Tone
from townline.i18n import gettext
from townline.words import clock

# What opens a table, and what is told in it.
OPENINGS = frozenset(
    {"relay.started", "relay.exhausted", "relay.reopened", "relay.resumed"}
)
STEPS = frozenset({"relay.step_started", "relay.step_empty", "relay.last_resort"})
HELD = "relay.held"
WITHDRAWN = "relay.cancelled"
ATTEMPTED = "relay.attempted"


def step_row(it: Happened, about: About) -> Row:
    names = ", ".join(it.names("to"))
    return Row(kind="step", at=it.at, to=names, state=_step(it, about))


def _step(it: Happened, about: About) -> str:
    if it.event == "relay.last_resort":
        words = gettext("Last resort, time {time}")
        return words.format(time=it.fact("time")) + _held(it, about)
    words = gettext("Step {step}, round {round}")
    if it.event == "relay.step_empty":
        words = gettext("Step {step}, round {round}: nobody to tell, passed over")
    elif it.number("repeat"):
        words = gettext("Step {step}, round {round}, once more")
    said = words.format(step=it.fact("step"), round=it.fact("round"))
    return said + _held(it, about)


def _held(it: Happened, about: About) -> str:
    until = it.instant("held_until")
    if until is None:
        return ""
    words = gettext(", held by quiet hours until {time}")
    if it.fact("held_for") == "digest":
        words = gettext(", to be told with others at {time}")
    return words.format(time=clock(until, about.zone))


def held_row(it: Happened, about: About) -> Row:
    """What may not go yet: why, and until when."""
    words = {
        "gather": gettext("held until {time}, for more to the same person"),
        "throttle": gettext("held until {time}, its turn with the carrier"),
    }
    said = words.get(it.fact("why"), gettext("held until {time}"))
    until = it.instant("until") or it.at
    state = said.format(time=clock(until, about.zone))
    return Row(kind="held", at=it.at, to=it.fact("to"), state=state)


def withdrawn_row(it: Happened) -> Row:
    names = ", ".join(it.names("to"))
    words = gettext("not needed, cancelled")
    return Row(kind="withdrawn", at=it.at, to=names, state=words)


def attempt_row(it: Happened) -> Row:
    return Row(
        kind="attempt",
        at=it.at,
        to=it.fact("to"),
        state=_begun(it),
        attempt=it.fact("attempt"),
        channel=it.fact("channel"),
        destination=it.fact("destination"),
        words=it.fact("text"),
    )


def _begun(it: Happened) -> str:
    if it.fact("channel") == "agent":
        return dials.attempted(it)
    if together := it.fact("together"):
        words = gettext("handed to the carrier, with {number} others in one message")
        return words.format(number=int(together) - 1)
    return gettext("handed to the carrier")


def after(row: Row, it: Happened, about: About) -> Row:
    """The same attempt, once more is known of it."""
    state, tone = _outcome(it, about)
    # A person has answered: what the carrier reports afterwards cannot better it.
    if row.tone == "ok":
        return row
    return replace(row, state=state, tone=tone, at=it.at)


def is_about_an_attempt(it: Happened) -> bool:
    pressed = it.event == "relay.answered_by_person"
    return pressed or it.event in dials.EVENTS or it.event in _OUTCOMES


def _outcome(it: Happened, about: About) -> tuple[str, Tone]:
    if it.event in dials.EVENTS:
        return dials.outcome(it, about)
    if it.event == "relay.answered_by_person":
        return _pressed(it.fact("key"))
    tone = _OUTCOMES[it.event]
    words = {
        "relay.sent": gettext("sent"),
        "relay.delivered": gettext("delivered"),
        "relay.undelivered": gettext("undelivered"),
        "relay.failed": gettext("failed"),
        "relay.ambiguous": gettext("perhaps sent, being checked"),
        "relay.answered_by_machine": gettext("voicemail, not an answer"),
        "relay.no_answer": gettext("no answer"),
        "relay.hung_up": gettext("not needed, hung up"),
        "relay.busy": gettext("busy"),
    }
    error = it.fact("error")
    return words[it.event] + (f" ({error})" if error else ""), tone


def _pressed(key: str) -> tuple[str, Tone]:
    tone: Tone = "ok" if key == "1" else "plain"
    return gettext("picked up, pressed {key}").format(key=key), tone


_OUTCOMES: dict[str, Tone] = {
    "relay.sent": "plain",
    "relay.delivered": "plain",
    "relay.undelivered": "bad",
    "relay.failed": "bad",
    "relay.ambiguous": "soon",
    "relay.answered_by_machine": "soon",
    "relay.no_answer": "soon",
    "relay.hung_up": "plain",
    "relay.busy": "soon",
}
