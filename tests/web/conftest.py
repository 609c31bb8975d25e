"""A visitor of the site over a real database."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from db.engine import open_engine
from db.settings import HomeSettings
from tests.conftest import NewHome
from tests.web import sample
from web.app import create_app


class Visitor:
    """Asks the application as a browser would, without a network."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    def get(self, address: str, **headers: str) -> httpx.Response:
        """GET the address."""
        return self.ask("GET", address, **headers)

    def ask(self, method: str, address: str, **headers: str) -> httpx.Response:
        """Any request."""
        return asyncio.run(self._ask(method, address, headers))

    def crowd(self, address: str, size: int) -> list[int]:
        """The status of so many requests at once."""

        async def together() -> list[httpx.Response]:
            return await asyncio.gather(*(self._ask("GET", address, {}) for _ in range(size)))

        return [answer.status_code for answer in asyncio.run(together())]

    async def _ask(self, method: str, address: str, headers: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(app=self._app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://baikoo.test") as client:
            return await client.request(method, address, headers=headers)


def open_site(settings: HomeSettings) -> Iterator[Visitor]:
    """The application of these settings, closed at the end."""
    app = create_app(settings)
    yield Visitor(app)
    app.state.site.engine.dispose()


@pytest.fixture
def empty(engine: Engine, database_url: str, tmp_path: Path) -> Iterator[Visitor]:
    """A site that nothing was collected for."""
    yield from open_site(HomeSettings(home=tmp_path, database_url=database_url))


@pytest.fixture
def filled(engine: Engine, database_url: str, tmp_path: Path) -> Iterator[Visitor]:
    """A site with the sample, once over each database."""
    settings = HomeSettings(home=tmp_path, database_url=database_url)
    sample.fill(engine, settings)
    yield from open_site(settings)


@pytest.fixture(scope="module")
def sample_site(new_home: NewHome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """A site with the sample, for what does not depend on the kind of database; nothing writes to it."""
    settings = new_home(tmp_path_factory.mktemp("home"))
    engine = open_engine(settings.database_url)
    sample.fill(engine, settings)
    engine.dispose()
    yield from open_site(settings)
