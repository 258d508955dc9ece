"""A process that lacks a setting says which one, and does not start."""

from __future__ import annotations

import pytest

from townline.settings import SettingMissing, Settings

COMPLETE = {
    "TOWNLINE_APP_URL": "postgresql://townline_app@/townline",
    "TOWNLINE_ENGINE_URL": "postgresql://townline_engine@/townline",
    "TOWNLINE_PUBLIC_URL": "https://townline.example/",
    "TOWNLINE_SECRET": "0123456789abcdef0123456789abcdef",
    "TOWNLINE_MAIL_SENDER": "desk@townline.example",
    "TWILIO_ACCOUNT_SID": "AC00000000000000000000000000000000",
    "TWILIO_AUTH_TOKEN": "token",
    "SENDGRID_API_KEY": "SG.key",
    "SENDGRID_WEBHOOK_KEY": "MFkw",
}


def test_complete_settings_are_read() -> None:
    settings = Settings.from_env(COMPLETE)

    assert settings.public_url == "https://townline.example"
    assert settings.secure_cookies
    assert settings.twilio.base_url == ""


@pytest.mark.parametrize("name", COMPLETE)
def test_a_missing_setting_is_named(name: str) -> None:
    lacking = {**COMPLETE, name: "  "}

    with pytest.raises(SettingMissing, match=f"Set {name}; see deploy/env.example"):
        Settings.from_env(lacking)
