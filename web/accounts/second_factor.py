"""The second factor: codes that an app on the phone computes from a secret (TOTP, RFC 6238), and recovery codes."""

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime
from hmac import compare_digest

import pyotp
import segno
from markupsafe import Markup
from sqlalchemy import Connection

from db.accounts import Account, renew_totp_secret, use_recovery_code, use_totp_step
from db.audit import Act
from db.sealing import is_sealed, opened, seal
from db.sessions import hash_of

RECOVERY_CODES = 10

_STEP_SECONDS = 30
_NEIGHBOURS = (0, -1, 1)
"""A clock may be half a minute off."""

_CODE_BYTES, _GROUP = 10, 4


def new_secret() -> str:
    """A secret for an app, in base 32."""
    return pyotp.random_base32()


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The half minute that a code belongs to, or None."""
    given = "".join(code.split())
    present = int(now.timestamp()) // _STEP_SECONDS
    codes = pyotp.TOTP(secret, interval=_STEP_SECONDS)
    matching = (present + by for by in _NEIGHBOURS if _same(codes.generate_otp(present + by), given))
    return next(matching, None)


def show_code(conn: Connection, key: bytes, account: Account, code: str, *, act: Act) -> bool:
    """Spend a code of the app or a recovery code: True once for each.

    Where `key` does not open the secret (the secret key of the site was lost) only a recovery code is right.
    """
    kept = account.totp_secret
    if kept is None:
        return False
    secret = opened(key, kept, f"account:{account.id}")
    step = matching_step(secret, code, act.at) if secret else None
    if secret and step is not None:
        if not is_sealed(kept):
            renew_totp_secret(conn, account.id, kept, seal(key, secret, f"account:{account.id}"))
        return use_totp_step(conn, account.id, step)
    return use_recovery_code(conn, account.id, hash_of(_plain(code)), act=act)


def new_recovery_codes() -> tuple[str, ...]:
    """Codes to print: «k3qz-7m2x-…», 80 random bits each."""
    drawn = (base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode().lower() for _ in range(RECOVERY_CODES))
    return tuple("-".join(one[at : at + _GROUP] for at in range(0, len(one), _GROUP)) for one in drawn)


def hashes_of(codes: Sequence[str]) -> list[str]:
    """What is kept of recovery codes."""
    return [hash_of(_plain(code)) for code in codes]


def picture(secret: str, login: str) -> Markup:
    """A QR code for the camera of the app, as SVG without any style."""
    address = pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name="Baikoo")
    drawn = segno.make_qr(address, error="m").svg_inline(
        omitsize=True, svgclass="qr", lineclass=None, border=4, dark="#000", light="#fff"
    )
    return Markup(drawn)  # noqa: S704  (squares drawn by segno; no text of a person is in it)


def in_groups(secret: str) -> str:
    """The secret as one types it: in groups of four."""
    return " ".join(secret[at : at + _GROUP] for at in range(0, len(secret), _GROUP))


def _same(ours: str, given: str) -> bool:
    return given.isascii() and compare_digest(ours, given)


def _plain(code: str) -> str:
    return "".join(letter for letter in code.lower() if letter.isalnum())
