"""How many votes or members a share of the total is, as rule files write it."""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any


def least(share: Mapping[str, Any], total: int) -> int:
    """The least whole number that reaches a share: {more_than: 1/2} of 120 is 61, {at_least: 2/3} of 120 is 80.

    `never_below` is a floor, where the rule has one.
    """
    if "more_than" in share:
        number = floor(Fraction(share["more_than"]) * total) + 1
    else:
        number = ceil(Fraction(share["at_least"]) * total)
    floor_of_rule: int = share.get("never_below", 0)
    return max(number, floor_of_rule)


def is_enough_with_vacancies(number: int, share: Mapping[str, Any], seats: int, vacancies: int) -> bool:
    """True when `number` would reach the share if so many seats were vacant: art. 82 p. 2 counts sworn deputies."""
    return number >= least(share, seats - vacancies)
