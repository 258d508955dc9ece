"""The bench itself: its telephones and mailboxes, its faults, its log."""

from __future__ import annotations

import msgspec

from notify.carrier.bench.mailbox import BenchMailbox
from notify.carrier.bench.phone import BenchPhone
from notify.carrier.bench.wire import JSON, Wire
from notify.carrier.faults import Fault, FaultKind, FaultOrder
from notify.carrier.oracle import Channel, Entry


class Bench:
    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.wire = Wire(base_url)

    def phone(self, number: str) -> BenchPhone:
        return BenchPhone(self.wire, number)

    def mailbox(self, address: str) -> BenchMailbox:
        return BenchMailbox(self.wire, address)

    def fault(
        self,
        kind: FaultKind,
        *,
        channel: Channel | None = None,
        number: str = "",
        count: int | None = None,
        code: int | None = None,
        seconds: float = 5.0,
    ) -> Fault:
        """Set a fault: for everybody and until it is cleared, unless said otherwise."""
        order = FaultOrder(
            kind=kind,
            channel=channel,
            number=number,
            count=count,
            code=code,
            seconds=seconds,
        )
        answer = self.wire.ask(
            "POST", "/faults", msgspec.json.encode(order), media=JSON
        )
        return msgspec.json.decode(answer, type=Fault)

    def clear_faults(self) -> None:
        self.wire.ask("DELETE", "/faults")

    def log(self, since: int = 0) -> list[Entry]:
        """Return the carrier's own account, from after an entry's number."""
        answer = self.wire.ask("GET", f"/oracle/log?since={since}")
        return msgspec.json.decode(answer, type=list[Entry])

    def reset(self) -> None:
        self.wire.ask("POST", "/oracle/reset")
