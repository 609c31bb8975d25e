"""What checks judge by: the rule book, the calendar, and the version of the code that judges."""

from dataclasses import dataclass
from functools import lru_cache

from db.code_version import code_digest
from tracker.calendar import KyrgyzCalendar
from tracker.editions import RuleBook
from tracker.judgement import Surroundings

_PACKAGES = ("tracker", "vocab")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules in all editions, what checks know besides, and the version that findings are marked with."""

    book: RuleBook
    surroundings: Surroundings
    code_version: str

    @staticmethod
    def load() -> "Rules":
        """The rules that stand in this package."""
        return _rules(code_digest(_PACKAGES))


@lru_cache(maxsize=1)
def _rules(digest: str) -> Rules:
    book = RuleBook.load()
    surroundings = Surroundings(calendar=KyrgyzCalendar.load())
    return Rules(book=book, surroundings=surroundings, code_version=f"{book.fingerprint}+{digest}")
