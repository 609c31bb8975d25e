"""Pictures of observers: sent once, and given back to who sent them and to who coordinates."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import FileResponse, Response

from tracker.note_reading import read_uuid
from tracker.observations import Status
from tracker.uploads import find_upload, keep_upload, upload_path
from vocab.roles import Role
from web.access import NO_STORE, SignedIn, signed_in
from web.observe.answers import MEGABYTE, BodyOf, refused, told
from web.observe.pictures import MAX_BYTES, PictureRefused, redraw
from web.visit import VisitDep

router = APIRouter(prefix="/observe/api/uploads")
ObserverDep = Annotated[SignedIn, Depends(signed_in(Role.OBSERVER, Role.COORDINATOR))]
ViewerDep = Annotated[SignedIn, Depends(signed_in(Role.OBSERVER, Role.COORDINATOR, Role.LAWYER, Role.EDITOR))]
BodyDep = Annotated[bytes | None, Depends(BodyOf(MAX_BYTES))]


@router.put("/{uuid}")
def put(visit: VisitDep, who: ObserverDep, uuid: str, sent: BodyDep) -> Response:
    """Keep a picture; sent again it is known."""
    name = read_uuid(uuid)
    if name is None:
        return refused(HTTPStatus.BAD_REQUEST, "bad_uuid")
    if sent is None:
        return refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", size=MAX_BYTES // MEGABYTE)
    try:
        picture = redraw(sent)
    except PictureRefused as error:
        return refused(error.status, error.reason)
    folder, now = visit.site.settings.uploads_dir, datetime.now(UTC)
    observer = str(who.user_id)
    kept = keep_upload(visit.site.engine, folder, picture, uuid=name, observer=observer, now=now)
    if kept is Status.REFUSED:
        return refused(HTTPStatus.CONFLICT, "upload_conflict")
    size = {"width": picture.width, "height": picture.height, "bytes": len(picture.data)}
    return told({"uuid": name, "status": kept.value, **size}, HTTPStatus.CREATED if kept is Status.RECEIVED else 200)


@router.get("/{uuid}")
def get(visit: VisitDep, who: ViewerDep, uuid: str) -> Response:
    """The picture as it was kept: one's own, and everybody's for those who review."""
    row = find_upload(visit.conn, read_uuid(uuid) or "")
    is_mine = row is not None and row["observer"] == str(who.user_id)
    if row is None or not (is_mine or who.may(Role.COORDINATOR, Role.LAWYER, Role.EDITOR)):
        return refused(HTTPStatus.NOT_FOUND, "unknown_upload")
    path = upload_path(visit.site.settings.uploads_dir, row["sha256"])
    return FileResponse(path, media_type="image/jpeg", headers=NO_STORE)
