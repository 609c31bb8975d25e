"""The files of an exported version as they lie on the disk: whole or in ranges, under the hash of CHECKSUMS."""

from mimetypes import guess_type

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse, Response

from web.bulk.versions import FOLDER, versions
from web.security import INERT_POLICY
from web.visit import site_of

router = APIRouter()
_SECONDS = 86_400


@router.get("/exports/{version}/{path:path}")
def exported(request: Request, version: str, path: str) -> Response:
    """One file; 304 for whoever has it."""
    site = site_of(request)
    found = site.published(f"{FOLDER}/{version}/{path}")
    of_version = next((one for one in versions(site.settings.public_dir / FOLDER) if one.name == version), None)
    if found is None or of_version is None:
        raise HTTPException(404)
    sums = {one.path: one.sha256 for one in of_version.files()}
    tag = f'"{sums.get(path) or of_version.checksum}"'
    headers = {"ETag": tag, "Cache-Control": f"public, max-age={_SECONDS}", "Content-Security-Policy": INERT_POLICY}
    if tag in {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}:
        return Response(status_code=304, headers=headers)
    kind = guess_type(found.name)[0] or "application/octet-stream"
    return FileResponse(found, media_type=kind, headers=headers)
