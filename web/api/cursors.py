"""Where a reader of a long list stands: the sort values of the last row, in one opaque word.

A cursor holds nothing secret and nothing that a reader may not choose, so it is not signed; a checksum over the list
and its filters finds those that were cut off or that belong to another question. Pure.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

LONGEST = 2000
_CHECK = 6
_BIGGEST = 2**63 - 1


class BadCursor(ValueError):
    """This is no cursor of this list."""


def encode(scope: str, values: Sequence[Any]) -> str:
    """A cursor; `scope` names the list with its filters and order."""
    plain = [one.isoformat() if isinstance(one, date) else one for one in values]
    said = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_check(scope, said) + said).decode().rstrip("=")


def decode(scope: str, cursor: str, kinds: Sequence[type]) -> tuple[Any, ...]:
    """The values, one of each kind (str, int, date, datetime). Raises BadCursor."""
    try:
        whole = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        check, said = whole[:_CHECK], whole[_CHECK:]
        values = json.loads(said)
    except (binascii.Error, ValueError, RecursionError) as error:
        raise BadCursor(cursor) from error
    if check != _check(scope, said) or not isinstance(values, list) or len(values) != len(kinds):
        raise BadCursor(cursor)
    return tuple(_value(one, kind) for one, kind in zip(values, kinds, strict=True))


def _check(scope: str, said: bytes) -> bytes:
    return hashlib.blake2b(scope.encode() + b"\0" + said, digest_size=_CHECK).digest()


def _value(value: Any, kind: type) -> Any:
    """The value again. A checksum can be computed by anybody: what no database takes is refused."""
    try:
        if kind in (date, datetime):
            return kind.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise BadCursor(str(value)) from error
    if type(value) is not kind or not _is_kept(value):
        raise BadCursor(str(value))
    return value


def _is_kept(value: Any) -> bool:
    """A number that a database has, or a text without NUL and halves of letters."""
    if isinstance(value, int):
        return abs(value) <= _BIGGEST
    return "\0" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)
