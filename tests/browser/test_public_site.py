"""Every public page in a real browser: three languages, two widths, light and dark, and nothing from elsewhere."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from fastapi.routing import APIRoute
from playwright.sync_api import Browser, ConsoleMessage, Page, Response

from db.bills import Bill
from db.engine import open_engine
from db.keys import load_keys
from db.settings import HomeSettings
from db.upsert import table_of
from publish.alerts.subscribing import Wish, ask, confirm
from publish.alerts.things import Thing
from publish.alerts.tokens import token_of
from tests.browser.barriers import barriers
from tests.browser.serving import serve
from tests.conftest import NewHome
from tests.web import sample
from vocab.languages import LANGUAGES
from vocab.posts import ChannelName
from vocab.subscriptions import Follows
from web.app import _PAGES
from web.pictures.kinds import KINDS

pytestmark = pytest.mark.browser

MOST_BYTES = 100_000
"""What a page may weigh with its styles and scripts, without pictures."""

FILLED = {
    "/bills/{key}": [f"/bills/{sample.BILL}", f"/bills/{sample.BILL}?as_of=2026-09-01"],
    "/bills/{key}/texts": [f"/bills/{sample.BILL}/texts"],
    "/bills/{key}/texts/compare": [],  # needs two texts
    "/sittings/{key}": [f"/sittings/{sample.SITTING}", f"/sittings/{sample.COMMITTEE}"],
    "/persons/{key}": [f"/persons/{sample.PERSON}"],
    "/committees/{key}": ["/committees/reglament"],
    "/factions/{key}": [],  # led to by the list
    "/findings/{key}": [f"/findings/{sample.BROKEN}", f"/findings/{sample.OLD}"],
    "/rules/{key}": ["/rules/R23"],
    "/evidence/{page_id}": ["/evidence/1"],
    "/evidence/{page_id}/raw": [],  # plain text
    "/pictures/{name}": [f"/pictures/{name}" for name in KINDS],
    "/remarks/new": [f"/remarks/new?page=/findings/{sample.BROKEN}&kind=reply"],
    "/follow/new": ["/follow/new?list=bills&kind=law"],
    "/follow/by-mail": [f"/follow/by-mail?about=bill&id={sample.BILL}"],
    "/follow/in-telegram": [],  # leads back to the form
    "/follow/confirm": ["/follow/confirm?token={asked}"],
    "/follow/mine": ["/follow/mine?token={confirmed}"],
    "/follow/end": ["/follow/end?token={confirmed}"],
    "/follow/{key}": [],  # made when somebody follows
    "/remarks/{receipt}": [],  # its address is made when something is sent
}
"""What is asked for where an address alone is not enough; {asked} and {confirmed} are tokens of subscriptions."""

PAYLOADS = (
    "<script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    "<svg/onload=window.hit=1>",
    '"><script>window.hit=1</script>',
    "'-(window.hit=1)-'",
    "</title><script>window.hit=1</script>",
    "</script><script>window.hit=1</script>",
    "<a href=javascript:window.hit=1>x</a>",
    "<iframe srcdoc='<script>parent.hit=1</script>'>",
    "{{constructor.constructor('window.hit=1')()}}",
    "<style>@import 'https://evil.example/x.css'</style>",
    "<form action=https://evil.example><button>x</button></form>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=window.hit=1&gt;'>",
    "\u202e<b>oops</b>\u0000",
)


@pytest.fixture(scope="module")
def home(new_home: NewHome, tmp_path_factory: pytest.TempPathFactory) -> HomeSettings:
    """A home with the sample, and a bill for each payload."""
    settings = new_home(tmp_path_factory.mktemp("home"))
    engine = open_engine(settings.database_url)
    sample.fill(engine, settings)
    with engine.begin() as conn:
        rows = [{"id": f"t-payload-{n}", "title": text, "kind": "law"} for n, text in enumerate(PAYLOADS)]
        conn.execute(table_of(Bill).insert(), rows)
    engine.dispose()
    return settings


@pytest.fixture(scope="module")
def site(home: HomeSettings) -> Iterator[str]:
    """The site over it, which could send mail: no letter is asked for here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BAIKOO_SMTP_URL", "smtp://127.0.0.1:9")
        patch.setenv("BAIKOO_MAIL_FROM", "baikoo@example.kg")
        yield from serve(home)


@pytest.fixture(scope="module")
def pages(home: HomeSettings) -> tuple[str, ...]:
    """Every page, with the tokens of a subscription that waits to be confirmed and of one that is."""
    key, now = load_keys(home.home).contacts, datetime.now(UTC)
    engine, tokens = open_engine(home.database_url), {}
    with engine.begin() as conn:
        for name in ("asked", "confirmed"):
            thing = Thing(follows=Follows.BILL, id=sample.BILL)
            wish = Wish(channel=ChannelName.EMAIL, thing=thing, lang="ru")
            one = ask(conn, wish, f"{name}@example.kg", key, now)
            tokens[name] = token_of(key, one.salt)
            if name == "confirmed":
                confirm(conn, one, now)
    engine.dispose()
    return tuple(address.format(**tokens) for address in PAGES)


class Watch:
    """What a page complains of, whom it asks, and how much it weighs."""

    def __init__(self, page: Page, site: str) -> None:
        self.complaints: list[str] = []
        self.strangers: list[str] = []
        self.bytes = 0
        self._host = urlsplit(site).netloc
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))
        page.on("response", self._weigh)

    def _hear(self, told: ConsoleMessage) -> None:
        if told.type in {"error", "warning"}:
            self.complaints.append(told.text)

    def _weigh(self, response: Response) -> None:
        if urlsplit(response.url).netloc != self._host:
            self.strangers.append(response.url)
        kind = response.request.resource_type
        if kind in {"document", "stylesheet", "script"}:
            self.bytes += int(response.headers.get("content-length", 0))


@pytest.fixture
def one(browser: Browser) -> Iterator[Page]:
    """A page that is made narrow and wide by the tests themselves."""
    context = browser.new_context(viewport={"width": 1280, "height": 844}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def watch(one: Page, site: str) -> Watch:
    return Watch(one, site)


def addresses() -> Iterator[str]:
    """Every page that a visitor can ask for; a new one that needs a key has to be named above."""
    for part in _PAGES:
        for route in part.router.routes:
            assert isinstance(route, APIRoute)
            if "GET" in (route.methods or ()):
                assert "{" not in route.path or route.path in FILLED, route.path
                yield from FILLED.get(route.path, [route.path])


PAGES = tuple(dict.fromkeys(addresses()))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_is_whole_in_every_language(
    one: Page, site: str, pages: Sequence[str], watch: Watch, lang: str
) -> None:
    for address in pages:
        watch.bytes = 0
        answer = one.goto(f"{site}/{lang}{address}")
        assert answer is not None
        assert answer.status == 200, address
        assert one.locator("html").get_attribute("lang") == lang
        for width in (1280, 390):
            one.set_viewport_size({"width": width, "height": 844})
            wide, seen = one.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
            assert wide <= seen, (address, width)
        assert watch.bytes <= MOST_BYTES, address
    assert watch.complaints == []
    assert watch.strangers == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_every_page_can_be_read_by_everybody(
    one: Page, site: str, pages: Sequence[str], width: int, scheme: str
) -> None:
    """WCAG 2.2 AA, as far as a program can tell; the colours are the same on each width."""
    one.set_viewport_size({"width": width, "height": 844})
    one.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    met = {}
    for address in pages:
        one.goto(f"{site}/en{address}")
        met[address] = barriers(one)
    assert {address: found for address, found in met.items() if found} == {}


def test_what_a_source_says_is_never_run(one: Page, site: str, watch: Watch) -> None:
    lists = ("/ru/bills?sort=title", "/ru/bills?text=hit", "/ru/search?q=script", "/ru/")
    bills = [f"/ru/bills/t-payload-{n}" for n in range(len(PAYLOADS))]
    asked = [f"/ru/bills?text={text}" for text in PAYLOADS[:3]]
    for address in (*lists, *bills, *asked, f"/ru/bills/{sample.HOSTILE}", "/ru/evidence/1"):
        one.goto(f"{site}{address}")
        assert one.evaluate("window.hit") is None, address
        assert one.url.startswith(site), address
    assert watch.complaints == []
    assert watch.strangers == []


def test_a_page_tells_its_text_without_scripts(browser: Browser, site: str) -> None:
    quiet = browser.new_context(java_script_enabled=False)
    bare = quiet.new_page()
    bare.goto(f"{site}/en/bills")
    bare.get_by_role("searchbox").last.fill("образовании")
    bare.get_by_role("button", name="Show").click()
    assert bare.get_by_role("link", name="О внесении изменений в Закон «Об образовании»").count() == 1
    quiet.close()
