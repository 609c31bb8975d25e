"""Secrets of second factors, and how to reach people, as the database keeps them: a copy of it alone opens nothing."""

import base64
import binascii
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_MARK, _NONCE_BYTES = "v1:", 12


def is_sealed(kept: str) -> bool:
    """False for a secret that was kept before secrets were sealed: it is sealed when its next code is shown."""
    return kept.startswith(_MARK)


def seal(key: bytes, secret: str, owner: str) -> str:
    """The secret for the database: AES-GCM under a key of 32 bytes, of use to its owner only ("account:7")."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, secret.encode(), owner.encode())
    return _MARK + base64.urlsafe_b64encode(nonce + sealed).decode()


def opened(key: bytes, kept: str, owner: str) -> str | None:
    """The secret; None where it was sealed with another key, for somebody else, or changed."""
    if not is_sealed(kept):
        return kept
    try:
        sealed = base64.urlsafe_b64decode(kept.removeprefix(_MARK))
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], owner.encode()).decode()
    except (InvalidTag, binascii.Error, ValueError):
        return None
