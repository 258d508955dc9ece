"""What the database keeps and must not be able to read: sealed with a key of ours.

The key is made of the platform's secret: whoever has a copy of the database alone
opens nothing with it.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# RFC 5869's info: another use of the same secret gives another key.
PURPOSE = b"townline second factor"
KEY_BYTES = 32


def seal(words: str, *, key: str, purpose: bytes = PURPOSE) -> str:
    return _fernet(key, purpose).encrypt(words.encode()).decode()


def unseal(sealed: str, *, key: str, purpose: bytes = PURPOSE) -> str:
    """Raise ``cryptography.fernet.InvalidToken`` if it was sealed with another key, or
    for another purpose."""
    return _fernet(key, purpose).decrypt(sealed.encode()).decode()


@lru_cache(maxsize=8)
def _fernet(key: str, purpose: bytes) -> Fernet:
    derived = HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose).derive(key.encode())
    return Fernet(urlsafe_b64encode(derived))
