"""A hall with observers: a server that can be stopped and started again, and phones that can lose their network."""

import socket
import threading
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import uvicorn
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from sqlalchemy import Engine, select

from db.engine import open_engine, reader
from db.observations import Observation
from db.settings import HomeSettings
from db.upsert import table_of
from tests.browser.serving import answering
from tests.web.members import PASSWORD, Member, make_user
from vocab.dates import BISHKEK
from vocab.roles import Role
from web.app import create_app

PIN = "271828"
TODAY = datetime.now(BISHKEK).date()
TITLE = f"Повестка дня на {TODAY:%d.%m.%Y}"
LAW = "О проекте Закона «О внесении изменений в Закон «Об образовании» (второе и третье чтения)"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@dataclass
class Hall:
    """A home with its server, at the same port after each restart."""

    settings: HomeSettings
    engine: Engine
    port: int
    address: str = ""
    members: dict[str, Member] = field(default_factory=dict)
    _server: uvicorn.Server | None = None
    _thread: threading.Thread | None = None

    def member(self, login: str, language: str = "ky") -> Member:
        """An observer with an account."""
        if login not in self.members:
            self.members[login] = make_user(self.engine, login, Role.OBSERVER, language=language)
        return self.members[login]

    def start(self) -> None:
        """Serve; comes back when the site answers."""
        app = create_app(self.settings)
        self._server = uvicorn.Server(
            uvicorn.Config(app, port=self.port, log_level="error", timeout_graceful_shutdown=2)
        )
        self._thread = threading.Thread(target=self._server.run)
        self._thread.start()
        answering(self.address)

    def stop(self) -> None:
        """The server is gone, whatever it was doing."""
        if self._server and self._thread:
            self._server.should_exit = True
            self._thread.join()
            self._server = None


def open_hall(settings: HomeSettings) -> Hall:
    """A hall that serves already, over a home with tables."""
    engine = open_engine(settings.database_url)
    with socket.socket() as ours:
        ours.bind(("127.0.0.1", 0))
        port = ours.getsockname()[1]
    hall = Hall(settings=settings, engine=engine, port=port, address=f"http://127.0.0.1:{port}")
    hall.start()
    return hall


@dataclass
class Phone:
    """An observer's phone."""

    hall: Hall
    login: str
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)

    def sign_in(self) -> None:
        """Fill the form of the sign-in that is on the screen, and wait until it is left."""
        member = self.hall.member(self.login)
        self.page.locator("input[name=login]").fill(member.login)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda address: "/sign-in" not in address)

    def begin(self) -> None:
        """Open the form for the first time, sign in, choose a PIN, and wait until all is stored that the hall needs."""
        self.page.goto(f"{self.hall.address}/observe")
        self.tap("Кирүү")
        self.sign_in()
        self.choose_pin()

    def choose_pin(self) -> None:
        """The first start: a PIN, twice."""
        self.title("PIN-код тандаңыз")
        self.type_pin()
        self.title("Дагы бир жолу")
        self.type_pin()
        self.title("Жыйындар")
        self.page.wait_for_function("() => navigator.serviceWorker.controller !== null")

    def type_pin(self, pin: str = PIN) -> None:
        """Tap the digits."""
        for digit in pin:
            self.tap(digit)

    def unlock(self) -> None:
        """Open the app that asks for its PIN."""
        self.title("PIN-код")
        self.type_pin()

    def reopen(self, address: str = "/observe") -> None:
        """The tab was killed: open the app anew."""
        self.page.close()
        self.page = self.context.new_page()
        listen(self)
        self.page.goto(f"{self.hall.address}{address}")

    def offline(self, off: bool = True) -> None:
        """Take the network away, or give it back."""
        self.context.set_offline(off)

    def button(self, name: str) -> Locator:
        """The button of this name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def tap(self, name: str) -> None:
        """Tap a button."""
        self.button(name).first.click()

    def open(self, words: str) -> None:
        """Tap the first button whose name holds these words."""
        self.page.get_by_role("button", name=words).first.click()

    def count(self, number: int) -> None:
        """Type a number on the pad."""
        for digit in str(number):
            self.tap(digit)

    def save(self) -> None:
        """Keep the note, and see that the phone says so."""
        self.tap("Сактоо")
        expect(self.page.locator("#said")).to_contain_text("Бул телефондо сакталды")

    def title(self, words: str) -> None:
        """Wait for a screen."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words)

    def status(self, words: str, seconds: float = 30) -> None:
        """Wait for what the status line says."""
        expect(self.page.locator("#status")).to_contain_text(words, timeout=seconds * 1000)

    def received(self, count: int) -> None:
        """Wait until the server has so many notes, without waiting for what can still be undone: the tab is left."""
        for _ in range(20):
            self.page.evaluate("dispatchEvent(new Event('pagehide'))")
            try:
                self.status(f"Баары кабыл алынды: {count}", seconds=1.5)
            except AssertionError:
                continue
            return
        self.status(f"Баары кабыл алынды: {count}")

    def stored(self, table: str) -> list[dict[str, Any]]:
        """What lies in a table of the phone's database, sealed values as hexadecimal text."""
        found: list[dict[str, Any]] = self.page.evaluate(_STORED, table)
        return found


_STORED = """(table) => new Promise((resolve, reject) => {
  const opening = indexedDB.open("baikoo-observe");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const asked = opening.result.transaction([table]).objectStore(table).getAll();
    asked.onsuccess = () => { opening.result.close(); resolve(JSON.parse(JSON.stringify(asked.result, (key, value) =>
      value instanceof ArrayBuffer ? new TextDecoder().decode(value) : value))); };
  };
})"""


def new_phone(hall: Hall, browser: Browser, login: str, width: int = 390, height: int = 844) -> Phone:
    """A phone that never opened the form."""
    hall.member(login)
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=True)
    phone = Phone(hall=hall, login=login, context=context, page=context.new_page())
    listen(phone)
    return phone


def listen(phone: Phone) -> None:
    """Collect what the browser complains of."""
    phone.page.on("pageerror", lambda error: phone.complaints.append(str(error)))
    phone.page.on(
        "console", lambda said: phone.complaints.append(said.text) if "Security Policy" in said.text else None
    )
    phone.page.on("dialog", lambda dialog: phone.complaints.append(dialog.message))


def kept(hall: Hall) -> list[dict[str, Any]]:
    """The notes that the server has, in the order in which they were seen."""
    table = table_of(Observation)
    with reader(hall.engine) as conn:
        return [dict(row) for row in conn.execute(select(table).order_by(table.c.observed_at)).mappings()]


def head_count(phone: Phone, number: int) -> None:
    """From the screen of the sitting: count and save."""
    phone.tap("Залда канча")
    phone.title("Залда канча")
    phone.count(number)
    phone.save()
