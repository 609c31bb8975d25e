"""The application, put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from db.engine import open_engine
from db.keys import load_keys
from db.settings import HomeSettings
from publish.channels.mail import load_mail_settings
from publish.settings import load_public_settings
from vocab.languages import LANGUAGES
from web.accounts import account, audit_log, factor, links, people, sign_in
from web.api.app import create_api
from web.api.links import ROOT as API
from web.bodies import BoundedBodies
from web.desk import bill_links, post_channels, post_templates, posts, review, runs, week
from web.desk import corrections as desk_corrections
from web.desk import facts as desk_facts
from web.desk import home as desk_home
from web.desk import links as desk_links
from web.desk import media as desk_media
from web.desk import remarks as desk_remarks
from web.desk import sittings as desk_sittings
from web.desk import sources as desk_sources
from web.desk import topics as desk_topics
from web.errors import add_error_pages
from web.languages import in_languages
from web.navigation import menu
from web.observe import form, note_exchange, uploads
from web.observe import sittings as observed_sittings
from web.pictures import files as picture_files
from web.pictures import pages as pictures
from web.public import (
    bills,
    committees,
    corrections,
    data,
    data_api,
    downloads,
    evidence,
    export_files,
    factions,
    findings,
    following,
    home,
    months,
    persons,
    privacy,
    published,
    remarks,
    rules,
    search,
    service,
    sitemap,
    sittings,
    subscribing,
    texts,
    transfers,
)
from web.rendering import STATIC, environment
from web.security import SecurityHeaders
from web.site import Site

_PAGES = (
    *(home, bills, texts, sittings, persons, committees, factions, transfers, months),
    *(findings, rules, data, downloads, pictures, search, evidence, remarks, corrections),
    *(privacy, subscribing, following, data_api),  # a followed list has any name that subscribing does not take
)
_MACHINES = (published, export_files, sitemap, service)
_STAFF_ROUTERS = (
    *(sign_in, links, account, factor, people, audit_log),
    *(form, observed_sittings, note_exchange, uploads),
    *(desk_home, week, desk_sittings, review, desk_facts),
    *(desk_links, bill_links, runs, desk_sources, desk_topics),
    *(desk_remarks, desk_corrections, desk_media),
    *(post_channels, post_templates, posts),  # a post has any name that the two before it do not take
)


def create_app(settings: HomeSettings) -> FastAPI:
    """The public site over the database and the published files of this home. Raises ConfigError for its address."""
    site = Site(
        settings=settings,
        engine=open_engine(settings.database_url),
        languages={lang: environment(lang) for lang in LANGUAGES},
        keys=load_keys(settings.home),
        public=load_public_settings(),
        mail=load_mail_settings(),
        menu=menu([route.path for part in _PAGES for route in part.router.routes]),
    )
    app = FastAPI(title="Baikoo", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_lifespan)
    app.state.site = site
    app.add_middleware(BoundedBodies)
    app.add_middleware(SecurityHeaders)
    add_error_pages(app)
    app.mount(API, create_api(site))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.include_router(picture_files.router)  # before the pages: «path.svg» is no name of a picture's page
    app.include_router(in_languages(part.router for part in _PAGES))
    for part in (*_MACHINES, *_STAFF_ROUTERS):
        app.include_router(part.router)
    app.state.paths = frozenset(route.path for part in _STAFF_ROUTERS for route in part.router.routes)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.site.engine.dispose()
