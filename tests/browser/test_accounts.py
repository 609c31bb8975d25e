"""An invited lawyer comes in, with a real browser: password, second factor, out and in again; the admin looks on."""

import re
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyotp
import pytest
import uvicorn
from playwright.sync_api import Page, expect
from sqlalchemy import Engine

from db.audit import Act
from db.engine import open_engine
from tests.browser.barriers import CONTRAST, barriers
from tests.conftest import NewHome
from tests.web.members import PASSWORD, make_user
from vocab.roles import Role
from web.accounts.administration import invite
from web.app import create_app

pytestmark = pytest.mark.browser


@pytest.fixture
def house(new_home: NewHome, tmp_path: Path) -> Iterator[tuple[str, Engine]]:
    """The address of a site without data, and its database."""
    settings = new_home(tmp_path)
    engine = open_engine(settings.database_url)
    with socket.socket() as ours:
        ours.bind(("127.0.0.1", 0))
        ours.listen()
        port = ours.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(create_app(settings), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [ours]})
        thread.start()
        yield f"http://127.0.0.1:{port}", engine
        server.should_exit = True
        thread.join()
    engine.dispose()


@pytest.fixture
def complaints(page: Page) -> list[str]:
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    return told


def look(page: Page) -> None:
    """Nothing is wider than the window, and nobody is kept from reading, by day and by night."""
    wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= seen
    assert barriers(page) == []
    page.emulate_media(color_scheme="dark")
    assert barriers(page, CONTRAST) == []
    page.emulate_media(color_scheme="light")


def test_an_invited_lawyer_comes_in(page: Page, house: tuple[str, Engine], complaints: list[str]) -> None:
    site, engine = house
    act = Act(who="test", at=datetime.now(UTC))
    token = invite(engine, "asel@example.kg", "Асель", [Role.LAWYER], "ky", act=act)
    page.goto(f"{site}/welcome/{token}")
    look(page)
    page.get_by_role("link", name="Русский").click()
    page.get_by_label("Новый пароль").fill(PASSWORD)
    page.get_by_label("То же ещё раз").fill(PASSWORD)
    page.get_by_role("button", name="Сохранить и войти").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Настройка второго фактора")
    look(page)
    secret = re.sub(r"\s", "", page.locator("code.secret").inner_text())
    page.get_by_label("Введите шесть цифр").fill("000000")
    page.get_by_role("button", name="Настроить").click()
    expect(page.get_by_role("alert")).to_contain_text("Код не подходит")
    page.get_by_label("Введите шесть цифр").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Настроить").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Резервные коды")
    look(page)
    code = page.locator(".codes code").first.inner_text()
    page.get_by_role("link", name="Они у меня, продолжить").click()
    page.goto(f"{site}/account")
    look(page)

    page.get_by_role("button", name="Выйти").click()
    page.goto(f"{site}/account")
    page.get_by_label("Логин или e-mail").fill("Asel@Example.KG")
    page.get_by_label("Пароль").fill(PASSWORD)
    look(page)
    page.get_by_role("button", name="Войти").click()
    page.get_by_label("Код").fill(code)
    look(page)
    page.get_by_role("button", name="Продолжить").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Мой аккаунт")
    refused = "the server responded with a status of 422"
    assert [text for text in complaints if refused not in text] == []


def test_the_admin_s_pages(page: Page, house: tuple[str, Engine], complaints: list[str]) -> None:
    site, engine = house
    admin = make_user(engine, "admin", Role.ADMIN)
    assert admin.totp_secret
    page.goto(f"{site}/desk/users")
    page.get_by_label("Логин или e-mail").fill("admin")
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("button", name="Войти").click()
    page.get_by_label("Код").fill(pyotp.TOTP(admin.totp_secret).now())
    page.get_by_role("button", name="Продолжить").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Пользователи")
    look(page)
    page.get_by_role("link", name="Пригласить").click()
    look(page)
    page.get_by_label("Логин или e-mail").fill("nurlan")
    page.get_by_role("button", name="Создать ссылку").click()
    expect(page.locator("code.secret")).to_contain_text("/welcome/")
    look(page)
    page.get_by_role("link", name="Назад к пользователям").click()
    page.get_by_role("link", name="nurlan").click()
    look(page)
    page.get_by_text("Отключить аккаунт").click()
    page.get_by_role("button", name="Отключить").click()
    expect(page.get_by_role("status")).to_contain_text("Аккаунт отключён")
    page.goto(f"{site}/desk/audit")
    expect(page.get_by_text("Цепочка цела")).to_be_visible()
    look(page)
    assert complaints == []
