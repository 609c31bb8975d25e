"""A real browser for the tests of this folder."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import chromium
from tests.browser.room import LAW, SCRIPT, TODAY, Hall, Phone, new_phone, open_hall
from tests.conftest import NewHome
from tests.tracker.house import House, agenda, line, vote_list

PATIENCE = 20_000
"""For how many milliseconds something may be missing on a screen: the machine has more to do than this browser."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A chromium; skipped with the reason where none can be had.

    Of one module, not of the session: while Playwright runs, its event loop stands in the way of other tests'.
    """
    path = chromium.find()
    if path is None:
        pytest.skip(chromium.reason())
    expect.set_options(timeout=PATIENCE)
    # Chromium refuses its sandbox to root; the pages are our own.
    rights = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=rights)
        yield opened
        opened.close()


@pytest.fixture(params=[1280, 390], ids=["desktop", "phone"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A new page, once as wide as a desktop and once as a phone."""
    context = browser.new_context(viewport={"width": request.param, "height": 844})
    yield context.new_page()
    context.close()


@pytest.fixture
def hall(new_home: NewHome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A hall with a sitting of today: its agenda, and the list of what is put to the vote."""
    opened = open_hall(new_home(tmp_path_factory.mktemp("home")))
    house = House(opened.engine, now=datetime.now(UTC))
    lines = (line(LAW, 1), line(f"Отчёт {SCRIPT}", 2))
    house.state(agenda(day=TODAY, lines=lines), vote_list(LAW, day=TODAY)).track()
    yield opened
    opened.stop()
    opened.engine.dispose()


@pytest.fixture
def phone(hall: Hall, browser: Browser) -> Iterator[Phone]:
    """The phone of an observer who has signed in and chosen a PIN."""
    made = new_phone(hall, browser, "aigul")
    made.begin()
    yield made
    assert made.complaints == []
    made.context.close()
