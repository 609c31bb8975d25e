"""Passwords: the rule, and Argon2id."""

import secrets
import threading
import unicodedata
from functools import lru_cache

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher

from web.i18n import N_

SHORTEST, LONGEST = 10, 200

_TOO_SHORT = N_("A password has at least 10 characters. A sentence is easy to remember and hard to guess.")
_TOO_LONG = N_("A password has at most 200 characters.")
_IS_LOGIN = N_("A password must not be the login.")

_MEMORY_KIB, _ROUNDS, _LANES = 32 * 1024, 3, 1
_AT_ONCE = 4


def fault_of(password: str, login: str) -> str | None:
    """What is wrong with a new password; length counts and nothing else, so there are no rules of composition."""
    known = _one_form(password)
    if len(known) < SHORTEST:
        return _TOO_SHORT
    if len(known) > LONGEST:
        return _TOO_LONG
    return _IS_LOGIN if known.casefold() == login.casefold() else None


class Passwords:
    """Argon2id, a few at a time: each takes 32 MiB, and who signs in must not be able to take all memory."""

    def __init__(self) -> None:
        hasher = Argon2Hasher(time_cost=_ROUNDS, memory_cost=_MEMORY_KIB, parallelism=_LANES)
        self._hasher = PasswordHash((hasher,))
        self._turn = threading.BoundedSemaphore(_AT_ONCE)
        self._nobody = self.hash(secrets.token_hex())

    def hash(self, password: str) -> str:
        """The hash to keep."""
        with self._turn:
            return self._hasher.hash(_one_form(password))

    def verify(self, password: str, kept: str | None) -> tuple[bool, str | None]:
        """Whether it is the password, and its hash by newer settings where the kept one is by older.

        Where nothing is kept the work is the same and the answer False: time does not tell who exists.
        """
        given = _one_form(password)[: LONGEST + 1]
        with self._turn:
            try:
                right, newer = self._hasher.verify_and_update(given, kept or self._nobody)
            except UnknownHashError:
                return False, None
        return right and kept is not None, newer if kept else None


@lru_cache(maxsize=1)
def passwords() -> Passwords:
    """The one hasher of this process."""
    return Passwords()


def _one_form(password: str) -> str:
    """«й» is one letter on one keyboard and two on another."""
    return unicodedata.normalize("NFKC", password)
