"""What was counted and drawn is kept, and one thing is made at a time.

A picture takes a core for some tens of milliseconds, of many bills half a second. A crowd that asks for pictures nobody
has asked for before waits in one short line; who finds the line full is told to come again.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from http import HTTPStatus
from threading import BoundedSemaphore, Lock
from typing import Any

from fastapi import HTTPException

_LINE = 8
"""So many may wait: the server has forty threads, and the other pages need them."""
_AGAIN_SECONDS = 2


class Studio:
    """Makes things by key, once, one after the other; keeps as many bytes as `room` holds, those asked for last."""

    def __init__(self, room: int = 24_000_000) -> None:
        self._room = room
        self._size = 0
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._shelf = Lock()
        self._making = Lock()
        self._line = BoundedSemaphore(_LINE)

    def get(self, key: Hashable, make: Callable[[], Any], size: Callable[[Any], int]) -> Any:
        """The thing of this key, made now where nobody made it. Raises 503 where too many wait."""
        known = self._known(key)
        if known is not None:
            return known[0]
        if not self._line.acquire(blocking=False):
            raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": str(_AGAIN_SECONDS)})
        try:
            with self._making:
                known = self._known(key)  # somebody before us in the line may have made it
                if known is None:
                    made = make()
                    self._keep(key, made, size(made))
                    return made
                return known[0]
        finally:
            self._line.release()

    def _known(self, key: Hashable) -> tuple[Any, int] | None:
        with self._shelf:
            known = self._kept.get(key)
            if known is not None:
                self._kept.move_to_end(key)
            return known

    def _keep(self, key: Hashable, made: Any, size: int) -> None:
        with self._shelf:
            self._kept[key] = (made, size)
            self._size += size
            while self._size > self._room and len(self._kept) > 1:
                _, (_, gone) = self._kept.popitem(last=False)
                self._size -= gone
