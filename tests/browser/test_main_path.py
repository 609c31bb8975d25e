"""A visitor walks through the site in a real browser: home → bill → evidence, sitting, person, findings."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from db.engine import open_engine
from tests.browser.serving import serve
from tests.conftest import NewHome
from tests.web import sample

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(new_home: NewHome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site with the sample, on a port of its own."""
    settings = new_home(tmp_path_factory.mktemp("home"))
    engine = open_engine(settings.database_url)
    sample.fill(engine, settings)
    engine.dispose()
    yield from serve(settings)


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complained of: scripts that failed, files that were refused by the policy."""
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    return told


def go(page: Page, place: str) -> None:
    """By the menu, which a phone opens first."""
    menu = page.get_by_role("button", name="Меню")
    if menu.is_visible():
        menu.click()
    page.get_by_role("navigation").get_by_role("link", name=place).click()


def test_the_main_path(page: Page, site: str, complaints: list[str]) -> None:
    page.goto(f"{site}/ru/")
    go(page, "Законопроекты")
    page.get_by_role("link", name="О внесении изменений в Закон «Об образовании»").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Об образовании")
    page.get_by_role("link", name="страница архива").first.click()
    expect(page.locator(".archived")).to_contain_text("Зарегистрировались 97 депутатов")
    page.goto(f"{site}/ru/sittings/{sample.SITTING}")
    page.get_by_role("link", name="Асанов А.А.").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Асанов Асан Асанович")
    go(page, "Выводы")
    page.get_by_label("Итог", exact=True).select_option("broken")
    page.get_by_role("button", name="Показать").click()
    page.get_by_role("link", name="Передача голоса внутри фракции").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Передача голоса внутри фракции")
    assert complaints == []


def test_a_table_is_sorted_by_its_headings(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{site}/ru/sittings")
    first = page.locator("tbody tr").first
    heading = page.get_by_role("columnheader", name="День")
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    expect(first).to_contain_text("2014")
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    expect(first).to_contain_text("2099")


def test_the_keyboard_reaches_the_content_first(page: Page, site: str) -> None:
    page.goto(f"{site}/ru/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Перейти к содержанию")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_attribute("id", "main")
