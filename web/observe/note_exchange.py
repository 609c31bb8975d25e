"""Notes of observers: sent in batches, and given back."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from tracker.judging import Rules
from tracker.note_reading import read_moment
from tracker.observations import Answer, Batch, own_notes, receive_notes
from vocab.roles import Role
from web.access import SignedIn, signed_in
from web.observe.answers import MEGABYTE, BodyOf, fault, refused, told
from web.visit import VisitDep, site_of

router = APIRouter(prefix="/observe/api/notes")
MAX_NOTES = 200
MAX_BYTES = 2 * MEGABYTE
_MAX_DEVICE = 100
ObserverDep = Annotated[SignedIn, Depends(signed_in(Role.OBSERVER, Role.COORDINATOR))]
BodyDep = Annotated[bytes | None, Depends(BodyOf(MAX_BYTES))]


@router.post("")
def post(request: Request, who: ObserverDep, sent: BodyDep) -> Response:
    """Keep what can be kept; an answer for each note."""
    if sent is None:
        return refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", size=MAX_BYTES // MEGABYTE)
    batch = _batch(sent, str(who.user_id))
    if batch is None:
        return refused(HTTPStatus.BAD_REQUEST, "not_a_batch")
    if len(batch.notes) > MAX_NOTES:
        return refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_many")
    now = datetime.now(UTC)
    answers = receive_notes(site_of(request).engine, batch, now=now, book=Rules.load().book)
    return told({"offset": int(batch.offset(now).total_seconds()), "notes": [_answer(one) for one in answers]})


def _batch(sent: bytes, observer: str) -> Batch | None:
    try:
        said = json.loads(sent)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, Mapping) or not isinstance(said.get("notes"), list):
        return None
    device, device_now = said.get("device"), read_moment(said.get("device_now"))
    named = isinstance(device, str) and 0 < len(device) <= _MAX_DEVICE and device.isprintable()
    if not named or device_now is None:
        return None
    return Batch(observer=observer, device=device, device_now=device_now, notes=said["notes"])


def _answer(answer: Answer) -> dict[str, Any]:
    told_of = {"uuid": answer.uuid, "status": answer.status.value}
    if answer.fault is not None:
        return {**told_of, "field": answer.field, **fault(answer.fault)}
    return {**told_of, "marks": [mark.value for mark in answer.marks], "unplaced": answer.unplaced}


@router.get("")
def get(visit: VisitDep, who: ObserverDep, sitting: Annotated[str, Query(max_length=300)]) -> Response:
    """One's own notes on a sitting with their history, as a new phone needs them."""
    rows = own_notes(visit.conn, str(who.user_id), sitting.replace("\0", ""))
    corrected = {row["corrects"] for row in rows}
    return told({"notes": [_note(row, is_corrected=row["uuid"] in corrected) for row in rows]})


def _note(row: Mapping[str, Any], *, is_corrected: bool) -> dict[str, Any]:
    plain = ("uuid", "kind", "value", "device", "corrects", "form_version")
    moments = ("device_at", "observed_at", "received_at")
    return {
        **{name: row[name] for name in plain},
        **{name: row[name].isoformat() if row[name] else None for name in moments},
        "sitting": row["sitting_id"],
        "item": row["value"].get("item"),
        "withdrawn": bool(row["corrects"]) and not row["value"],
        "corrected": is_corrected,
        "marks": (row["marks"] or "").split(),
    }
