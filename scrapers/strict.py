"""Reading strictly: what must stand once stands once, and what nobody read is named."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from vocab.errors import ReadError

T = TypeVar("T")


def one(found: Sequence[T], place: str) -> T:
    """The only element of a selection. Raises ReadError when there is none or more than one."""
    if len(found) != 1:
        raise ReadError(place, f"expected once, found {len(found)} times")
    return found[0]


def at_most_one(found: Sequence[T], place: str) -> T | None:
    """The only element of a selection, None when it is empty. Raises ReadError when there are two."""
    return one(found, place) if found else None


class Fields:
    """The keys of one source object, taken out one by one: what is left at the end was handled by nobody."""

    def __init__(self, values: object, place: str) -> None:
        if not isinstance(values, Mapping):
            raise ReadError(place, f"expected an object, found {type(values).__name__}")
        self._values: dict[str, Any] = dict(values)
        self.whole: Mapping[str, Any] = values
        self.place = place

    def pop(self, key: str, kind: type[T]) -> T:
        """Take a value that must be there and be of this kind. Raises ReadError otherwise."""
        value = self.pop_or_none(key, kind)
        if value is None:
            raise ReadError(f"{self.place}.{key}", "missing")
        return value

    def pop_or_none(self, key: str, kind: type[T]) -> T | None:
        """Take a value that may be missing or null. Raises ReadError when it is of another kind."""
        value = self._values.pop(key, None)
        if value is None:
            return None
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise ReadError(f"{self.place}.{key}", f"expected {_kind_name(kind)}, found {value!r:.80}")
        return value

    def ignore(self, *keys: str) -> None:
        """Take out what is not read on purpose."""
        for key in keys:
            self._values.pop(key, None)

    def leftovers(self) -> tuple[str, ...]:
        """The keys that nobody read, sorted: a note of the reading, so that a new key is seen."""
        return tuple(sorted(self._values))


def _kind_name(kind: object) -> str:
    """`int`, and `int | str` for a union of kinds."""
    return kind.__name__ if isinstance(kind, type) else str(kind)
