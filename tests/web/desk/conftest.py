"""The desk over a real database: the sample, and people who sign in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from db.settings import HomeSettings
from tests.web import sample
from tests.web.members import Client, Member, make_user, sign_in
from vocab.roles import Role
from web.app import create_app

SignIn = Callable[..., tuple[Client, Member]]


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> HomeSettings:
    return HomeSettings(home=tmp_path, database_url=database_url)


@pytest.fixture
def app(engine: Engine, settings: HomeSettings) -> Iterator[FastAPI]:
    """The application over the sample, on SQLite and on PostgreSQL."""
    sample.fill(engine, settings)
    opened = create_app(settings)
    yield opened
    opened.state.site.engine.dispose()


@pytest.fixture
def enter(app: FastAPI, engine: Engine) -> SignIn:
    """Sign in somebody new with these roles, by a browser of their own."""

    def entered(login: str, *roles: Role, language: str = "ru") -> tuple[Client, Member]:
        member = make_user(engine, login, *roles, language=language)
        return sign_in(Client(app), member), member

    return entered
