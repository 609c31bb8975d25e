"""The notes of the form, in a real browser: text stays text, pictures get small, mistakes are mended."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, expect

from tests.browser.room import SCRIPT, TITLE, Hall, Phone, head_count, kept

pytestmark = pytest.mark.browser


def test_a_script_in_a_note_is_text(hall: Hall, phone: Phone) -> None:
    phone.open(TITLE)
    phone.open("Эркин жазуу")
    phone.page.get_by_label("Текст").fill(SCRIPT)
    phone.save()
    phone.tap("Жазууларым")
    expect(phone.page.locator(".notes")).to_contain_text(SCRIPT)
    phone.received(1)
    assert kept(hall)[0]["value"] == {"text": SCRIPT}
    # An agenda with a script in it is text as well; `phone` sees to it that no dialog opened.
    phone.page.go_back()
    expect(phone.page.locator("#main")).to_contain_text("<script>")


def test_what_waits_on_the_phone_is_encrypted_and_goes_when_it_is_received(hall: Hall, phone: Phone) -> None:
    phone.open(TITLE)
    phone.offline()
    phone.open("Сөзмө-сөз")
    phone.page.get_by_label("Текст").fill("бул сыр сөз")
    phone.save()
    (note,) = phone.stored("notes")
    assert "сыр" not in str(note)
    assert "quote" not in str(note)
    assert "byPin" in str(phone.stored("meta"))
    phone.offline(False)
    phone.received(1)
    assert phone.stored("drafts") == []


def test_undo_correction_and_withdrawal(hall: Hall, phone: Phone) -> None:
    phone.open(TITLE)
    head_count(phone, 60)
    phone.tap("Жокко чыгаруу")
    expect(phone.page.locator("#said")).to_contain_text("Кайтарып алынды")
    head_count(phone, 61)
    phone.tap("Жазууларым")
    phone.received(1)
    phone.tap("Оңдоо")
    phone.title("Залда канча")
    phone.count(62)
    phone.save()
    phone.received(2)
    expect(phone.page.locator(".notes li").first).to_contain_text("оңдолду")
    phone.tap("Кайтарып алуу")
    phone.received(3)
    first, second, third = kept(hall)
    assert [first["value"], second["value"], third["value"]] == [{"count": 61}, {"count": 62}, {}]
    assert (second["corrects"], third["corrects"]) == (first["uuid"], second["uuid"])


def test_a_big_photo_becomes_small(hall: Hall, phone: Phone) -> None:
    picture = BytesIO()
    noise = Image.effect_noise((2600, 2000), 90).convert("RGB")
    noise.save(picture, "PNG")
    assert len(picture.getvalue()) > 5_000_000
    phone.open(TITLE)
    phone.offline()
    phone.open("Сүрөт")
    file = FilePayload(name="hall.png", mimeType="image/png", buffer=picture.getvalue())
    phone.page.locator("input[type=file]").set_input_files(file)
    expect(phone.page.locator(".picture img")).to_be_visible()
    phone.save()
    assert len(phone.stored("pictures")) == 1
    phone.offline(False)
    phone.received(1)
    assert phone.stored("pictures") == []
    upload = kept(hall)[0]["value"]["upload"]
    answer = phone.context.request.get(f"{hall.address}/observe/api/uploads/{upload}")
    with Image.open(BytesIO(answer.body())) as stored:
        assert max(stored.size) <= 1600


def test_what_the_server_refuses_can_be_corrected(hall: Hall, phone: Phone) -> None:
    phone.open(TITLE)
    phone.open("Түз эфир шилтемеси")
    phone.page.get_by_label("Шилтеме").fill("javascript:alert(1)")
    phone.save()
    phone.status("оңдоо керек: 1")
    phone.tap("Жазууларым")
    expect(phone.page.locator(".notes .warning")).to_be_visible()
    phone.tap("Оңдоо")
    phone.page.get_by_label("Шилтеме").fill("https://www.youtube.com/watch?v=1")
    phone.save()
    phone.received(1)
    assert [one["value"] for one in kept(hall)] == [{"link": "https://www.youtube.com/watch?v=1"}]


def test_a_phone_that_cannot_write_says_so_loudly(hall: Hall, phone: Phone) -> None:
    phone.open(TITLE)
    phone.tap("Залда канча")
    phone.count(50)
    phone.page.evaluate(
        """() => { IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); }; }"""
    )
    phone.tap("Сактоо")
    expect(phone.page.get_by_role("alert")).to_contain_text("САКТАЛГАН ЖОК")
    phone.title("Залда канча")
    expect(phone.page.locator("output")).to_have_text("50")


def test_a_sitting_that_no_agenda_names(hall: Hall, phone: Phone) -> None:
    phone.offline()
    phone.tap("Жыйын кошуу")
    phone.tap("Комитет")
    phone.page.get_by_label("Аталышы (мисалы, комитеттин аты)").fill("Бюджет боюнча комитет")
    phone.tap("Сактоо")
    phone.title("Бюджет боюнча комитет")
    head_count(phone, 7)
    phone.offline(False)
    phone.received(2)
    assert {one["sitting_id"].split("-")[0] for one in kept(hall)} == {"made"}


def test_clearing_the_phone(hall: Hall, phone: Phone) -> None:
    phone.open(TITLE)
    phone.offline()
    head_count(phone, 51)
    phone.page.goto(f"{hall.address}/observe#settings")
    phone.tap("Телефонду тазалоо")
    expect(phone.page.locator(".warning")).to_contain_text("1 жазуу биротоло өчөт")
    phone.tap("Ооба, тазалоо")
    phone.title("Интернет жок")
    assert [phone.stored(table) for table in ("meta", "notes", "sittings", "pictures", "drafts")] == [
        [],
        [],
        [],
        [],
        [],
    ]
