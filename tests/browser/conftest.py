"""A real browser for the tests of this folder."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A chromium; skipped with the reason where none can be had.

    Of one module, not of the session: while Playwright runs, its event loop stands in the way of other tests'.
    """
    path = chromium.find()
    if path is None:
        pytest.skip(chromium.reason())
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
