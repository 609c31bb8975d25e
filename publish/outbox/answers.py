"""What comes of what a person does with a delivery; nothing that can be expected is an exception."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Fault(StrEnum):
    """Why it cannot be done, in words for people."""

    NO_SUCH = "there is no such delivery"
    STATE = "in its present state this cannot be done"
    REASON = "a reason is needed"
    EXPIRED = "its time is over, or would be: it is no news any more then"
    LOOK_FIRST = "nobody knows whether the channel has it: look there first, and say what you found"
    PARTLY = "parts of it are on the channel already"
    NO_ADDRESS = "say where it is: an address that begins with https://"
    NO_ID = "the program does not know its number at the channel: do it there by hand"
    NOT_ALLOWED = "this channel does not allow it"
    OTHER_PARTS = "the number of its parts must stay the same"
    CHANNEL = "the channel did not do it"
    NOT_STOPPED = "it is not stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """It was done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Nothing was done: somebody, or a worker, changed it since it was looked at; `row` is how it stands now."""

    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Impossible:
    """Nothing was done: it cannot be done; `detail` are words of the channel."""

    fault: Fault
    detail: str = ""

    @property
    def words(self) -> str:
        """Fault and detail as one sentence."""
        return f"{self.fault.value}: {self.detail}" if self.detail else self.fault.value


Answer = Done | Changed | Impossible
