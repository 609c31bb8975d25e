"""Answers to the observers' form: JSON that no cache keeps, with the server's clock; and bodies of bounded size."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse

from vocab.observation import FORM_VERSION
from web.access import NO_STORE
from web.observe.words import FAULTS, in_both

MEGABYTE = 1024 * 1024


def told(value: Mapping[str, Any], status: int = HTTPStatus.OK) -> JSONResponse:
    """An answer, with the server's time and the form that it knows."""
    common = {"server_time": datetime.now(UTC).isoformat(), "form_version": FORM_VERSION}
    return JSONResponse({**value, **common}, status_code=status, headers=NO_STORE)


def refused(status: int, reason: str, **values: object) -> JSONResponse:
    """What cannot be done, with a code for the form and words for the observer."""
    return told(fault(reason, **values), status)


def fault(reason: str, **values: object) -> dict[str, Any]:
    """A code with its words in both languages."""
    return {"reason": reason, "message": in_both(FAULTS[reason], **values)}


@dataclass(frozen=True, slots=True)
class BodyOf:
    """A dependency: the body of at most so many bytes, None for a larger one, which is not read to its end."""

    most: int

    async def __call__(self, request: Request) -> bytes | None:
        """Read it."""
        parts, size = [], 0
        async for part in request.stream():
            size += len(part)
            if size > self.most:
                return None
            parts.append(part)
        return b"".join(parts)
