"""The settings of a test, read as production reads its own: from an environment."""

from __future__ import annotations

from townline.settings import Settings

PUBLIC_URL = "https://townline.example"
SECRET = "a-secret-of-the-tests"

ENVIRONMENT = {
    "TOWNLINE_APP_URL": "postgresql://nowhere.example/app",
    "TOWNLINE_ENGINE_URL": "postgresql://nowhere.example/engine",
    "TOWNLINE_PUBLIC_URL": PUBLIC_URL,
    "TOWNLINE_SECRET": SECRET,
    "TOWNLINE_SECOND_FACTOR": "optional",
    "TOWNLINE_MAIL_SENDER": "relay@townline.example",
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "a-token-of-the-tests",
    "SENDGRID_API_KEY": "SG.key",
    "SENDGRID_WEBHOOK_KEY": "a-key-of-the-tests",
}


def settings(**environment: str) -> Settings:
    """What nobody names here leads nowhere: no database, and no carrier."""
    return Settings.from_env(ENVIRONMENT | environment)
