"""Settings of telephones: music on hold, agents' browsers, other telephone systems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from townline.needs import SettingWrong, need


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserPhone:
    """Twilio's Voice SDK as a file of our own, and the key that signs agents in."""

    sdk: Path
    api_key: str
    api_secret: str
    app_sid: str

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> BrowserPhone | None:
        sdk = env.get("TOWNLINE_VOICE_SDK", "").strip()
        if not sdk:
            return None
        if not Path(sdk).is_file():
            raise SettingWrong("TOWNLINE_VOICE_SDK", "a file that is there")
        return cls(
            sdk=Path(sdk),
            api_key=need("TWILIO_API_KEY", env),
            api_secret=need("TWILIO_API_SECRET", env),
            app_sid=env.get("TWILIO_TWIML_APP_SID", "").strip(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Telephones:
    """``systems`` maps a town and another telephone system to what they share."""

    hold_music: str = ""
    browser: BrowserPhone | None = None
    systems: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Telephones:
        return cls(
            hold_music=env.get("TOWNLINE_HOLD_MUSIC", "").strip(),
            browser=BrowserPhone.from_env(env),
            systems=dict(map(_system, _parts(env.get("TOWNLINE_TELEPHONY", "")))),
        )


def _parts(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def _system(part: str) -> tuple[tuple[str, str], str]:
    name, _, secret = part.partition("=")
    slug, _, system = name.partition("/")
    # Shorter than this a secret is a guess.
    if not slug or not system or len(secret) < 32:
        expected = "town/system=secret, each secret of 32 characters or more"
        raise SettingWrong("TOWNLINE_TELEPHONY", expected)
    return (slug, system), secret
