"""What lets an agent's browser answer: a token of a few minutes, for them alone."""

from __future__ import annotations

# Twilio ships no type marks.
# mypy: disable-error-code="no-untyped-call"
from uuid import UUID

from twilio.jwt.access_token import AccessToken
from twilio.jwt.access_token.grants import VoiceGrant

from townline.telephones import BrowserPhone

# A browser asks for another before this is over; a stolen one is soon worth nothing.
LASTS_SECONDS = 600
BROWSER = "client:"


def identity(account_id: UUID) -> str:
    """Letters and digits only, as the exchange wants it."""
    return account_id.hex


def extension(account_id: UUID) -> str:
    """The telephone at which this agent answers in the browser."""
    return f"{BROWSER}{identity(account_id)}"


def token(phone: BrowserPhone, account_sid: str, account_id: UUID) -> str:
    """It may answer as this agent, and call nobody that the page did not ask for."""
    made = AccessToken(
        account_sid,
        phone.api_key,
        phone.api_secret,
        identity=identity(account_id),
        ttl=LASTS_SECONDS,
    )
    grant = VoiceGrant(
        incoming_allow=True, outgoing_application_sid=phone.app_sid or None
    )
    made.add_grant(grant)
    return str(made.to_jwt())
