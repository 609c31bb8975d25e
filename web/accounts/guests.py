"""Pages for people who are not signed in: their language, and who they may be."""

from typing import Any

from fastapi import Request
from fastapi.responses import Response

from vocab.languages import STAFF_LANGUAGES, preferred
from web.access import guest_page
from web.cookies import begin_visit
from web.visit import Visit


def guest_language(request: Request) -> str:
    """The language that was asked for (`?lang=ky`), else what the browser wants most."""
    asked = request.query_params.get("lang", "")
    return asked if asked in STAFF_LANGUAGES else preferred(request.headers.get("accept-language", ""), STAFF_LANGUAGES)


def guest_form(visit: Visit, template: str, *, status: int = 200, **values: Any) -> Response:
    """A page with a form, in the guest's language, and a link to the same page in the other one."""
    begin_visit(visit.request)
    lang = str(values.pop("lang", None) or guest_language(visit.request))
    url = visit.request.url
    others = [(one, f"?{url.include_query_params(lang=one).query}") for one in STAFF_LANGUAGES if one != lang]
    return guest_page(visit, template, lang=lang, status=status, languages=others, **values)


def address_of(request: Request) -> str | None:
    """Where a request comes from; behind a proxy on this machine, what the proxy says of it."""
    return request.client.host if request.client else None
