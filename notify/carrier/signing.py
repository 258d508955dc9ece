"""Signatures as the real carriers make them."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

Params = Iterable[tuple[str, str]]


def twilio_signature(token: str, url: str, params: Params) -> str:
    """Sign the address followed by the sorted form fields, as X-Twilio-Signature."""
    signed = url + "".join(name + text for name, text in sorted(set(params)))
    # Twilio's scheme, not a choice of ours.
    digest = hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def generate_signing_key() -> str:
    return (
        ec.generate_private_key(ec.SECP256R1())
        .private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        .decode()
    )


def public_key_of(private_pem: str) -> str:
    public = _private_key(private_pem).public_key()
    der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(der).decode()


def event_signature(private_pem: str, *, timestamp: str, body: bytes) -> str:
    """Sign the time and the raw body, as SendGrid's event webhook does."""
    signed = timestamp.encode() + body
    signature = _private_key(private_pem).sign(signed, ec.ECDSA(hashes.SHA256()))
    return base64.b64encode(signature).decode()


def _private_key(pem: str) -> ec.EllipticCurvePrivateKey:
    key = load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("The event webhook is signed with an elliptic curve key.")
    return key
