"""Bodies of the parliament: convocations with their seats, the plenary, committees, factions."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vocab.text import fold, fold_space


class Body(StrEnum):
    """Who sits."""

    PLENARY = "plenary"
    COMMITTEE = "committee"


@dataclass(frozen=True, slots=True, kw_only=True)
class Convocation:
    """One elected parliament: Roman numeral, first day, first day of the next one (None: sitting now), seats."""

    numeral: str
    since: date
    until: date | None
    seats: int


# Days and seats: domain/sources.md of the project's founding notes; VI sat until its successor was sworn in.
CONVOCATIONS: tuple[Convocation, ...] = (
    Convocation(numeral="V", since=date(2010, 11, 10), until=date(2015, 10, 28), seats=120),
    Convocation(numeral="VI", since=date(2015, 10, 28), until=date(2021, 12, 29), seats=120),
    Convocation(numeral="VII", since=date(2021, 12, 29), until=date(2025, 12, 17), seats=90),
    Convocation(numeral="VIII", since=date(2025, 12, 17), until=None, seats=90),
)


def convocation_on(day: date) -> Convocation | None:
    """The convocation that sat on `day`, or None before the first one known here."""
    for convocation in CONVOCATIONS:
        if convocation.since <= day and (convocation.until is None or day < convocation.until):
            return convocation
    return None


def convocation_named(numeral: str) -> Convocation | None:
    """The convocation with this Roman numeral, or None."""
    return next((one for one in CONVOCATIONS if one.numeral == numeral), None)


_FACTION_PREFIX = re.compile(
    r"^(?:парламентская\s+)?(?:фракция|депутатская\s+группа|депутаттык\s+топ[уу]*|фракциясы)\s+", re.IGNORECASE
)
_HYPHEN = re.compile(r"\s*[-‐‑–—]\s*")


def faction_key(name: str) -> str:
    """One key for all spellings of a faction.

    «Парламентская фракция «Онугуу-Прогресс»» and «Фракция «Онугуу - Прогресс»» give the same key. Members without a
    faction («Депутаты от одномандатных округов») keep their wording: they are not one faction, see `is_faction`.
    """
    bare = _FACTION_PREFIX.sub("", fold_space(name))
    return _HYPHEN.sub("-", fold(bare)).replace("«", "").replace("»", "").strip()


def faction_name(name: str) -> str:
    """The canonical name people see: without «Парламентская фракция», hyphens without blanks."""
    bare = _HYPHEN.sub("-", _FACTION_PREFIX.sub("", fold_space(name)))
    return bare.strip("«»\"' ")


def is_faction(name: str) -> bool:
    """False for a row that says a deputy belongs to none (single-seat members, no faction)."""
    key = faction_key(name)
    return (
        bool(key)
        and "одномандатн" not in key
        and "самовыдвижен" not in key
        and not key.startswith(("не входящ", "вне фракц"))
    )
