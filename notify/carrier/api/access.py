"""Who may use the interfaces."""

from __future__ import annotations

import base64
import binascii
import hmac
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from notify.carrier import errors
from notify.carrier.config import CarrierConfig

Connection = ASGIConnection[Any, Any, Any, Any]


def twilio_account(connection: Connection, _: BaseRouteHandler) -> None:
    """Require the account's sid and token, as HTTP basic authentication."""
    config: CarrierConfig = connection.app.state.exchange.config
    wanted = f"{config.account_sid}:{config.auth_token}"
    if not hmac.compare_digest(_basic(connection), wanted.encode()):
        raise errors.NotAuthenticated
    asked = connection.path_params.get("account_sid", config.account_sid)
    if asked != config.account_sid:
        raise errors.NotFound(connection.scope["path"])


def has_sendgrid_key(connection: Connection) -> bool:
    config: CarrierConfig = connection.app.state.exchange.config
    given = connection.headers.get("authorization", "")
    return hmac.compare_digest(given, f"Bearer {config.sendgrid_key}")


def _basic(connection: Connection) -> bytes:
    scheme, _, credentials = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return b""
    try:
        return base64.b64decode(credentials)
    except binascii.Error:
        return b""
