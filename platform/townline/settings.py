"""Settings, read from the environment once, at start-up, and loud when they lack."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass


class SettingMissing(SystemExit):
    """A setting without which the process cannot do its work."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Set {name}; see deploy/env.example")


def need(name: str, env: Mapping[str, str] = os.environ) -> str:
    value = env.get(name, "").strip()
    if not value:
        raise SettingMissing(name)
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Twilio:
    """``base_url`` is empty in production and names the local carrier elsewhere."""

    account_sid: str
    auth_token: str
    base_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendGrid:
    api_key: str
    webhook_key: str
    base_url: str
    sender: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Canary:
    """A relay to ourselves: from ``line`` to ``phone``, both numbers of our account."""

    line: str
    phone: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Both optional: an address that hears our heartbeat, and a canary."""

    heartbeat_url: str
    canary: Canary | None

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Watch:
        line, _, phone = env.get("TOWNLINE_CANARY", "").strip().partition(",")
        minutes = int(env.get("TOWNLINE_CANARY_MINUTES", "") or 15)
        if line and not phone:
            raise SettingMissing("TOWNLINE_CANARY to two numbers with a comma between")
        return cls(
            heartbeat_url=env.get("TOWNLINE_HEARTBEAT_URL", "").strip(),
            canary=Canary(line=line, phone=phone, minutes=minutes) if line else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What one process needs to know; ``secret`` signs links and keys."""

    app_url: str
    engine_url: str
    public_url: str
    secret: str
    twilio: Twilio
    sendgrid: SendGrid
    secure_cookies: bool
    watch: Watch

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> Settings:
        public_url = need("TOWNLINE_PUBLIC_URL", env).rstrip("/")
        return cls(
            app_url=need("TOWNLINE_APP_URL", env),
            engine_url=need("TOWNLINE_ENGINE_URL", env),
            public_url=public_url,
            secret=need("TOWNLINE_SECRET", env),
            twilio=Twilio(
                account_sid=need("TWILIO_ACCOUNT_SID", env),
                auth_token=need("TWILIO_AUTH_TOKEN", env),
                base_url=env.get("TWILIO_BASE_URL", ""),
            ),
            sendgrid=SendGrid(
                api_key=need("SENDGRID_API_KEY", env),
                webhook_key=need("SENDGRID_WEBHOOK_KEY", env),
                base_url=env.get("SENDGRID_BASE_URL", ""),
                sender=need("TOWNLINE_MAIL_SENDER", env),
            ),
            secure_cookies=public_url.startswith("https://"),
            watch=Watch.from_env(env),
        )
