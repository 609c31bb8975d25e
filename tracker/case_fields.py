"""What a case may be written in: YAML without aliases, and what may stand in which field. Pure."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from enum import StrEnum
from typing import Any, TypeVar

import yaml

_YEARS = range(1900, 2101)
_MOST = 100_000
_SHOWN = 200
Word = TypeVar("Word", bound=StrEnum)


class _PlainLoader(yaml.SafeLoader):
    """Without aliases: ten lines of them unfold to more than a memory holds."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise ValueError("an alias (*name) is not read: write out what it stands for")
        return super().compose_node(parent, index)


def documents(text: str) -> list[Any]:
    """The documents of a YAML file. Raises ValueError for what is none."""
    try:
        return list(yaml.load_all(text, Loader=_PlainLoader))
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error
    except RecursionError as error:
        raise ValueError("lists in lists in lists: no case is that deep") from error


def checked(row: Any, allowed: Iterable[str]) -> Mapping[str, Any]:
    """A row with these keys only, and in each field what belongs there. Raises ValueError."""
    if not isinstance(row, dict) or row.keys() - set(allowed):
        raise ValueError(f"{str(row)[:_SHOWN]} has other keys than {sorted(allowed)}")
    for name, value in row.items():
        fits, what = _FIELDS.get(name, _ANYTHING)
        if not fits(value):
            raise ValueError(f"{name}: {str(value)[:_SHOWN]!r} is not {what}")
    return row


def day_of(value: Any) -> date:
    """A day. Raises ValueError for anything else, a moment too."""
    if type(value) is not date or value.year not in _YEARS:
        raise ValueError(f"{str(value)[:_SHOWN]!r} is not a day like 2021-07-28, from 1900 to 2100")
    return value


def word_of(words: type[Word], value: Any) -> Word:
    """One of these words. Raises ValueError that lists them."""
    try:
        return words(value)
    except ValueError as error:
        raise ValueError(f"{str(value)[:_SHOWN]!r} is none of {', '.join(words)}") from error


def time_of(value: Any) -> time:
    """A time of day in Bishkek. Raises ValueError, and TypeError where the quotes are missing."""
    at = time.fromisoformat(value)
    if at.tzinfo is not None:
        raise ValueError(f'{value!r} is not a time like "10:05"')
    return at


def _is_text(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _is_number(value: Any) -> bool:
    return value is None or (type(value) is int and 0 <= value <= _MOST)


def _is_told(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _are(fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(one is not None and fits(one) for one in value)


_Fit = tuple[Callable[[Any], bool], str]
_ANYTHING: _Fit = (lambda _: True, "")
_TEXT: _Fit = (_is_text, "text")
_NUMBER: _Fit = (_is_number, f"a whole number up to {_MOST}")
_FLAG: _Fit = (_is_flag, "true or false")

_FIELDS: Mapping[str, _Fit] = {
    **dict.fromkeys(("name", "check", "reason"), (_is_told, "text")),
    **dict.fromkeys(("source", "id", "title", "committee", "bill_kind", "initiator", "record", "case"), _TEXT),
    **dict.fromkeys(("choice", "about", "ground", "what", "lang", "observer", "uncertain", "bill_id"), _TEXT),
    **dict.fromkeys(("person", "faction", "faction_note"), _TEXT),
    **dict.fromkeys(("count", "minutes", "for", "against", "abstained"), _NUMBER),
    **dict.fromkeys(("extraordinary", "cancelled", "day_told"), _FLAG),
    **dict.fromkeys(("readings", "topics"), (_are(_is_number), "a list of numbers")),
    **dict.fromkeys(("parts", "sources", "review"), (_are(_is_text), "a list of texts")),
    **dict.fromkeys(("events", "expected"), (_are(lambda _: True), "a list")),
    "figures": (lambda value: isinstance(value, dict), "figures by name"),
}
