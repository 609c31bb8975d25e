"""The screens of the form: readable, fit for a thumb, right in both languages; a new version and a wrong clock."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.barriers import WCAG_2_1, barriers
from tests.browser.room import TITLE, TODAY, Hall, Phone, head_count, kept, new_phone
from tests.tracker.house import FACTIONS, House, deputies
from vocab.bodies import convocation_on
from web.observe import shell

pytestmark = pytest.mark.browser

ITEM = f"s/plenary-{TODAY}/i/1"
SCREENS = (
    *("", "settings", "make", "clear", f"s/plenary-{TODAY}", f"s/plenary-{TODAY}/mine", f"s/plenary-{TODAY}/other"),
    *(f"s/plenary-{TODAY}/k/{kind}" for kind in ("started", "head_count", "photo", "quote", "interview", "break")),
    *(ITEM, *(f"{ITEM}/k/{kind}" for kind in ("vote", "combined", "proxy", "opinion", "document", "presenter"))),
)
SMALLEST = 48  # pixels: what a thumb hits in the dark
TOO_SMALL = """(least) => [...document.querySelectorAll("button, a, select, input:not([type=file])")]
  .filter((one) => one.getClientRects().length)
  .filter((one) => one.getBoundingClientRect().height < least || one.getBoundingClientRect().width < least)
  .map((one) => one.outerHTML)"""


@pytest.fixture
def next_version() -> Iterator[None]:
    """Whatever a test made of the form is forgotten afterwards."""
    yield
    shell.shell.cache_clear()


@pytest.mark.parametrize(("width", "height", "theme"), [(390, 844, "dark"), (360, 640, "light")])
def test_every_screen_is_accessible_and_fits(hall: Hall, browser: Browser, width: int, height: int, theme: str) -> None:
    phone = new_phone(hall, browser, "bakyt", width, height)
    phone.page.add_init_script(f"localStorage.setItem('baikoo-theme', '{theme}')")
    phone.begin()
    for language in ("Кыргызча", "Русский"):
        phone.page.goto(f"{hall.address}/observe#settings")
        phone.tap(language)
        for screen in SCREENS:
            phone.page.goto(f"{hall.address}/observe#{screen}")
            phone.page.wait_for_timeout(150)
            wide, seen = phone.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            assert wide <= seen, screen
            assert phone.page.evaluate(TOO_SMALL, SMALLEST) == [], screen
            assert barriers(phone.page, WCAG_2_1) == [], screen
    assert phone.complaints == []
    phone.context.close()


def test_a_deputy_is_found_by_first_letters_without_a_network(hall: Hall, browser: Browser) -> None:
    convocation = convocation_on(TODAY)
    assert convocation is not None
    lists = deputies(TODAY, FACTIONS, convocation.numeral)
    House(hall.engine, now=datetime.now(UTC)).state(*lists).track()
    phone = new_phone(hall, browser, "bakyt")
    phone.begin()
    phone.open(TITLE)
    phone.offline()
    phone.open("Башка үчүн добуш берди")
    whose, who = (
        phone.page.get_by_role("group", name="Кимдин добушу"),
        phone.page.get_by_role("group", name="Ким добуш"),
    )
    whose.get_by_role("button", name="А тамгасынан").click()
    whose.get_by_role("button", name="Абдиев Алмаз Акматович").click()
    who.get_by_role("searchbox").fill("жунус алт")
    expect(who.get_by_role("button", name="Жунус уулу")).to_have_count(1)
    who.get_by_role("button", name="Жунус уулу Алтынбек").click()
    phone.save()
    phone.offline(False)
    phone.received(1)
    assert kept(hall)[0]["value"] == {"from": "Абдиев Алмаз Акматович", "to": "Жунус уулу Алтынбек"}
    phone.context.close()


def test_a_new_version_waits_for_a_tap_and_the_notes_go_out_first(
    hall: Hall, phone: Phone, monkeypatch: pytest.MonkeyPatch, next_version: None
) -> None:
    words = dict(shell.form_words())
    words["sittings"] = {"ky": "Жаңы жыйындар", "ru": "Новые заседания"}
    monkeypatch.setattr(shell, "form_words", lambda: words)
    shell.shell.cache_clear()
    phone.open(TITLE)
    head_count(phone, 52)
    phone.page.evaluate("navigator.serviceWorker.getRegistration('/observe').then((one) => one.update()).then(() => 0)")
    phone.tap("Жаңы версия даяр — жаңыртуу")
    phone.unlock()
    assert [one["value"] for one in kept(hall)] == [{"count": 52}]
    phone.tap("Артка")
    phone.title("Жаңы жыйындар")


def test_a_wrong_clock_is_told_gently(hall: Hall, phone: Phone) -> None:
    right = datetime.now(UTC)
    phone.page.clock.set_system_time(right + timedelta(hours=2))
    phone.open(TITLE)
    head_count(phone, 53)
    phone.received(1)
    phone.status("120 мүн")
    (note,) = kept(hall)
    assert abs(note["observed_at"] - right) < timedelta(minutes=2)
