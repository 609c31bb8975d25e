"""The language of an address: every public page stands below `/ky/`, `/ru/` and `/en/`.

The address without a language is the permanent one, to cite and to share: it leads to the page in the language that the
browser asks for.
"""

from collections.abc import Iterable, Sequence
from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute
from starlette.convertors import Convertor, register_url_convertor

from vocab.languages import LANGUAGES, preferred


class LanguageConvertor(Convertor[str]):
    """`{lang:lang}` in a route: one of our languages and nothing else."""

    regex = "|".join(LANGUAGES)

    def convert(self, value: str) -> str:
        """As it stands in the address."""
        return value

    def to_string(self, value: str) -> str:
        """As it stands in the address."""
        return value


def in_languages(routers: Iterable[APIRouter]) -> APIRouter:
    """The pages of these routers below each language, and their permanent addresses that lead there."""
    register_url_convertor("lang", LanguageConvertor())
    whole = APIRouter()
    for router in routers:
        whole.include_router(router, prefix="/{lang:lang}")
        for route in _pages(router):
            whole.add_api_route(route.path, to_language, methods=["GET"], include_in_schema=False)
    return whole


def _pages(router: APIRouter) -> Sequence[APIRoute]:
    """What can be asked for again and again."""
    return [route for route in router.routes if isinstance(route, APIRoute) and "GET" in (route.methods or ())]


def to_language(request: Request) -> RedirectResponse:
    """To the same page in the language that the browser wants most."""
    lang = preferred(request.headers.get("accept-language", ""))
    query = f"?{request.url.query}" if request.url.query else ""
    headers = {"Vary": "Accept-Language", "Cache-Control": "no-cache"}
    return RedirectResponse(f"/{lang}{request.url.path}{query}", HTTPStatus.FOUND, headers=headers)


def language_of(request: Request) -> str:
    """The language of the address; of the browser where the address has none."""
    first = request.url.path.split("/", 2)[1]
    return first if first in LANGUAGES else preferred(request.headers.get("accept-language", ""))


def place_of(path: str) -> str:
    """The permanent address of a page: `/ky/bills/x` is `/bills/x`, `/ky/` is `/`."""
    _, first, *rest = path.split("/", 2)
    return f"/{''.join(rest)}" if first in LANGUAGES else path
