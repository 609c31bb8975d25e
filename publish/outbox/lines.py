"""Requests that come to an end, whatever is at the other end of the line.

A time-out of a library begins anew with every byte: who answers letter by letter would keep a worker, and with it all
other channels, for as long as they like.
"""

import threading
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

_Said = TypeVar("_Said")


class Unended(StrEnum):
    """Why there is no answer: nothing was asked, or it was asked and goes on."""

    BUSY = "an earlier request to the channel has not come to its end"
    SLOW = "the channel did not come to the end of its answer"


@dataclass(frozen=True, slots=True)
class Lines:
    """One request a line at a time, each of at most `seconds`: less than a lease, more than any honest request takes.

    What takes longer is left alone: its thread ends with its connection, or with the process.
    """

    seconds: float = 240.0
    _busy: MutableMapping[object, threading.Thread] = field(default_factory=dict)

    def ask(self, line: object, request: Callable[[], _Said]) -> _Said | Unended:
        """What the request gives, which raises nothing."""
        earlier = self._busy.get(line)
        if earlier and earlier.is_alive():
            return Unended.BUSY
        said: list[_Said] = []
        thread = threading.Thread(target=lambda: said.append(request()), name="request", daemon=True)
        self._busy[line] = thread
        thread.start()
        thread.join(self.seconds)
        return said[0] if said else Unended.SLOW
