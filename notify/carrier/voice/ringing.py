"""How a telephone that rings is answered, or is not."""

from __future__ import annotations

import asyncio

from notify.carrier.plant import Plant
from notify.carrier.voice.calls import Call

FAULTS = {
    "voicemail": "machine",
    "busy": "busy",
    "no_answer": "no-answer",
    "failed": "failed",
}


async def ring(plant: Plant, call: Call) -> str:
    """Ring a person's telephone: ``human``, ``machine``, or why nobody answered."""
    if call.pick_up.done():
        return call.pick_up.result()
    numbers = (call.to, call.sender)
    fault = plant.faults.take(FAULTS, "voice", numbers=numbers)
    if fault:
        return FAULTS[fault.kind]
    if plant.phones.at(call.phone).auto_answer:
        return "human"
    try:
        seconds = call.instructions.ring_seconds * plant.config.time_scale
        async with asyncio.timeout(seconds):
            return await asyncio.shield(call.pick_up)
    except TimeoutError:
        return "no-answer"


def answered_by(call: Call, outcome: str) -> str:
    """Say who answered as Twilio's machine detection says it."""
    if outcome == "human":
        return "human"
    waits_for_beep = call.instructions.machine_detection == "DetectMessageEnd"
    return "machine_end_beep" if waits_for_beep else "machine_start"


def lift(call: Call, outcome: str) -> bool:
    """Settle how the ringing ends; return whether it was still open."""
    if call.pick_up.done():
        return False
    call.pick_up.set_result(outcome)
    return True
