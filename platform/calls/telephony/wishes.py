"""What an exchange can be asked for, in our own words, and a double that obeys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from calls.rules.speech import Said


class CallGone(Exception):
    """The exchange knows the call no more: the caller has hung up."""


class ExchangeDown(Exception):
    """The exchange did not do it, now or when asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Where caller and agent hear one another. ``sid`` is the exchange's, once known.

    ``said`` is what a caller hears before anything is recorded, and is empty where
    nothing is; ``language`` is the caller's.
    """

    tenant_id: UUID
    call_id: UUID
    line: str
    language: str
    sid: str | None = None
    said: tuple[Said, ...] = ()

    @property
    def name(self) -> str:
        """No number and no name: the exchange shows it in its own logs."""
        return str(self.call_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class PutThrough:
    """A caller in the queue, and the phone of the agent who has taken the call.

    ``sid`` is None where the caller is still to be rung: the agent comes first.
    """

    tenant_id: UUID
    call_id: UUID
    leg_id: UUID
    sid: str | None
    line: str
    extension: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """Somebody to be rung into a room; ``leg_id`` is None for the caller themselves."""

    room: Room
    leg_id: UUID | None
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOn:
    """A caller who is sent to somebody else, while nobody stays with them."""

    room: Room
    sid: str
    leg_id: UUID
    number: str
    said: Said


class Telephony(Protocol):
    """Each raises ExchangeDown if it could not be done, or CallGone if nobody is there.

    Asking twice is harmless but for ``put_through`` and ``invite``, whose second
    telephone call finds its place taken when somebody lifts.
    """

    def put_through(self, wish: PutThrough) -> str:
        """Ring the agent; what the exchange calls that is the answer."""
        ...

    def bring_in(self, room: Room, sid: str) -> None:
        """Take the caller from the queue into the room."""
        ...

    def invite(self, wish: Invite) -> str: ...

    def hold(self, room: Room, sid: str) -> None: ...

    def take_off_hold(self, room: Room, sid: str) -> None: ...

    def is_held(self, room: Room, sid: str) -> bool: ...

    def end_with(self, room: Room, sids: Sequence[str]) -> None:
        """From now on the room ends when any of these leaves it."""
        ...

    def outlive(self, room: Room, sids: Sequence[str]) -> None:
        """From now on the room goes on without any of these."""
        ...

    def drop(self, sid: str) -> None: ...

    def send_back(self, room: Room, sid: str) -> None:
        """Out of an empty room, to what is said there when it ends."""
        ...

    def pass_on(self, wish: PassOn) -> None: ...

    def pause_recording(self, room: Room) -> None: ...

    def resume_recording(self, room: Room) -> None: ...

    def sound_of(self, recording: str) -> bytes: ...

    def delete_recording(self, recording: str) -> None: ...


@dataclass(slots=True)
class RecordingExchange:
    """Keeps what it was asked; ``answer`` is what it raises instead of obeying."""

    wishes: list[PutThrough] = field(default_factory=list)
    asked: list[tuple[str, object]] = field(default_factory=list)
    held: set[str] = field(default_factory=set)
    answer: Exception | None = None

    def put_through(self, wish: PutThrough) -> str:
        self.wishes.append(wish)
        return self._obey("put_through", wish)

    def bring_in(self, room: Room, sid: str) -> None:
        self._obey("bring_in", sid)

    def invite(self, wish: Invite) -> str:
        return self._obey("invite", wish)

    def hold(self, room: Room, sid: str) -> None:
        self._obey("hold", sid)
        self.held.add(sid)

    def take_off_hold(self, room: Room, sid: str) -> None:
        self._obey("take_off_hold", sid)
        self.held.discard(sid)

    def is_held(self, room: Room, sid: str) -> bool:
        self._obey("is_held", sid)
        return sid in self.held

    def end_with(self, room: Room, sids: Sequence[str]) -> None:
        self._obey("end_with", tuple(sids))

    def outlive(self, room: Room, sids: Sequence[str]) -> None:
        self._obey("outlive", tuple(sids))

    def drop(self, sid: str) -> None:
        self._obey("drop", sid)

    def send_back(self, room: Room, sid: str) -> None:
        self._obey("send_back", sid)

    def pass_on(self, wish: PassOn) -> None:
        self._obey("pass_on", wish)

    def pause_recording(self, room: Room) -> None:
        self._obey("pause_recording", room.call_id)

    def resume_recording(self, room: Room) -> None:
        self._obey("resume_recording", room.call_id)

    def sound_of(self, recording: str) -> bytes:
        self._obey("sound_of", recording)
        return b"RIFF"

    def delete_recording(self, recording: str) -> None:
        self._obey("delete_recording", recording)

    def _obey(self, verb: str, what: object) -> str:
        self.asked.append((verb, what))
        if self.answer:
            raise self.answer
        return f"CA-recorded-{len(self.asked)}"
