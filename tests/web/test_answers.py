"""Headers, caches, files, health, languages."""

import json
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from sqlalchemy import Engine, text

from db.engine import open_engine
from db.settings import HomeSettings
from tests.web import sample
from tests.web.conftest import Visitor, open_site
from web.answers import csv_file
from web.i18n import catalogue

WEB = Path(__file__).resolve().parent.parent.parent / "web"
PLACEHOLDER = re.compile(r"%\((\w+)\)")


@pytest.mark.parametrize(
    "address", ["/ru/", "/nowhere", "/ru/bills?page=x", "/feeds/all.rss", "/static/site.css", "/healthz"]
)
def test_every_answer_is_safe(sample_site: Visitor, address: str) -> None:
    headers = sample_site.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert "referrer-policy" in headers


@pytest.mark.parametrize(
    "address", ["/ru/", "/ru/sittings", "/ru/evidence/1/raw", "/feeds/all.rss", "/calendar/sittings.ics"]
)
def test_what_a_reader_has_is_not_sent_again(sample_site: Visitor, address: str) -> None:
    first = sample_site.get(address)
    assert "max-age" in first.headers["cache-control"]
    again = sample_site.get(address, **{"If-None-Match": f'"x", W/{first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize(
    ("address", "media_type"),
    [
        ("/feeds/all.rss", "application/rss+xml; charset=utf-8"),
        ("/feeds/all.atom", "application/atom+xml; charset=utf-8"),
        ("/feeds/ru/all.atom", "application/atom+xml; charset=utf-8"),
        (f"/feeds/bill/{sample.BILL}.atom", "application/atom+xml; charset=utf-8"),
        ("/calendar/sittings.ics", "text/calendar; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/favicon.ico", "image/svg+xml"),
        ("/static/favicon.svg", "image/svg+xml"),
    ],
)
def test_files_say_what_they_are(sample_site: Visitor, address: str, media_type: str) -> None:
    answer = sample_site.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)


def test_head_is_get_without_a_body(sample_site: Visitor) -> None:
    answer = sample_site.ask("HEAD", "/feeds/all.rss")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["etag"] == sample_site.get("/feeds/all.rss").headers["etag"]


@pytest.mark.parametrize(("origin", "banner"), [("live", None), ("replay", "запис"), ("demonstration", "Демонстрация")])
def test_every_page_says_where_its_data_come_from(
    sqlite_engine: Engine, sqlite_url: str, tmp_path: Path, origin: str, banner: str | None
) -> None:
    settings = HomeSettings(home=tmp_path, database_url=sqlite_url)
    sample.fill(sqlite_engine, settings, origin=origin)
    for visitor in open_site(settings):
        for address in ("/ru/", f"/ru/sittings/{sample.SITTING}", "/nowhere"):
            page = visitor.get(address).text
            assert ('class="banner' in page) is (banner is not None)
            assert banner is None or banner in page


def test_health_is_told(filled: Visitor) -> None:
    answer = filled.get("/healthz")
    told = answer.json()
    assert answer.status_code == 200
    assert (told["database"], told["schema"]) == ("ok", "current")
    assert told["crawls"][0]["outcome"] == "clean"
    assert answer.headers["cache-control"] == "no-store"


def test_a_database_of_another_shape_is_not_healthy(sqlite_url: str, tmp_path: Path) -> None:
    for visitor in open_site(HomeSettings(home=tmp_path, database_url=sqlite_url)):
        assert visitor.get("/healthz").status_code == 503
        failed = visitor.get("/ru/bills")
        assert failed.status_code == 500
        assert "default-src 'none'" in failed.headers["content-security-policy"]
        assert 'href="/ru/sittings"' in failed.text


def test_a_database_that_is_gone_is_not_healthy(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'broken.sqlite'}"
    (tmp_path / "broken.sqlite").write_bytes(b"no database at all" * 100)
    for visitor in open_site(HomeSettings(home=tmp_path, database_url=url)):
        answer = visitor.get("/healthz")
        assert (answer.status_code, json.loads(answer.text)["database"]) == (503, "unreachable")


def test_reading_waits_for_no_writer(sqlite_engine: Engine, sqlite_url: str, tmp_path: Path) -> None:
    settings = HomeSettings(home=tmp_path, database_url=sqlite_url)
    sample.fill(sqlite_engine, settings)
    writer = open_engine(sqlite_url)
    for visitor in open_site(settings):
        with writer.begin() as conn:
            conn.execute(text("UPDATE bill SET title = 'x'"))
            assert visitor.get("/ru/bills").status_code == 200
    writer.dispose()


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_a_cell_is_never_a_formula(value: str) -> None:
    answer = csv_file("x", ("a",), [{"a": value}])
    assert f"'{value}" in bytes(answer.body).decode("utf-8-sig")


def messages() -> set[str | tuple[str, ...]]:
    """Every message in templates and code, of the alerts that commands send too."""
    found = [
        one
        for folder in (WEB, WEB.parent / "cli")
        for one in extract_from_dir(
            folder,
            method_map=[("**.py", "python"), ("**.html", "jinja2")],
            options_map={"**.html": {"extensions": "jinja2.ext.do", "silent": "false", "newstyle_gettext": "true"}},
            keywords={"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)},
        )
    ]
    return {message for _, _, message, _, _ in found if message}


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


@pytest.mark.parametrize(("lang", "plurals"), [("ru", 3), ("ky", 2)])
def test_every_message_is_said_in_every_language(lang: str, plurals: int) -> None:
    whole = catalogue(lang)
    said = {message.id: message for message in whole if message.id}
    used = messages()
    used -= {forms[0] for forms in said if isinstance(forms, tuple)}  # the singular alone is said by the plural's entry
    assert used
    assert {message for message in used if message not in said} == set()
    assert {message for message in said if message not in used} == set()
    for message in said.values():
        forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
        assert all(forms), message.id
        assert not message.fuzzy
        wanted = placeholders(message.id if isinstance(message.id, str) else message.id[-1])
        assert all(placeholders(form) <= wanted for form in forms), message.id
        assert placeholders(forms[-1]) == wanted, message.id
    assert whole.num_plurals == plurals


@pytest.mark.parametrize("lang", ["ru", "ky"])
def test_the_catalogues_have_no_mistakes(lang: str) -> None:
    for path in (WEB / "locale" / lang / "LC_MESSAGES").glob("*.po"):
        assert b"charset=utf-8" in path.read_bytes()[:2000].lower(), path.name
    assert [(message.id, errors) for message, errors in catalogue(lang).check()] == []
