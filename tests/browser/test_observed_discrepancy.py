"""The discrepancy that no document shows: announced as enough, counted as too few; from phones to the public page."""

from datetime import UTC, datetime

import httpx
import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.room import TITLE, Hall, Phone, kept, new_phone
from tests.browser.test_observing import findings
from tests.tracker.house import House
from tests.web.members import PASSWORD, make_user
from vocab.roles import Role
from vocab.verdicts import Verdict

pytestmark = pytest.mark.browser


def observe(phone: Phone, tens: int, ones: int) -> None:
    """Without a network: note what was announced and what is seen, with taps alone; the app is closed once."""
    phone.offline()
    phone.open(TITLE)
    phone.tap("Каттоо (жарыяланды)")
    phone.count(87)
    phone.save()
    phone.tap("Залда канча")
    for _ in range(tens):
        phone.tap("+10")
    for _ in range(ones):
        phone.tap("+1")
    phone.save()
    phone.title(TITLE)
    phone.page.reload()
    phone.unlock()
    phone.status("Телефондо, жөнөтүлө элек: 2")


def lawyer(browser: Browser, hall: Hall) -> Page:
    """The desk of somebody who decides."""
    member = make_user(hall.engine, "lawyer", Role.LAWYER)
    page = browser.new_context().new_page()
    page.goto(f"{hall.address}/sign-in")
    page.locator("input[name=login]").fill(member.login)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button").click()
    page.locator("input[name=code]").fill(pyotp.TOTP(member.totp_secret or "").now())
    page.locator("main button").click()
    page.wait_for_url(lambda address: "/sign-in" not in address)
    return page


def test_announced_as_enough_and_counted_as_too_few(hall: Hall, phone: Phone, browser: Browser) -> None:
    assert [one["verdict"] for one in findings(hall, "R23")] == [Verdict.CANNOT_TELL]
    other = new_phone(hall, browser, "bakyt", 360, 640)
    other.begin()
    observe(phone, tens=3, ones=0)
    observe(other, tens=3, ones=1)
    assert kept(hall) == []
    for one in (phone, other):
        one.offline(False)
        one.received(2)
    notes = {f"observation:{note['uuid']}" for note in kept(hall)}
    assert len(notes) == 4
    assert len({note["observer"] for note in kept(hall)}) == 2

    House(hall.engine, now=datetime.now(UTC)).track()
    (finding,) = findings(hall, "R23")
    assert (finding["verdict"], finding["reason"]) == (Verdict.BROKEN, "counted_below")
    assert finding["needs_review"]
    assert notes <= {piece["record"] for piece in finding["evidence"]}
    (counts,) = finding["figures"]["head_counts"]
    assert (sorted(counts["told"]), counts["counted"], counts["agree"]) == ([30, 31], 31, True)
    assert finding["figures"]["registered"] == [87, 87]

    # Nobody outside hears of it before a person has looked.
    address = f"{hall.address}/ru/findings/{finding['id']}"
    assert httpx.get(address).status_code == 404
    page = lawyer(browser, hall)
    page.goto(f"{hall.address}/desk/findings/{finding['id']}")
    evidence = page.get_by_role("region", name="Откуда это известно")
    for said in ("Aigul", "Bakyt", "30", "31", "87"):
        expect(evidence).to_contain_text(said)
    page.locator("#reason").fill("Два наблюдателя, расхождение в пределах 5 %")
    page.get_by_role("button", name="Подтвердить").click()
    expect(page.get_by_role("status")).to_contain_text("подтверждено")
    assert httpx.get(address).status_code == 200
    assert other.complaints == []
    other.context.close()
    page.context.close()
