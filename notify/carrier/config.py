"""What a carrier is told before it starts: the account, its numbers, the people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from notify.carrier.signing import generate_signing_key, public_key_of

LineType = Literal["mobile", "landline", "nonFixedVoip"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberConfig:
    """One of the account's own numbers, and where calls and texts to it are sent."""

    number: str
    label: str
    voice_url: str = ""
    sms_url: str = ""
    status_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneConfig:
    """A person's telephone. A softphone that answers by itself is an agent's."""

    number: str
    name: str
    role: str = ""
    auto_answer: bool = False
    line_type: LineType = "mobile"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceConfig:
    """A Messaging Service: it texts from whichever of its numbers it likes."""

    sid: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierConfig:
    account_sid: str
    auth_token: str
    sendgrid_key: str
    sendgrid_signing_key: str = field(default_factory=generate_signing_key, repr=False)
    base_url: str = ""
    numbers: tuple[NumberConfig, ...] = ()
    services: tuple[ServiceConfig, ...] = ()
    people: tuple[PhoneConfig, ...] = ()
    inbound_mail_url: str = ""
    event_url: str = ""
    # Every wait of the carrier's own (ringing, a silent keypad, a pause, a retry) is
    # multiplied by this; a test that lets them run out sets it near zero.
    time_scale: float = 1.0
    # How long a spoken sentence keeps the line busy, and how long a text or a letter
    # stays in each state. Nothing waits unless a demonstration asks for it.
    speech_seconds: float = 0.0
    message_seconds: float = 0.0
    # How long the music of one round of a queue's wait document lasts.
    hold_seconds: float = 10.0
    # How many messages, calls, letters and log entries are remembered.
    history: int = 50_000

    @property
    def event_public_key(self) -> str:
        """The verification key as SendGrid shows it and its EventWebhook expects it."""
        return public_key_of(self.sendgrid_signing_key)
