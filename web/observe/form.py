"""The addresses of the form in the room: its page, its worker, its files.

None of them needs a session: a phone without a network opens them too, and they hold nothing about anybody.
"""

from http import HTTPStatus

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from web.observe.shell import ShellFile, shell
from web.security import OBSERVE_POLICY

router = APIRouter(prefix="/observe")

_FOR_GOOD = "public, max-age=31536000, immutable"
_ASK_EACH_TIME = "no-cache"


@router.get("")
def page(request: Request) -> Response:
    """The form."""
    return _answer(request, shell().page, _ASK_EACH_TIME)


@router.get("/")
def page_with_slash() -> Response:
    """The worker answers for one address only."""
    return RedirectResponse("/observe", status_code=HTTPStatus.PERMANENT_REDIRECT)


@router.get("/sw.js")
def worker(request: Request) -> Response:
    """The worker that answers when there is no network."""
    answer = _answer(request, shell().worker, _ASK_EACH_TIME)
    answer.headers["Service-Worker-Allowed"] = "/observe"
    return answer


@router.get("/manifest.webmanifest")
def manifest(request: Request) -> Response:
    """What makes the form installable."""
    return _answer(request, shell().manifest, _ASK_EACH_TIME)


@router.get("/app/{version}/{name}")
def file(request: Request, version: str, name: str) -> Response:
    """A file of the form. Raises 404 for another version: a phone has stored the files of its own."""
    form = shell()
    if version != form.version or name not in form.files:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return _answer(request, form.files[name], _FOR_GOOD)


def _answer(request: Request, file: ShellFile, cache: str) -> Response:
    headers = {"Cache-Control": cache, "Vary": "Accept-Encoding", "Content-Security-Policy": OBSERVE_POLICY}
    if file.zipped is not None and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(file.zipped, media_type=file.media_type, headers=headers)
    return Response(file.body, media_type=file.media_type, headers=headers)
