"""A visitor walks through the site in a real browser: home → bill → evidence, sitting, person, findings."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from db.engine import open_engine
from db.migrate import upgrade
from db.settings import home_settings
from tests.browser.serving import serve
from tests.web import sample

pytestmark = pytest.mark.browser

HEADINGS = {
    "/": "Наблюдение за Жогорку Кенешем",
    f"/ru/bills/{sample.BILL}": "О внесении изменений в Закон «Об образовании»",
    f"/ru/bills/{sample.HOSTILE}": sample.SCRIPT,
    f"/ru/sittings/{sample.SITTING}": "17 мая 2017 г.",
    f"/ru/sittings/{sample.COMMITTEE}": "Комитет по конституционному законодательству",
    f"/ru/persons/{sample.PERSON}": "Асанов Асан Асанович",
    f"/ru/findings/{sample.BROKEN}": "Передача голоса внутри фракции",
    "/ru/evidence/1": "1",
    "/ru/bills": "Законопроекты",
    "/ru/sittings": "Заседания",
    "/ru/persons": "Депутаты",
    "/ru/findings": "Выводы",
    "/ru/search": "Поиск",
    "/nowhere": "Такой страницы нет",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site with the sample, on a port of its own."""
    settings = home_settings(tmp_path_factory.mktemp("home"))
    engine = open_engine(settings.database_url)
    upgrade(engine)
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


def test_the_main_path(page: Page, site: str, complaints: list[str]) -> None:
    page.goto(site)
    page.get_by_role("navigation").get_by_role("link", name="Законопроекты").click()
    page.get_by_role("link", name="О внесении изменений в Закон «Об образовании»").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Об образовании")
    page.get_by_role("link", name="страница архива").first.click()
    expect(page.locator(".archived")).to_contain_text("Зарегистрировались 97 депутатов")
    page.goto(f"{site}/ru/sittings/{sample.SITTING}")
    page.get_by_role("link", name="Асанов А.А.").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Асанов Асан Асанович")
    page.get_by_role("navigation").get_by_role("link", name="Выводы").click()
    page.get_by_label("Итог", exact=True).select_option("broken")
    page.get_by_role("button", name="Показать").click()
    page.get_by_role("link", name="Передача голоса внутри фракции").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Передача голоса внутри фракции")
    assert complaints == []


@pytest.mark.parametrize(("address", "heading"), HEADINGS.items())
def test_every_page_is_accessible_and_fits(
    page: Page, site: str, complaints: list[str], address: str, heading: str
) -> None:
    page.goto(f"{site}{address}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= seen
    assert grave_barriers(page) == []
    page.emulate_media(color_scheme="dark")
    assert grave_barriers(page, {"runOnly": ["color-contrast"]}) == []
    missing = "the server responded with a status of 404"
    assert [text for text in complaints if address != "/nowhere" or missing not in text] == []


def grave_barriers(page: Page, options: dict[str, list[str]] | None = None) -> list[tuple[str, str]]:
    """What axe finds that keeps somebody from reading the page: (rule, the first place)."""
    found = Axe().run(page, options=options).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in {"serious", "critical"}]


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
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Перейти к содержанию")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_attribute("id", "main")
