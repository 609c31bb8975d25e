"""News by letter: asked for, confirmed, changed and ended, without an account and without a script."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from db.engine import reader
from db.outbox import Delivery
from db.settings import HomeSettings
from db.subscriptions import Subscription
from db.upsert import table_of
from publish.alerts.addressee import addressees
from publish.alerts.preparing import prepare
from publish.message import plain
from publish.outbox.outside import Subscriber
from tests.publish.test_publish import tell
from tests.web import sample
from tests.web.conftest import Visitor
from tests.web.members import BASE, Client
from web.app import create_app
from web.privacy.sweep import sweep
from web.public import subscribing_limits

ABOUT = f"?about=bill&id={sample.BILL}"
NOW = datetime(2026, 11, 27, 10, tzinfo=UTC)
FORM = {"address": "Asel@Example.kg", "rhythm": "at_once", "language": "ky"}


@pytest.fixture
def guest(sqlite_engine: Engine, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    for name, value in (("SMTP_URL", "smtp://127.0.0.1:1"), ("MAIL_FROM", "us@baikoo.test"), ("PUBLIC_URL", BASE)):
        monkeypatch.setenv(f"BAIKOO_{name}", value)
    monkeypatch.setenv("BAIKOO_TELEGRAM_BOT", "baikoo_bot")
    settings = HomeSettings(home=tmp_path, database_url=sqlite_url)
    sample.fill(sqlite_engine, settings)
    app = create_app(settings)
    yield Client(app)
    app.state.site.engine.dispose()


def ask(guest: Client, about: str = ABOUT, **changed: str) -> int:
    guest.get(f"/ru/follow/by-mail{ABOUT}")
    return guest.post(f"/ru/follow/by-mail{about}", FORM | changed).status_code


def reached(guest: Client, number: int = 1) -> Subscriber | None:
    site = guest.app.state.site
    with reader(site.engine) as conn:
        return addressees(site.keys.contacts, site.public_url)(conn, str(number))


def link(guest: Client, name: str) -> str:
    found = reached(guest)
    assert found
    return next(span.address.removeprefix(BASE) for span in found.footer if f"/{name}?" in span.address)


def letters(guest: Client) -> list[str]:
    with reader(guest.app.state.site.engine) as conn:
        kept = conn.execute(select(table_of(Delivery).c.message).order_by(table_of(Delivery).c.id)).scalars()
        return [message["title"] for message in kept]


def rows(guest: Client) -> list[dict[str, object]]:
    with reader(guest.app.state.site.engine) as conn:
        return [dict(row) for row in conn.execute(select(table_of(Subscription))).mappings()]


def test_from_the_page_of_a_bill_to_a_letter_and_out_again(guest: Client) -> None:
    engine, now = guest.app.state.site.engine, datetime.now(UTC)
    assert "/ru/follow/by-mail?about=bill" in guest.get(f"/ru/bills/{sample.BILL}").text
    assert ask(guest) == 303
    assert letters(guest) == ["Байкоодо жазылууну ырастаңыз"]
    prepare(engine, public_url=BASE, now=now)
    to_confirm = link(guest, "confirm")
    assert "Жазылууну ырастаңыз" in guest.get(to_confirm).text
    assert rows(guest)[0]["state"] == "asked", "opening a link confirms nothing"
    mine = guest.post(to_confirm).headers["location"]
    assert "Ырасталды" in guest.get(mine).text
    with engine.begin() as conn:
        tell(conn, "one", about=[("bill", sample.BILL)], subject_id=sample.BILL)
    for letters_made in (1, 0):
        assert prepare(engine, public_url=BASE, now=now).letters == letters_made
    assert len(letters(guest)) == 2
    found = reached(guest)
    assert found
    assert found.address == "asel@example.kg"
    assert found.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert found.headers["List-Unsubscribe"] == f"<{BASE}{link(guest, 'end')}>"
    for span in found.footer:
        assert not span.address or guest.get(span.address.removeprefix(BASE)).status_code == 200
    assert guest.post(mine, {"rhythm": "weekly", "language": "en"}).status_code == 303
    assert (rows(guest)[0]["rhythm"], rows(guest)[0]["lang"]) == ("weekly", "en")
    away = link(guest, "end")
    assert guest.get(away).status_code == 200
    assert rows(guest)[0]["state"] == "confirmed", "opening a link ends nothing"
    stranger = Client(guest.app)
    answer = stranger.ask("POST", away, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200, "no redirect: RFC 8058"
    assert reached(guest) is None
    (row,) = rows(guest)
    assert (row["state"], row["sealed"], row["contact_hash"], row["salt"]) == ("ended", "", "", "")
    assert guest.get(mine).status_code == 404
    assert "no longer" not in guest.get(away).text
    assert stranger.ask("POST", away).status_code == 200


def test_nobody_learns_whether_an_address_is_known(guest: Client) -> None:
    answers = set()
    for _ in range(subscribing_limits.FREE_LETTERS + 2):
        guest.get(f"/ru/follow/by-mail{ABOUT}")
        answer = guest.post(f"/ru/follow/by-mail{ABOUT}", FORM)
        answers.add((answer.status_code, answer.headers["location"]))
        if rows(guest)[0]["state"] == "asked":
            guest.get(link(guest, "confirm"))
            guest.post(link(guest, "confirm"))
    assert answers == {(303, "/ru/follow/asked")}
    assert len(rows(guest)) == 1, "the same wish of the same address is one"
    assert letters(guest)[0] != letters(guest)[1] == "Сиз мурунтан эле жазылгансыз"
    assert len(letters(guest)) == subscribing_limits.FREE_LETTERS, "nobody is flooded"
    assert b"asel" not in Path(guest.app.state.site.engine.url.database).read_bytes().lower()


def test_one_mailbox_is_not_flooded_under_many_names(sqlite_engine: Engine) -> None:
    typed = [f"asel+{place}@example.kg" for place in range(subscribing_limits.FREE_LETTERS)]
    assert all(subscribing_limits.may_write_to(sqlite_engine, one, bytes(32), NOW) for one in typed)
    assert not subscribing_limits.may_write_to(sqlite_engine, "asel@example.kg", bytes(32), NOW)
    assert subscribing_limits.may_write_to(sqlite_engine, "bek+1@example.kg", bytes(32), NOW)


@pytest.mark.parametrize(
    ("about", "changed", "status"),
    [
        ("?about=bill&id=nothing", {}, 404),
        ("?about=all&id=x", {}, 404),
        ("?about=nothing", {}, 422),
        ("?about=list&id=x", {}, 404),
        (ABOUT, {"address": "nobody"}, 422),
        (ABOUT, {"address": "a@b.kg\r\nBcc: c@d.kg"}, 422),
        (ABOUT, {"address": "а@пример.kg"}, 422),
        (ABOUT, {"address": "a@localhost"}, 422),
        (ABOUT, {"website": "x"}, 422),
        (ABOUT, {"rhythm": "hourly"}, 422),
        (ABOUT, {"language": "xx"}, 422),
        (f"?about=person&id={sample.PERSON}", {}, 303),
        ("?about=committee&id=reglament", {}, 303),
        ("?about=corrections", {"address": "a@пример.kg"}, 303),
    ],
)
def test_any_form_is_answered(guest: Client, about: str, changed: dict[str, str], status: int) -> None:
    assert ask(guest, about, **changed) == status
    assert bool(rows(guest)) == (status == 303)


def test_one_place_that_asks_too_often_waits(guest: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscribing_limits, "FREE", 1)
    assert [ask(guest, address=f"a{number}@example.kg") for number in range(3)] == [303, 429, 429]
    guest.get(f"/ru/follow/by-mail{ABOUT}")
    assert guest.post(f"/ru/follow/in-telegram{ABOUT}", FORM).status_code == 429


def test_what_nobody_confirms_is_forgotten_and_its_number_never_used_again(guest: Client) -> None:
    engine = guest.app.state.site.engine
    ask(guest)
    to_confirm = link(guest, "confirm")
    assert sweep(engine, datetime.now(UTC) + timedelta(hours=47))
    assert rows(guest)
    sweep(engine, datetime.now(UTC) + timedelta(hours=49))
    assert rows(guest) == []
    assert reached(guest) is None
    assert guest.get(to_confirm).status_code == 404
    ask(guest, address="other@example.kg")
    assert [row["id"] for row in rows(guest)] == [2]


def test_telegram_gets_a_link_that_it_takes(guest: Client) -> None:
    guest.get(f"/ky/follow/by-mail{ABOUT}")
    page = guest.post(f"/ky/follow/in-telegram{ABOUT}", {"rhythm": "daily", "language": "ky"})
    assert page.status_code == 200
    assert re.search(r'href="https://t\.me/baikoo_bot\?start=[\w-]{1,64}"', page.text)
    assert rows(guest)[0]["sealed"] == ""
    assert guest.get(f"/en/follow/in-telegram{ABOUT}").headers["location"] == f"/en/follow/by-mail{ABOUT}"


def test_a_followed_list_and_every_page_lead_to_the_form(guest: Client) -> None:
    guest.get("/ru/follow/new?list=findings&check=R28")
    page = guest.post("/ru/follow/new?list=findings&check=R28").headers["location"]
    for address in (page, f"/ru/persons/{sample.PERSON}", "/ru/committees/reglament", "/ru/", "/ru/follow"):
        (way, *_) = re.findall(r'href="(/ru/follow/by-mail[^"]*)"', guest.get(address).text)
        assert guest.get(way.replace("&amp;", "&")).status_code == 200
    assert ask(guest, f"?about=list&id={page.rsplit('/', 1)[1]}") == 303


def test_without_mail_and_bot_feeds_are_offered(sample_site: Visitor) -> None:
    assert "by-mail" not in sample_site.get(f"/en/bills/{sample.BILL}").text
    told = sample_site.get(f"/en/follow/by-mail{ABOUT}").text
    assert "sends no letters" in told
    assert 'class="entry"' not in told


def test_the_letter_holds_nothing_of_its_reader(guest: Client) -> None:
    ask(guest)
    token = link(guest, "confirm").rsplit("=", 1)[1]
    with reader(guest.app.state.site.engine) as conn:
        (kept,) = conn.execute(select(table_of(Delivery))).mappings()
    assert kept["recipient"] == "1"
    for secret in (token, "example.kg", "asel"):
        assert secret not in str(dict(kept)).lower()
    found = reached(guest)
    assert found
    assert token in "".join(span.address for span in found.footer)
    assert plain(found.footer).strip()
