"""What may be kept: an item that cannot be true of any page is quarantined, whatever parser made it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date, datetime, timedelta

from scrapers.items import Item, ProtocolItem
from scrapers.page import Problem, Reading
from scrapers.visit import Visit
from vocab.bodies import CONVOCATIONS

# As `repr` writes them: NUL and lone surrogates, behind no other backslash.
_UNPRINTABLE = re.compile(r"(?<!\\)(?:\\\\)*\\(?:x00|ud[89a-f])")
_KEY = re.compile(r"[a-z_]+:\S(?:.*\S)?")
_KEY_LENGTH = 300
_EARLIEST = date(1991, 8, 31)  # the independence of the Kyrgyz Republic: no convocation is older
_AHEAD = timedelta(days=400)
_NAMED = ("title", "name")


class Validate:
    """The first pipeline: moves items that break a rule to the problems of the page."""

    def process_item(self, item: Visit) -> Visit:
        """The visit with the items that may be kept."""
        if item.reading is None:
            return item
        latest = max(item.answer.shown_on, item.answer.at.date())
        return replace(item, reading=validated(item.reading, latest))


def validated(reading: Reading, latest: date) -> Reading:
    """The reading with its sound items; each of the others has become a problem that lost a record."""
    kept: dict[tuple[str, str, str], Item] = {}
    problems = list(reading.problems)
    for one in reading.items:
        reason = broken_rule(one, latest)
        if reason is None and kept.setdefault((one.record, one.key, one.part), one) != one:
            reason = "stands twice on the page, with different content"
        if reason is not None:
            problems.append(Problem(place=f"{one.record} {one.key}", reason=reason, record_lost=True))
    return replace(reading, items=tuple(kept.values()), problems=tuple(problems))


def broken_rule(item: Item, latest: date) -> str | None:
    """The first rule that an item breaks, in words; None for a sound one. `latest`: the day the page was seen."""
    return next((reason for rule in _RULES if (reason := rule(item, latest))), None)


def _key_is_named(item: Item, _latest: date) -> str | None:
    if len(item.key) > _KEY_LENGTH or not _KEY.fullmatch(item.key):
        return f"the key «{item.key}» is not <kind>:<the source's own key>"
    return None


def _has_a_name(item: Item, _latest: date) -> str | None:
    empty = next((name for name in _NAMED if getattr(item, name, None) == ""), None)
    return f"{empty} is empty" if empty else None


def _days_are_possible(item: Item, latest: date) -> str | None:
    for name, day in _days(item):
        if not _EARLIEST <= day <= latest + _AHEAD:
            return f"{name} {day.isoformat()} cannot be"
    return None


def _text_is_printable(item: Item, _latest: date) -> str | None:
    """PostgreSQL keeps no NUL and no half of a character, and no page means one; lines inside an item count too."""
    bad = next((field.name for field in fields(item) if _UNPRINTABLE.search(repr(getattr(item, field.name)))), None)
    return f"{bad} holds a NUL character or half a character" if bad else None


def _fits_the_parliament(item: Item, _latest: date) -> str | None:
    """No sitting has more absent deputies than the parliament ever had seats."""
    most = max(convocation.seats for convocation in CONVOCATIONS)
    absent = len(item.absences) if isinstance(item, ProtocolItem) else 0
    return f"{absent} absent deputies of {most}" if absent > most else None


_RULES: tuple[Callable[[Item, date], str | None], ...] = (
    _key_is_named,
    _has_a_name,
    _days_are_possible,
    _text_is_printable,
    _fits_the_parliament,
)


def _days(item: Item) -> Iterator[tuple[str, date]]:
    for field in fields(item):
        value = getattr(item, field.name)
        if isinstance(value, date):
            yield field.name, value.date() if isinstance(value, datetime) else value
