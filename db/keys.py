"""The secret that signs cookies and tokens, and seals the secrets of second factors and how to reach people."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vocab.errors import ConfigError

_FILE = "secret.key"
_SHORTEST = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """One key a purpose, all from one secret."""

    cookies: bytes
    csrf: bytes
    forms: bytes
    second_factors: bytes
    contacts: bytes
    digest: Callable[..., Any] = hashlib.sha256


def load_keys(home: Path, environ: Mapping[str, str] | None = None) -> Keys:
    """From BAIKOO_SECRET_KEY; without it from a file of the home that only its owner reads, made on the first start.

    Raises ConfigError for a secret of less than 32 letters, and where the file can be neither read nor made.
    """
    values = os.environ if environ is None else environ
    secret = values.get("BAIKOO_SECRET_KEY") or _kept(home / _FILE)
    if len(secret) < _SHORTEST:
        raise ConfigError(
            f"BAIKOO_SECRET_KEY (or {home / _FILE}) has {len(secret)} letters and needs {_SHORTEST}: "
            'python -c "import secrets; print(secrets.token_hex(32))"'
        )
    return Keys(
        cookies=_derived(secret, b"cookies"),
        csrf=_derived(secret, b"csrf"),
        forms=_derived(secret, b"forms"),
        second_factors=_derived(secret, b"second factors"),
        contacts=_derived(secret, b"contacts"),
    )


def _derived(secret: str, purpose: bytes) -> bytes:
    return hmac.new(secret.encode(), purpose, hashlib.sha256).digest()


def _kept(path: Path) -> str:
    """The file is written beside its place and linked there: of two first starts at once, both read the same secret."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f"{_FILE}.{secrets.token_hex(8)}")
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_hex(32))
            with suppress(FileExistsError):
                os.link(draft, path)
            draft.unlink()
        return path.read_text("ascii").strip()
    except (OSError, UnicodeError) as error:
        raise ConfigError(f"no secret: set BAIKOO_SECRET_KEY, or let {path} be made and read ({error})") from error
