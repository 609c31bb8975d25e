"""Notes for tests: as a device says them, and as the tracker keeps them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine

from tracker.editions import RuleBook
from tracker.observations import Answer, Batch, receive_notes

UUID = "2f0c0000-0000-4000-8000-000000000001"
SITTING = "plenary-2017-05-17"
NOW = datetime(2017, 5, 17, 6, 0, tzinfo=UTC)


def uuid(number: int) -> str:
    return f"2f0c0000-0000-4000-8000-{number:012}"


def said(number: int = 1, kind: str = "head_count", **changes: Any) -> dict[str, Any]:
    """A note as a device sends it."""
    note = {
        "uuid": uuid(number),
        "sitting": SITTING,
        "kind": kind,
        "value": {"count": 54},
        "device_at": "2017-05-17T11:02:10+06:00",
        "corrects": None,
        "form_version": 1,
    }
    return {**note, **changes}


def send(
    engine: Engine, *notes: Any, observer: str = "o1", device: str | None = "phone", now: datetime = NOW, **how: Any
) -> list[Answer]:
    """The answers to a batch."""
    batch = Batch(observer=observer, device=device, notes=notes, device_now=how.get("device_now", now))
    return receive_notes(engine, batch, now=now, book=RuleBook.load())


def statuses(answers: Sequence[Answer]) -> list[str]:
    return [answer.status.value for answer in answers]
