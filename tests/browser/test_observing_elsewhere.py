"""What an observer noted elsewhere: on another phone, on a sitting that was moved, about an item of the agenda."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from db.audit import Act
from tests.browser.room import TITLE, TODAY, Hall, Phone, head_count, kept, new_phone
from tests.tracker.house import House, agenda
from tracker.week.duties import assign
from tracker.week.sittings import call_off, move

pytestmark = pytest.mark.browser

COORDINATOR = Act(who="coordinator", at=datetime.now(UTC))


def test_a_new_phone_knows_what_was_sent_from_the_old_one(hall: Hall, phone: Phone, browser: Browser) -> None:
    phone.open(TITLE)
    head_count(phone, 61)
    phone.open("Сөзмө-сөз")
    phone.page.get_by_label("Текст").fill("Кворум жок")
    phone.save()
    phone.received(2)

    fresh = new_phone(hall, browser, "aigul")
    fresh.begin()
    fresh.status("Баары кабыл алынды: 2")
    fresh.open(TITLE)
    fresh.tap("Жазууларым")
    notes = fresh.page.locator(".notes li")
    expect(notes).to_have_count(2)
    expect(notes.first).to_contain_text("башка түзмөктөн жөнөтүлгөн")
    notes.first.get_by_role("button", name="Оңдоо").click()
    fresh.title("Залда канча")
    expect(fresh.page.locator("output")).to_have_text("61")
    fresh.count(63)
    fresh.save()
    fresh.title("Жазууларым")
    notes.filter(has_text="Кворум жок").get_by_role("button", name="Кайтарып алуу").click()
    fresh.received(4)
    assert [one["value"] for one in kept(hall)] == [{"count": 61}, {"text": "Кворум жок"}, {"count": 63}, {}]
    assert {one["corrects"] for one in kept(hall)[2:]} == {one["uuid"] for one in kept(hall)[:2]}
    # The old phone hears of both.
    phone.tap("Жазууларым")
    expect(phone.page.locator(".notes .struck")).to_have_count(2)
    assert fresh.complaints == []
    fresh.context.close()


def test_a_sitting_that_was_moved(hall: Hall, phone: Phone) -> None:
    later = TODAY + timedelta(days=1)
    House(hall.engine, now=datetime.now(UTC)).state(agenda("agenda:2", later)).track()
    phone.open(TITLE)
    head_count(phone, 61)
    phone.received(1)
    with hall.engine.begin() as conn:
        assign(conn, f"plenary-{TODAY}", hall.member("aigul").id, COORDINATOR)
        move(conn, f"plenary-{TODAY}", f"plenary-{later}", "перенесли", COORDINATOR)
    phone.reopen()
    phone.unlock()
    phone.open("көчүрүлдү")
    expect(phone.page.locator(".warning")).to_contain_text("башкасына көчүрүлдү")
    phone.open("Ошол жерде улантуу")
    phone.title(f"Повестка дня на {later:%d.%m.%Y}")
    phone.tap("Жазууларым")
    expect(phone.page.locator(".notes")).to_contain_text("61")
    phone.tap("Артка")
    head_count(phone, 62)
    phone.received(2)
    assert [one["sitting_id"] for one in kept(hall)] == [f"plenary-{TODAY}", f"plenary-{later}"]


def test_a_sitting_that_was_called_off(hall: Hall, phone: Phone) -> None:
    with hall.engine.begin() as conn:
        call_off(conn, f"plenary-{TODAY}", "отменили", COORDINATOR)
    phone.reopen()
    phone.unlock()
    phone.open("жокко чыгарылды")
    expect(phone.page.locator(".warning")).to_contain_text("баары сакталат")
    head_count(phone, 61)
    phone.received(1)


def test_an_interview_is_about_an_item_or_about_none(hall: Hall, phone: Phone) -> None:
    phone.open(TITLE)
    for item in ("1", ""):
        phone.open("Депутат менен маек")
        phone.page.get_by_label("Ким").fill("Асанов Асан")
        phone.page.get_by_label("Кайсы маселе жөнүндө").select_option(item)
        phone.page.get_by_label("Шилтеме").fill("youtu.be/1")
        phone.save()
        phone.title(TITLE)
    phone.open("1. ")
    phone.open("Депутат менен маек")
    expect(phone.page.get_by_label("Кайсы маселе жөнүндө")).to_have_value("1")
    phone.received(2)
    first, second = kept(hall)
    assert first["value"]["bill"]
    assert first["value"] == {**second["value"], "item": 1, "bill": first["value"]["bill"]}
    assert second["value"] == {"person": "Асанов Асан", "link": "https://youtu.be/1"}


def test_a_copied_link_is_pasted_by_one_tap(hall: Hall, phone: Phone) -> None:
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    phone.open(TITLE)
    phone.tap("Түз эфир шилтемеси")
    phone.page.evaluate("navigator.clipboard.writeText('https://www.youtube.com/watch?v=1')")
    phone.tap("Көчүрүлгөндү коюу")
    expect(phone.page.get_by_label("Шилтеме")).to_have_value("https://www.youtube.com/watch?v=1")
    phone.save()
    phone.received(1)
    assert kept(hall)[0]["value"] == {"link": "https://www.youtube.com/watch?v=1"}


def test_yes_and_no_are_one_tap(hall: Hall, phone: Phone) -> None:
    phone.open(TITLE)
    phone.open("1. ")
    for kind, answer in (("Материалдар", "Ооба"), ("Түзөтүүлөр", "Жок"), ("Жылдырылды", "Ооба")):
        phone.tap(kind)
        phone.title(kind)
        phone.tap(answer)
        phone.save()
        phone.title("1-маселе")
    phone.received(3)
    told = [{name: said for name, said in one["value"].items() if name not in ("item", "bill")} for one in kept(hall)]
    assert told == [{"handed_out": True}, {"read": False}, {"by_committee": True}]
