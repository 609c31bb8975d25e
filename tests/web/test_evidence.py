from html.parser import HTMLParser

import pytest

from tests.web.conftest import Visitor
from web.contacts import without_contacts
from web.inert import charset_of, raw_without_contacts, readable


def test_an_archived_page_can_do_nothing(sample_site: Visitor) -> None:
    page = sample_site.get("/ru/evidence/1").text
    assert "Зарегистрировались 97 депутатов" in page
    for live in ("evil.example", "javascript:", "onload", "alert("):
        assert live not in page
    for contact in ("61-16-04", "+996", "deputy@kenesh.example"):
        assert contact not in page


def test_raw_bytes_are_plain_text_that_runs_nothing(sample_site: Visitor) -> None:
    answer = sample_site.get("/ru/evidence/1/raw")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "<h1>Протокол № 17</h1>" in answer.text
    assert "61-16-04" not in answer.text
    assert "deputy@kenesh.example" not in answer.text


def test_what_cannot_be_shown_says_why(sample_site: Visitor) -> None:
    assert 'class="empty"' in sample_site.get("/ru/evidence/4").text
    assert 'class="empty"' in sample_site.get("/ru/evidence/5").text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("пишите: ivan.petrov@kenesh.kg.", "пишите: █████."),
        ("тел. (0312) 61-16-04", "тел. █████"),
        ("+996 (555) 12-34-56", "█████"),
        ("Факс: 66-12-34; зал", "Факс: █████; зал"),
        ("mail&#64;a.kg", "mail&#64;a.kg".replace("mail&#64;a.kg", "█████")),
        ("проект 6-16490/26 от 17.05.2017", "проект 6-16490/26 от 17.05.2017"),
        ("постановление № 494 от 29.08.14", "постановление № 494 от 29.08.14"),
        ("Закон № 223 от 25 ноября 2011 года", "Закон № 223 от 25 ноября 2011 года"),
        ("сумма 1 000 000 000 сомов", "сумма 1 000 000 000 сомов"),
        ("2017-05-17T10:00:00.000Z", "2017-05-17T10:00:00.000Z"),
    ],
)
def test_contacts_are_blanked_and_facts_stay(text: str, shown: str) -> None:
    assert without_contacts(text) == shown


@pytest.mark.parametrize(
    ("body", "content_type", "charset"),
    [
        ("Кеңеш".encode(), None, "utf-8"),
        ("Кенеш".encode("cp1251"), None, "cp1251"),
        ("Кенеш".encode("koi8-r"), "text/html; charset=koi8-r", "koi8-r"),
        ("<meta charset='windows-1251'>Кенеш".encode("cp1251"), "text/html", "cp1251"),
        (b"\xff\xfe", "text/html; charset=utf-16", "cp1251"),
        (b"\xff", "text/html; charset=nonsense", "cp1251"),
    ],
)
def test_letters_are_read_by_the_right_table(body: bytes, content_type: str | None, charset: str) -> None:
    assert charset_of(body, content_type) == charset


def test_raw_bytes_stay_the_same_where_nothing_is_blanked() -> None:
    body = bytes(range(256))
    assert raw_without_contacts(body, "cp1251") == body
    assert raw_without_contacts("a@b.kg".encode("cp1251"), "cp1251") == b"*****"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"<p onclick=x>a<script>b</script><svg onload=c><iframe src=d></iframe><style>e</style>", "text/html"),
        (b"<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", "text/html"),
        (b"<a href='//evil'>x</a><form action='//evil'><input name=y></form>", "application/xhtml+xml"),
        (b'{"a": "<img src=x onerror=alert(1)>"}', "application/json"),
        (b"{broken <script>", "application/json"),
        (b"<script>alert(1)</script>", "text/plain"),
    ],
)
def test_hostile_markup_becomes_bare_text(body: bytes, content_type: str) -> None:
    class Seen(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag in {"p", "br", "table", "tbody", "tr", "td", "pre"}
            assert attrs == []

    seen = Seen()
    seen.feed(str(readable(body, content_type)))
    seen.close()
