"""What a script may ask of the switchboard."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Protocol

from notify.carrier.voice.calls import Call, Instructions

Opening = Callable[[Call], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """A second person to call, and what happens first when they answer."""

    to: str
    sender: str
    instructions: Instructions
    opening: Opening


class Lines(Protocol):
    def extend(self, parent: Call, extension: Extension) -> Call: ...

    def hang_up(self, call: Call, *, status: str = "canceled") -> None: ...
