"""The fault panel: what a carrier does wrong, for whom, and how many times."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, get_args

from msgspec import Struct

from notify.carrier.oracle import Channel

AnswerFault = Literal[
    "drop_connection",
    "delay_answer",
    "too_many_requests",
    "server_error_accepted",
    "server_error_refused",
    "refused",
    "register_away",
]
CallbackFault = Literal[
    "callbacks_early",
    "callbacks_late",
    "callbacks_doubled",
    "callbacks_reversed",
    "callbacks_missing",
    "callbacks_forged",
]
OutcomeFault = Literal[
    "undelivered",
    "failed",
    "landline",
    "voicemail",
    "busy",
    "no_answer",
    "bounce",
    "dropped",
    "deferred",
    "open",
]
FaultKind = AnswerFault | CallbackFault | OutcomeFault

# The register's own fault is not used up by a message.
ANSWER_FAULTS = frozenset[str](get_args(AnswerFault)) - {"register_away"}
CALLBACK_FAULTS = frozenset[str](get_args(CallbackFault))
OUTCOME_FAULTS = frozenset[str](get_args(OutcomeFault))


class FaultOrder(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A fault as it is asked for. Without a count it stays until it is cleared."""

    kind: FaultKind
    channel: Channel | None = None
    number: str = ""
    count: int | None = None
    code: int | None = None
    seconds: float = 5.0


class Fault(Struct, kw_only=True):
    id: int
    order: FaultOrder
    remaining: int | None

    def concerns(self, channel: Channel, numbers: Collection[str]) -> bool:
        order = self.order
        return order.channel in {None, channel} and (
            not order.number or order.number in numbers
        )


class FaultPanel:
    def __init__(self) -> None:
        self._faults: dict[int, Fault] = {}
        self._last_id = 0

    def set(self, order: FaultOrder) -> Fault:
        self._last_id += 1
        fault = Fault(id=self._last_id, order=order, remaining=order.count)
        self._faults[fault.id] = fault
        return fault

    def take(
        self, kinds: Collection[str], channel: Channel, *, numbers: Collection[str]
    ) -> FaultOrder | None:
        """Return the oldest fault that applies, and use it up once."""
        for fault in self._faults.values():
            if fault.order.kind in kinds and fault.concerns(channel, numbers):
                return self._use(fault)
        return None

    def stands(self, kind: FaultKind, number: str) -> bool:
        """Tell a standing property of a number, which no use wears off."""
        return any(
            fault.order.kind == kind and fault.order.number in {"", number}
            for fault in self._faults.values()
        )

    def active(self) -> list[Fault]:
        return list(self._faults.values())

    def clear(self, fault_id: int | None = None) -> None:
        if fault_id is None:
            self._faults.clear()
        else:
            self._faults.pop(fault_id, None)

    def _use(self, fault: Fault) -> FaultOrder:
        if fault.remaining is not None:
            fault.remaining -= 1
            if fault.remaining <= 0:
                del self._faults[fault.id]
        return fault.order
