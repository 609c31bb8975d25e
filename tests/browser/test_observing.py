"""Observers in a hall without a network, in a real browser: what they note is kept, arrives, and decides a finding."""

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from db.accounts import account_by_login
from db.audit import Act
from db.engine import reader
from db.findings import Finding
from db.sessions import end_sessions
from db.upsert import table_of
from tests.browser.room import TITLE, Hall, Phone, head_count, kept, new_phone
from tests.tracker.house import House
from vocab.verdicts import Verdict

pytestmark = pytest.mark.browser


def findings(hall: Hall, check: str) -> list[dict[str, Any]]:
    """What a check says now."""
    table = table_of(Finding)
    query = select(table).where(table.c.check_id == check, table.c.superseded_at.is_(None))
    with reader(hall.engine) as conn:
        return [dict(row) for row in conn.execute(query).mappings()]


def note_the_presenter(phone: Phone) -> None:
    """From the screen of the sitting: answer what a check asks about the first item, and note its vote."""
    phone.open("1. ")
    phone.title("1-маселе")
    asked = phone.page.locator("button.asked")
    count = asked.count()
    asked.filter(has_text="Маселени ким").click()
    phone.title("Баяндамачы")
    phone.page.get_by_label("Ким").fill("Асанов Асан")
    phone.tap("Комитеттен")
    expect(phone.button("2-окуу")).to_have_attribute("aria-pressed", "true")
    phone.save()
    phone.title("1-маселе")
    expect(asked).to_have_count(count - 1)
    phone.tap("Добуш берүү")
    phone.count(51)
    phone.tap("Кийинки сан")
    phone.count(20)
    phone.tap("Кнопка менен")
    phone.tap("Кабыл алынды")
    phone.save()
    phone.tap("Артка")


def test_two_observers_decide_what_the_site_could_not_say(hall: Hall, phone: Phone, browser: Browser) -> None:
    assert {one["verdict"] for one in findings(hall, "R47")} == {Verdict.CANNOT_TELL}
    other = new_phone(hall, browser, "bakyt", 360, 640)
    other.begin()

    # The first observer has no network from now on, and the app is closed once.
    phone.offline()
    phone.open(TITLE)
    head_count(phone, 61)
    note_the_presenter(phone)
    phone.status("Телефондо, жөнөтүлө элек: 3")
    phone.page.reload()
    phone.unlock()
    phone.title(TITLE)
    phone.status("Телефондо, жөнөтүлө элек: 3")
    assert kept(hall) == []

    # The second one has a network.
    other.open(TITLE)
    head_count(other, 60)
    note_the_presenter(other)
    other.received(3)
    assert len(kept(hall)) == 3

    phone.offline(False)
    phone.received(3)
    notes = kept(hall)
    assert sorted(one["kind"] for one in notes) == ["head_count"] * 2 + ["presenter"] * 2 + ["vote"] * 2
    assert len({one["observer"] for one in notes}) == 2

    House(hall.engine, now=datetime.now(UTC)).track()
    (finding,) = findings(hall, "R47")
    assert (finding["verdict"], finding["reason"]) == (Verdict.BROKEN, "others_presented")
    evidence = {one["record"] for one in finding["evidence"]}
    assert {f"observation:{one['uuid']}" for one in notes if one["kind"] == "presenter"} <= evidence
    assert other.complaints == []
    other.context.close()


def test_a_killed_tab_loses_nothing(hall: Hall, phone: Phone) -> None:
    phone.open(TITLE)
    phone.offline()
    head_count(phone, 44)
    phone.tap("Залда канча")
    phone.count(5)
    phone.page.wait_for_timeout(800)
    address = phone.page.url.removeprefix(hall.address)
    phone.reopen(address)
    phone.unlock()
    # What stood half-typed is there again.
    expect(phone.page.locator("output")).to_have_text("5")
    phone.count(3)
    phone.save()
    phone.status("Телефондо, жөнөтүлө элек: 2")
    phone.reopen()
    phone.unlock()
    phone.status("Телефондо, жөнөтүлө элек: 2")
    phone.offline(False)
    phone.received(2)
    assert [one["value"] for one in kept(hall)] == [{"count": 44}, {"count": 53}]


def test_a_server_that_restarts_while_notes_go_out(hall: Hall, phone: Phone) -> None:
    phone.open(TITLE)
    phone.offline()
    for number in range(5):
        head_count(phone, 40 + number)

    def vanish(route: Any) -> None:
        # The server takes the notes and dies before the phone hears of it.
        route.fetch()
        hall.stop()
        route.abort()

    phone.page.route("**/observe/api/notes", vanish, times=1)
    phone.offline(False)
    phone.status("интернет жок")
    assert len(kept(hall)) > 0
    hall.start()
    phone.received(5)
    assert [one["value"]["count"] for one in kept(hall)] == [40, 41, 42, 43, 44]


def test_a_forgotten_pin(hall: Hall, phone: Phone) -> None:
    phone.open(TITLE)
    phone.offline()
    head_count(phone, 47)
    phone.reopen()
    phone.title("PIN-код")
    phone.type_pin("314159")
    for _ in range(2):
        expect(phone.page.locator("#main")).to_contain_text("PIN туура эмес")
        phone.type_pin("314159")
    # The third wrong PIN makes one wait, also after a reload.
    phone.title("PIN туура эмес")
    phone.page.reload()
    phone.title("PIN туура эмес")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("PIN-код", timeout=15_000)
    phone.offline(False)
    phone.tap("PIN унутулду")
    phone.tap("Кайра кирүү")
    phone.sign_in()
    phone.title("PIN-код тандаңыз")
    phone.type_pin("162534")
    phone.type_pin("162534")
    phone.received(1)
    assert [one["value"] for one in kept(hall)] == [{"count": 47}]
    phone.reopen()
    phone.title("PIN-код")
    phone.type_pin("162534")
    phone.title("Жыйындар")


def test_a_session_that_was_ended(hall: Hall, phone: Phone) -> None:
    phone.open(TITLE)
    with hall.engine.begin() as conn:
        account = account_by_login(conn, "aigul")
        assert account is not None
        end_sessions(conn, account, act=Act(who="test", at=datetime.now(UTC)))
    head_count(phone, 48)
    phone.status("кайра кириңиз")
    phone.status("Телефондо, жөнөтүлө элек: 1")
    phone.tap("Кайра кирүү")
    phone.sign_in()
    phone.unlock()
    phone.received(1)
    assert [one["value"] for one in kept(hall)] == [{"count": 48}]


def test_another_persons_notes_never_go_out_under_my_name(hall: Hall, phone: Phone) -> None:
    phone.open(TITLE)
    phone.offline()
    head_count(phone, 49)
    phone.context.clear_cookies()
    phone.offline(False)
    phone.status("кайра кириңиз")
    phone.tap("Кайра кирүү")
    hall.member("bakyt")
    phone.login = "bakyt"
    phone.sign_in()
    phone.unlock()
    phone.status("башка адам кирген")
    assert kept(hall) == []
