"""The cast of these stories: Riverton's people, and ladders to put them on.

A ladder here has a minute's or five minutes' wait, so that its times can be counted
on the fingers. ``minutes`` always counts from a Wednesday night at 02:12.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
from msgspec.structs import replace

from escalation.rules import Directory, Log, Run, Started, Tell, TimerFired
from escalation.rules.forecast import Rehearsal
from tenants import examples
from tenants.town import Policy, Rung, Step, Text, Town

NIGHT = datetime(2026, 2, 11, 8, 12, tzinfo=UTC)
RUN = UUID("0192f000-0000-7000-8000-000000000001")
RIVERTON = msgspec.toml.decode(examples.text("riverton"), type=Town)
PEOPLE = Directory(RIVERTON, "water")
CONTACTS = {contact.key for contact in RIVERTON.contacts}
DUTY_DESK = "contact:duty-desk"


def minutes(number: float) -> datetime:
    return NIGHT + timedelta(minutes=number)


def step(*to: str, wait: int = 300, repeat: int = 0, **rungs: int) -> Step:
    """``step("ana-ruiz", sms=0, voice=120)``: people by key, channels by seconds."""
    channels = rungs or {"sms": 0}
    return Step(
        to=tuple(f"contact:{each}" if each in CONTACTS else each for each in to),
        rungs=tuple(
            msgspec.convert({"channel": channel, "after": after}, Rung)
            for channel, after in channels.items()
        ),
        wait=wait,
        repeat=repeat,
    )


def ladder(*steps: Step, **rules: object) -> Policy:
    plain = Policy(
        key="ladder",
        name=Text(en="Ladder"),
        levels=(1,),
        steps=steps,
        last_resort=(DUTY_DESK,),
    )
    return replace(plain, **rules)


ANA_THEN_WALTER = ladder(step("ana-ruiz", sms=0, voice=120), step("walter-greene"))


def opened(
    policy: Policy, *, level: int = 1, at: datetime = NIGHT, people: Directory = PEOPLE
) -> Rehearsal:
    rehearsal = Rehearsal(policy, people, Run.fresh(RUN, level=level, at=at))
    rehearsal.play(Started(), at=at)
    return rehearsal


def look(rehearsal: Rehearsal, at: datetime) -> None:
    """What a worker does when it looks ``at``: it fires each timer that is due."""
    for kind, due in sorted(rehearsal.timers.items(), key=lambda timer: timer[1]):
        if due <= at and rehearsal.timers.get(kind) == due:
            del rehearsal.timers[kind]
            rehearsal.play(TimerFired(kind, rehearsal.run.epoch), at=at)


def told(rehearsal: Rehearsal) -> list[tuple[float, str, str]]:
    """Who was told, in minutes from the start: ``(2.0, "ana-ruiz", "voice")``."""
    return [
        ((at - NIGHT) / timedelta(minutes=1), tell.contact.key, tell.channel)
        for at, tell in sorted(rehearsal.told(), key=lambda told: told[0])
    ]


def names(rehearsal: Rehearsal) -> list[str]:
    """Who was told, each once, in order."""
    return list(dict.fromkeys(name for _, name, _ in told(rehearsal)))


def logged(rehearsal: Rehearsal) -> list[str]:
    events = [m.what.event for m in rehearsal.moments if isinstance(m.what, Log)]
    return [event.removeprefix("relay.") for event in events]


def last_told(rehearsal: Rehearsal, contact: str) -> Tell:
    tells = [tell for _, tell in rehearsal.told() if tell.contact.key == contact]
    return tells[-1]
