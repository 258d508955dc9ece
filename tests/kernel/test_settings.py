"""A process that lacks a setting says which one, and does not start."""

from __future__ import annotations

import pytest

from townline.needs import SettingMissing, SettingWrong
from townline.settings import Settings, Smtp

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


SERVER = {"SMTP_HOST": "mail.townline.example"}


def test_a_mail_server_takes_over_from_sendgrid() -> None:
    settings = Settings.from_env({**COMPLETE, **SERVER})

    assert settings.smtp == Smtp(host="mail.townline.example", port=587)
    assert settings.mail_providers == ("sendgrid", "smtp")


def test_a_mail_server_may_come_first() -> None:
    settings = Settings.from_env({**COMPLETE, **SERVER, "TOWNLINE_MAIL_FIRST": "smtp"})

    assert settings.mail_providers == ("smtp", "sendgrid")


def test_without_a_mail_server_letters_need_sendgrid() -> None:
    assert Settings.from_env(COMPLETE).mail_providers == ("sendgrid",)


def test_with_a_mail_server_sendgrid_may_be_left_out() -> None:
    lacking = {**COMPLETE, **SERVER, "SENDGRID_API_KEY": "", "SENDGRID_WEBHOOK_KEY": ""}

    assert Settings.from_env(lacking).mail_providers == ("smtp",)


def test_there_are_two_keys_only_while_one_is_exchanged() -> None:
    exchanging = Settings.from_env(
        {
            **COMPLETE,
            "TWILIO_AUTH_TOKEN_SECONDARY": "next",
            "SENDGRID_WEBHOOK_KEY_SECONDARY": "MFnext",
        }
    )

    assert exchanging.twilio.tokens == ("token", "next")
    assert exchanging.sendgrid.webhook_keys == ("MFkw", "MFnext")
    assert Settings.from_env(COMPLETE).twilio.tokens == ("token",)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        pytest.param("SMTP_PORT", "smtps", "Set SMTP_PORT to a number", id="port"),
        pytest.param(
            "SMTP_SECURITY",
            "ssl",
            "Set SMTP_SECURITY to starttls or tls or none",
            id="security",
        ),
        pytest.param(
            "TWILIO_CALLS_PER_SECOND",
            "0",
            "Set TWILIO_CALLS_PER_SECOND to a number above 0",
            id="no calls",
        ),
        pytest.param(
            "TWILIO_TEXTS_PER_SECOND",
            "many",
            "Set TWILIO_TEXTS_PER_SECOND to a number above 0",
            id="texts",
        ),
        pytest.param(
            "TOWNLINE_MAIL_FIRST",
            "fax",
            "Set TOWNLINE_MAIL_FIRST to sendgrid or smtp",
            id="order",
        ),
    ],
)
def test_a_setting_that_says_nothing_is_refused(
    name: str, value: str, said: str
) -> None:
    with pytest.raises(SettingWrong, match=said):
        Settings.from_env({**COMPLETE, **SERVER, name: value})


def test_a_mail_server_that_knows_us_by_name_needs_our_password() -> None:
    with pytest.raises(SettingMissing, match="Set SMTP_PASSWORD"):
        Settings.from_env({**COMPLETE, **SERVER, "SMTP_USERNAME": "townline"})
