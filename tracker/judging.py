"""What checks judge by: the rule book, the calendar, and the version of the code that judges."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from tracker.calendar import KyrgyzCalendar
from tracker.editions import RuleBook
from tracker.judgement import Surroundings

_PACKAGES = ("tracker", "vocab")
_JUDGES = frozenset({".py", ".yml"})
_DIGITS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules in all editions, what checks know besides, and the version that findings are marked with."""

    book: RuleBook
    surroundings: Surroundings
    code_version: str

    @staticmethod
    def load() -> "Rules":
        """The rules that stand in this package."""
        return _rules(_code_digest())


@lru_cache(maxsize=1)
def _rules(code_digest: str) -> Rules:
    book = RuleBook.load()
    surroundings = Surroundings(calendar=KyrgyzCalendar.load())
    return Rules(book=book, surroundings=surroundings, code_version=f"{book.fingerprint}+{code_digest}")


def _code_digest() -> str:
    """A hash of the code and data that verdicts come from: other code is another version, whatever its number."""
    found = hashlib.blake2b()
    for package in _PACKAGES:
        root = Path(str(files(package)))
        for path in sorted(root.rglob("*")):
            if path.suffix in _JUDGES:
                found.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return found.hexdigest()[:_DIGITS]
