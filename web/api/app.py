"""The API, put together: an application of its own below /api/v1, with its own description and its own limits."""

from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import Response
from starlette.middleware.cors import CORSMiddleware

from web.answers import cached
from web.api import (
    bill_files,
    bills,
    changes,
    findings,
    happenings,
    pages,
    people,
    records,
    rules,
    search,
    sittings,
    transfers,
    votes,
)
from web.api.answering import JSON, encoded
from web.api.gate import EXPOSED, Gate
from web.api.links import ROOT
from web.api.mistakes import DESCRIBED
from web.api.rates import Buckets, load_rate
from web.errors import add_error_pages
from web.site import Site

VERSION = "1.0"
PARTS = (
    *(bills, bill_files, sittings, people, votes, transfers, findings, rules, search),
    *(changes, happenings, records, pages),
)
_ABOUT = """What Baikoo knows of the parliament of Kyrgyzstan, for programs.

Everything can be read without a key. Lists come by pages: follow `next` until it is null. Every object has its
permanent page (`url`) and what it is made from (`evidence`). A guide with examples: docs/api.md.
"""
_DAY_SECONDS = 3600


def create_api(site: Site, rate: int | None = None) -> FastAPI:
    """The application to mount at `ROOT`. `rate` None: from BAIKOO_API_RATE; raises ConfigError where that is wrong."""
    api = FastAPI(title="Baikoo", version=VERSION, docs_url=None, redoc_url=None, openapi_url=None)
    api.state.site = site
    add_error_pages(api)
    for part in PARTS:
        api.include_router(part.router)
    api.include_router(_description(api))
    api.add_middleware(Gate, buckets=Buckets(load_rate() if rate is None else rate))
    api.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD"],
        allow_headers=["If-None-Match"],
        expose_headers=EXPOSED,
    )
    return api


def _description(api: FastAPI) -> APIRouter:
    router = APIRouter()

    @router.get("/openapi.json", include_in_schema=False)
    def description(request: Request) -> Response:
        """The description of all this (OpenAPI 3.1)."""
        return cached(request, encoded(described(api)), JSON, seconds=_DAY_SECONDS)

    return router


def described(api: FastAPI) -> dict[str, Any]:
    """The description, computed once."""
    if api.openapi_schema is None:
        schema = get_openapi(title=api.title, version=VERSION, description=_ABOUT, routes=api.routes)
        schema["servers"] = [{"url": ROOT}]
        schema["info"]["license"] = {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"}
        parts = schema.setdefault("components", {}).setdefault("schemas", {})
        for model in DESCRIBED:
            made = model.model_json_schema(ref_template="#/components/schemas/{model}")
            parts.update(made.pop("$defs", {}))
            parts[model.__name__] = made
        api.openapi_schema = schema
    return api.openapi_schema
