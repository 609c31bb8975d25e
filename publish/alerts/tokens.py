"""What opens a subscription to whoever reads its letters: made anew for each letter, and kept nowhere but as a hash."""

import base64
import hashlib
import hmac
import re

_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([^@\s]{1,250})")
_HOST = re.compile(r"(?=.{4,250}$)([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


def token_of(key: bytes, salt: str) -> str:
    """The token of a subscription: 43 letters of A–Z, a–z, 0–9, - and _, which a Telegram link takes too."""
    made = hmac.new(key, f"subscription:{salt}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def contact_hash(key: bytes, channel: str, contact: str) -> str:
    """By which an address is found again; without the key nobody can tell whether a known address is among them."""
    return hmac.new(key, f"{channel}:{contact}".encode(), hashlib.sha256).hexdigest()


def read_email(typed: str) -> str | None:
    """The address in one form (lower case, the host as the mail knows it), None where it is no e-mail address."""
    found = _EMAIL.fullmatch(typed.strip())
    if found is None or len(typed) > 254:
        return None
    try:
        host = found.group(1).encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    return f"{typed.strip().partition('@')[0].lower()}@{host}" if _HOST.fullmatch(host) else None
