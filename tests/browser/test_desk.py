"""The desk in a real browser: a week is planned, findings are decided by keyboard and without JavaScript."""

import re
from collections.abc import Iterator
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import Engine

from db.engine import open_engine
from db.settings import home_settings
from tests.browser.barriers import barriers
from tests.browser.serving import serve
from tests.conftest import NewHome
from tests.web import sample
from tests.web.members import PASSWORD, Member, make_user
from vocab.roles import Role

pytestmark = pytest.mark.browser

WEEK = "/desk/week?from=2099-09-02"
FINDING = f"/desk/findings/{sample.UNREVIEWED}"


@pytest.fixture
def engine(new_home: NewHome, tmp_path: Any) -> Iterator[Engine]:
    """A database with the sample."""
    settings = new_home(tmp_path)
    opened = open_engine(settings.database_url)
    sample.fill(opened, settings)
    yield opened
    opened.dispose()


@pytest.fixture
def site(engine: Engine, tmp_path: Any) -> Iterator[str]:
    yield from serve(home_settings(tmp_path))


@pytest.fixture
def chief(engine: Engine) -> Member:
    make_user(engine, "aigul", Role.OBSERVER)
    return make_user(engine, "chief", Role.COORDINATOR, Role.LAWYER, Role.EDITOR)


def sign_in(page: Page, site: str, member: Member) -> None:
    page.goto(f"{site}/sign-in")
    page.locator("input[name=login]").fill(member.login)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button").click()
    page.locator("input[name=code]").fill(pyotp.TOTP(member.totp_secret or "").now())
    page.locator("main button").click()
    expect(page.get_by_role("button", name="Выйти")).to_be_visible()


@pytest.fixture
def plain(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context
    context.close()


def test_every_page_of_the_desk_is_accessible_and_fits(page: Page, site: str, chief: Member) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(page, site, chief)
    posts = ("/desk/posts", "/desk/posts/channels", "/desk/media")
    for address in ("/desk", WEEK, "/desk/week", f"/desk/sittings/{sample.COMING}", "/desk/findings", FINDING, *posts):
        page.goto(f"{site}{address}")
        wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide <= seen, address
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert barriers(page) == [], (address, scheme)
    assert complaints == []


def test_a_week_is_planned(page: Page, site: str, chief: Member) -> None:
    sign_in(page, site, chief)
    page.goto(f"{site}{WEEK}")
    line = page.locator(f"#{sample.COMING}")
    expect(line).to_contain_text("Никто не назначен")
    line.get_by_label("Кто идёт?").select_option(label="Aigul")
    line.get_by_role("button", name="Назначить").click()
    expect(line).not_to_contain_text("Никто не назначен")
    line.get_by_role("button", name="Снять: Aigul").click()
    expect(line).to_contain_text("Никто не назначен")


def test_findings_are_decided_by_keyboard(page: Page, site: str, chief: Member) -> None:
    sign_in(page, site, chief)
    page.goto(f"{site}/desk/findings")
    page.keyboard.press("j")
    expect(page.locator("tr.current")).to_have_count(1)
    page.keyboard.press("d")
    expect(page).to_have_url(re.compile(rf"{re.escape(FINDING)}#d$"))
    expect(page.locator("#reason")).to_be_focused()
    page.keyboard.type("опечатка в протоколе")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("отклонено")
    page.keyboard.press("c")
    expect(page.locator("[data-chosen]")).to_have_text(re.compile("Подтвердить"))


def test_findings_are_decided_without_javascript(plain: BrowserContext, site: str, chief: Member) -> None:
    page = plain.new_page()
    sign_in(page, site, chief)
    page.goto(f"{site}/desk/findings")
    page.get_by_role("link", name="Передача голоса").first.click()
    page.locator("#reason").fill("Кто голосовал за коллегу?")
    page.get_by_role("button", name="Спросить наблюдателей").click()
    expect(page.get_by_role("status")).to_contain_text("спрашиваем наблюдателей")
