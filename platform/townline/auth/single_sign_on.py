"""Signing in through a town's own accounts (OpenID Connect, code flow with PKCE).

What a town's provider says is believed about that town alone: whoever comes in this
way sees that town and no other, whatever else their account may see.
"""

from __future__ import annotations

# Authlib ships no type marks.
# mypy: disable-error-code="no-untyped-call"
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from secrets import token_urlsafe
from typing import Any

import msgspec
import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from cryptography.fernet import InvalidToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry
from msgspec import Struct
from requests import RequestException

from townline.auth.seals import seal, unseal
from townline.errors import Invalid
from townline.logs import logger

PURPOSE = b"townline single sign-on"
SCOPES = "openid email profile"
# Signed with a key that only the provider has; a shared secret proves nothing of who.
ALGORITHMS = ("RS256", "PS256", "ES256")
# A provider that takes longer than a person waits is down.
SECONDS = 10.0
# Clocks of two houses agree to this much (OpenID Connect Core 3.1.3.7).
LEEWAY = 120
# To find the password of the town's account, with its own second factor.
TRIP_LASTS = 600

log = logger("auth")


class Provider(Struct, frozen=True, kw_only=True):
    """The town's, as its file names it, with our secret there."""

    issuer: str
    client_id: str
    secret: str


class Trip(Struct, frozen=True, kw_only=True):
    """What our own browser is given to bring back; sealed, so that nobody makes one."""

    town: str
    state: str
    nonce: str
    verifier: str
    next: str
    began_at: datetime


class Claims(Struct, frozen=True, kw_only=True):
    """Who the provider says it is."""

    email: str
    name: str


class ProviderDown(Invalid):
    """Your town's sign-in does not answer; try again, or sign in with a password."""


class NotProven(Invalid):
    """Your town's sign-in did not say who you are; start again from its button."""


def begin(
    provider: Provider, *, town: str, there: str, back: str, key: str, at: datetime
) -> tuple[str, str]:
    """The address to send the browser to, and the sealed trip it carries with it."""
    trip = Trip(
        town=town,
        state=token_urlsafe(16),
        nonce=token_urlsafe(16),
        verifier=token_urlsafe(48),
        next=there,
        began_at=at,
    )
    with _session(provider, back) as session:
        address, _ = session.create_authorization_url(
            _endpoints(provider)["authorization_endpoint"],
            state=trip.state,
            nonce=trip.nonce,
            code_verifier=trip.verifier,
        )
    sealed = seal(msgspec.json.encode(trip).decode(), key=key, purpose=PURPOSE)
    return str(address), sealed


def opened(sealed: str, *, key: str, at: datetime) -> Trip:
    """The trip that this browser began, or NotProven."""
    try:
        trip = msgspec.json.decode(unseal(sealed, key=key, purpose=PURPOSE), type=Trip)
    except InvalidToken as forged:
        raise NotProven from forged
    if (at - trip.began_at).total_seconds() > TRIP_LASTS:
        raise NotProven
    return trip


def arrive(
    provider: Provider, trip: Trip, answer: str, *, back: str, at: datetime
) -> Claims:
    """Exchange the code in ``answer``, the address the browser came back to.

    Raise NotProven unless every part fits: state, issuer, audience, nonce, time, and
    an email that the provider has verified.
    """
    with _session(provider, back, state=trip.state) as session:
        endpoints = _endpoints(provider)
        token = _exchanged(session, endpoints, trip, answer)
    keys = _asked(endpoints["jwks_uri"])
    return _proven(token, keys, provider, trip, at=at)


def _exchanged(
    session: OAuth2Session, endpoints: Mapping[str, str], trip: Trip, answer: str
) -> Mapping[str, Any]:
    try:
        token: Mapping[str, Any] = session.fetch_token(
            endpoints["token_endpoint"],
            authorization_response=answer,
            code_verifier=trip.verifier,
        )
    except AuthlibBaseError as refused:
        log.warning("auth.provider_refused", error=refused.error)
        raise NotProven from refused
    except RequestException as down:
        raise ProviderDown from down
    return token


def _proven(
    token: Mapping[str, Any],
    keys: Mapping[str, Any],
    provider: Provider,
    trip: Trip,
    *,
    at: datetime,
) -> Claims:
    expected = JWTClaimsRegistry(
        now=int(at.timestamp()),
        leeway=LEEWAY,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        exp={"essential": True},
        nonce={"essential": True, "value": trip.nonce},
        email={"essential": True},
    )
    try:
        key_set = KeySet.import_key_set(msgspec.convert(keys, dict))  # type: ignore[arg-type]
        told = jwt.decode(str(token.get("id_token")), key_set, list(ALGORITHMS)).claims
        expected.validate(told)
    except (JoseError, ValueError) as wrong:
        log.warning("auth.token_refused", why=type(wrong).__name__)
        raise NotProven from wrong
    if told.get("email_verified") is not True:
        raise NotProven
    return Claims(email=str(told["email"]).lower(), name=str(told.get("name", "")))


def _endpoints(provider: Provider) -> Mapping[str, str]:
    """OpenID Connect Discovery; what names another issuer is somebody else's."""
    told = _asked(f"{provider.issuer}/.well-known/openid-configuration")
    if told.get("issuer", "").rstrip("/") != provider.issuer.rstrip("/"):
        raise NotProven
    return told


def _asked(address: str) -> dict[str, Any]:
    try:
        answer = requests.get(address, timeout=SECONDS)
        answer.raise_for_status()
        told: dict[str, Any] = answer.json()
    except (RequestException, ValueError) as down:
        log.warning("auth.provider_down", address=address)
        raise ProviderDown from down
    return told


@contextmanager
def _session(provider: Provider, back: str, *, state: str = "") -> Iterator[Any]:
    session: Any = OAuth2Session(
        provider.client_id,
        provider.secret,
        scope=SCOPES,
        redirect_uri=back,
        state=state or None,
        code_challenge_method="S256",
        default_timeout=SECONDS,
    )
    try:
        yield session
    finally:
        session.close()
