"""A carrier of our own: Twilio's and SendGrid's HTTP, spoken on this machine.

It shares no code with the product, so that what it saw can be held against what the
product believes. ``api`` is what the SDKs call, ``pages`` what people see and press,
``bench`` the same for a test; ``oracle`` keeps the carrier's own account.
"""

from __future__ import annotations

from notify.carrier.app import create_app
from notify.carrier.bench import Bench, BenchMailbox, BenchPhone, BenchRefused
from notify.carrier.config import (
    CarrierConfig,
    NumberConfig,
    PhoneConfig,
    ServiceConfig,
)
from notify.carrier.server import CarrierHandle, running_carrier, serve

__all__ = [
    "Bench",
    "BenchMailbox",
    "BenchPhone",
    "BenchRefused",
    "CarrierConfig",
    "CarrierHandle",
    "NumberConfig",
    "PhoneConfig",
    "ServiceConfig",
    "create_app",
    "running_carrier",
    "serve",
]
