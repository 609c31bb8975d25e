"""A parliament as its rule file tells it: seats, sessions, country. Pure; nothing of one country stands in the code."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from vocab.bodies import Convocation
from vocab.errors import ConfigError

_PARLIAMENT = frozenset({"country", "last_reading", "recess", "convocations"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Recess:
    """The time between sessions, in which terms stand still.

    It begins after the last working day of the closing month and ends before the first one of the opening month.
    """

    closing_month: int
    opening_month: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Parliament:
    """What checks and calendars have to know of a parliament besides its rules.

    `country` is the code by which the package `holidays` knows its feasts, None: no feasts are known; `last_reading`
    the number of the reading in which a law is adopted; `recess` None where terms never stand still.
    """

    country: str | None = None
    last_reading: int = 1
    recess: Recess | None = None
    convocations: tuple[Convocation, ...] = ()

    def seats_on(self, day: date) -> int | None:
        """The seats of the convocation that sat on a day, None before the first one known here."""
        for one in self.convocations:
            if one.since <= day and (one.until is None or day < one.until):
                return one.seats
        return None


def read_parliament(row: Mapping[str, Any]) -> Parliament:
    """The part `parliament` of a rule file. Raises ConfigError, KeyError or TypeError for what it is not."""
    recess = row.get("recess")
    unknown = row.keys() - _PARLIAMENT
    if unknown:
        raise ConfigError(f"parliament: unknown keys {sorted(unknown)}")
    return Parliament(
        country=row["country"],
        last_reading=row["last_reading"],
        recess=Recess(**recess) if recess else None,
        convocations=tuple(Convocation(**one) for one in row["convocations"]),
    )
