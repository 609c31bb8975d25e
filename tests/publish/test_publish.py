from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from lxml import etree
from sqlalchemy import Connection, Engine, delete

from db.bills import Bill
from db.happenings import Happening, HappeningAbout
from db.sittings import AgendaItem, Sitting
from db.upsert import upsert
from publish.run import PublishCounts, publish
from publish.settings import PublicSettings
from vocab.languages import LANGUAGES

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
SITE = "https://baikoo.example"
ATOM = "{http://www.w3.org/2005/Atom}"
BILL = "n-6-1-26"
SITTING = "plenary-2026-09-02"


def tell(conn: Connection, key: str, kind: str = "bill_registered", *, minutes: int = 0, **more: Any) -> None:
    """One happening about the bill, or about what `about` names."""
    facts: Mapping[str, Any] = more.pop("facts", {"number": "6-1/26"})
    about = more.pop("about", [("bill", BILL)])
    row = {
        "key": key,
        "kind": kind,
        "subject_kind": "bill",
        "subject_id": BILL,
        "title": f"О проекте {key}",
        "day": date(2026, 9, 1),
        "seen_at": NOW + timedelta(minutes=minutes),
        "facts": facts,
        "evidence": [{"url": "https://kenesh.kg/x", "page_id": 7}],
    }
    upsert(conn, Happening, [row | more], key=("key",), update=())
    rows = [{"happening_key": key, "dossier_type": kind_of, "dossier_id": one} for kind_of, one in about]
    upsert(conn, HappeningAbout, rows, key=("happening_key", "dossier_type", "dossier_id"), update=())


@pytest.fixture
def told(engine: Engine) -> Engine:
    """A bill, a sitting and one happening of each."""
    with engine.begin() as conn:
        upsert(conn, Bill, [{"id": BILL, "title": "Об образце", "kind": "law"}], key=("id",))
        sitting = {
            "id": SITTING,
            "body": "plenary",
            "day": date(2026, 9, 2),
            "title": "Заседание",
            "cancelled": False,
            "extraordinary": False,
            "starts_at": time(10, 0),
            "place": "Зал",
            "committee": None,
            "committee_id": None,
        }
        upsert(conn, Sitting, [sitting], key=("id",))
        item = {
            "id": "i",
            "sitting_id": SITTING,
            "bill_id": BILL,
            "position": 1,
            "title": "Об образце",
            "kind": "law",
            "readings": "1",
        }
        upsert(conn, AgendaItem, [item], key=("id",))
        tell(conn, "one")
        tell(
            conn,
            "two",
            "sitting_announced",
            minutes=1,
            subject_kind="sitting",
            subject_id=SITTING,
            about=[("bill", BILL)],
        )
    return engine


def run(engine: Engine, out: Path) -> PublishCounts:
    return publish(engine, out, public=PublicSettings(public_url=SITE), now=NOW)


def test_files_of_an_empty_database_are_valid_and_stay_the_same(engine: Engine, tmp_path: Path) -> None:
    assert run(engine, tmp_path).written == 27
    assert len(etree.parse(tmp_path / "feeds/ru/all.atom").findall(f"{ATOM}entry")) == 0
    assert Calendar.from_ical((tmp_path / "calendar/ru/sittings.ics").read_bytes()).walk("VEVENT") == []
    assert run(engine, tmp_path) == PublishCounts(written=0, unchanged=0, last_seq=0)


def test_entries_have_stable_ids_links_and_dates_from_the_data(told: Engine, tmp_path: Path) -> None:
    run(told, tmp_path)
    feed = etree.parse(tmp_path / f"feeds/ru/bill/{BILL}.atom")
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == ["urn:baikoo:two", "urn:baikoo:one"]
    assert entries[1].findtext(f"{ATOM}title") == "Зарегистрирован законопроект 6-1/26: О проекте one"
    assert entries[0].findtext(f"{ATOM}updated") == "2026-09-01T08:01:00+00:00"
    assert feed.findtext(f"{ATOM}updated") == "2026-09-01T08:01:00+00:00"
    assert entries[1].find(f"{ATOM}link").get("href") == f"{SITE}/ru/bills/{BILL}"  # type: ignore[union-attr]
    assert f"{SITE}/ru/evidence/7" in (entries[1].findtext(f"{ATOM}summary") or "")
    rss = etree.parse(tmp_path / "feeds/ru/all.rss")
    assert [item.findtext("guid") for item in rss.iter("item")] == ["urn:baikoo:two", "urn:baikoo:one"]
    assert rss.findtext("channel/lastBuildDate") == "Tue, 01 Sep 2026 08:01:00 +0000"


def test_every_language_tells_the_same_entries_in_its_words(told: Engine, tmp_path: Path) -> None:
    run(told, tmp_path)
    feeds = {lang: etree.parse(tmp_path / f"feeds/{lang}/bill/{BILL}.atom") for lang in LANGUAGES}
    ids = {
        lang: [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")] for lang, feed in feeds.items()
    }
    assert set(map(tuple, ids.values())) == {("urn:baikoo:two", "urn:baikoo:one")}
    for lang, source in (("ky", "Булак: "), ("ru", "Источник: "), ("en", "Source: ")):
        newest = feeds[lang].findall(f"{ATOM}entry")[1]
        assert (newest.findtext(f"{ATOM}summary") or "").startswith(source)
        assert newest.find(f"{ATOM}link").get("href") == f"{SITE}/{lang}/bills/{BILL}"  # type: ignore[union-attr]
        assert feeds[lang].getroot().get("{http://www.w3.org/XML/1998/namespace}lang") == lang
    events = [
        Calendar.from_ical((tmp_path / f"calendar/{lang}/sittings.ics").read_bytes()).walk("VEVENT")[0]
        for lang in LANGUAGES
    ]
    assert [str(event["uid"]) for event in events] == [f"{SITTING}@baikoo"] * 3
    assert [str(event["url"]) for event in events] == [f"{SITE}/{lang}/sittings/{SITTING}" for lang in LANGUAGES]


def test_nothing_new_writes_nothing_and_a_lost_file_comes_back(told: Engine, tmp_path: Path) -> None:
    run(told, tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert run(told, tmp_path).written == 0
    (tmp_path / ".published.json").unlink()
    (tmp_path / "feeds/ru/all.rss").unlink()
    assert run(told, tmp_path).written == 1
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}


def test_only_what_a_happening_is_about_is_made_again(told: Engine, tmp_path: Path) -> None:
    run(told, tmp_path)
    with told.begin() as conn:
        tell(conn, "three", minutes=5, about=[])
    counts = run(told, tmp_path)
    assert (counts.written, counts.unchanged) == (6, 12)


def test_hostile_text_stays_text(told: Engine, tmp_path: Path) -> None:
    with told.begin() as conn:
        tell(conn, "bad", minutes=9, title="<script>alert(1)</script>\x0b\x1f & «x»")
    run(told, tmp_path)
    newest = etree.parse(tmp_path / "feeds/ru/all.atom").find(f"{ATOM}entry")
    assert newest is not None
    assert newest.findtext(f"{ATOM}title") == "Зарегистрирован законопроект 6-1/26: <script>alert(1)</script> & «x»"


def test_a_withdrawn_finding_takes_the_place_of_its_confirmation(told: Engine, tmp_path: Path) -> None:
    facts = {"finding": "f1", "check": "R33", "reason": "", "figures": {}}
    with told.begin() as conn:
        tell(conn, "confirmed", "finding_confirmed", minutes=2, facts=facts)
    run(told, tmp_path)
    feed = tmp_path / "feeds/ru/findings.atom"
    assert "Подтверждён" in feed.read_text()
    with told.begin() as conn:
        tell(conn, "withdrawn", "finding_withdrawn", minutes=3, facts=facts)
    run(told, tmp_path)
    entries = etree.parse(feed).findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == ["urn:baikoo:finding:f1"]
    assert "Вывод отозван («Дни пленарных заседаний»)" in (entries[0].findtext(f"{ATOM}title") or "")
    assert "Источник" in (entries[0].findtext(f"{ATOM}summary") or "")
    assert "пятница" not in feed.read_text()
    assert entries[0].find(f"{ATOM}link").get("href") == f"{SITE}/ru/findings/f1"  # type: ignore[union-attr]


def test_a_correction_takes_the_place_of_what_was_told(told: Engine, tmp_path: Path) -> None:
    with told.begin() as conn:
        tell(conn, "bill_told_rejected:x", "bill_told_rejected", minutes=2, facts={"readings": [1]})
    run(told, tmp_path)
    feeds = [tmp_path / "feeds/ru/all.atom", tmp_path / f"feeds/ru/bill/{BILL}.atom"]
    assert all("отклонён" in feed.read_text() for feed in feeds)
    facts: dict[str, Any] = {"told": "bill_told_rejected:x"}
    with told.begin() as conn:
        tell(conn, "c", "bill_told_corrected", minutes=3, facts=facts, title="О мёде")
    run(told, tmp_path)
    for feed in feeds:
        newest = etree.parse(feed).findall(f"{ATOM}entry")[0]
        assert newest.findtext(f"{ATOM}id") == "urn:baikoo:bill_told_rejected:x"
        assert (
            newest.findtext(f"{ATOM}title") == "Исправление нашей записи о законопроекте за 1 сентября 2026 г.: О мёде"
        )
        assert "Источник" in (newest.findtext(f"{ATOM}summary") or "")
        assert "отклонён" not in feed.read_text()
    with told.begin() as conn:
        tell(conn, "again", "bill_told_rejected", minutes=4, facts={"readings": [1], **facts})
    run(told, tmp_path)
    assert all("отклонён" in feed.read_text() and "Исправление" not in feed.read_text() for feed in feeds)


def test_a_sitting_stands_in_the_calendar_with_its_hour_and_agenda(told: Engine, tmp_path: Path) -> None:
    run(told, tmp_path)
    (event,) = Calendar.from_ical((tmp_path / "calendar/ru/sittings.ics").read_bytes()).walk("VEVENT")
    assert (str(event["uid"]), str(event["status"]), event["sequence"]) == (f"{SITTING}@baikoo", "CONFIRMED", 0)
    assert event.decoded("dtstart").isoformat() == "2026-09-02T10:00:00+06:00"
    assert (str(event["summary"]), str(event["description"])) == ("Заседание Жогорку Кенеша", "1. Об образце")


def test_a_cancelled_committee_sitting_without_hour_is_a_whole_day(told: Engine, tmp_path: Path) -> None:
    with told.begin() as conn:
        conn.execute(delete(AgendaItem))
        row = {
            "id": "committee-x-2026-09-07",
            "body": "committee",
            "committee": "Комитет по икс",
            "committee_id": "x",
            "day": date(2026, 9, 7),
            "title": "Комитет",
            "cancelled": True,
            "extraordinary": False,
        }
        upsert(conn, Sitting, [row], key=("id",))
        tell(
            conn,
            "gone",
            "sitting_cancelled",
            minutes=4,
            subject_kind="sitting",
            subject_id=row["id"],
            about=[("committee", "x")],
        )
    run(told, tmp_path)
    (event,) = Calendar.from_ical((tmp_path / "calendar/ru/committee/x.ics").read_bytes()).walk("VEVENT")
    assert (str(event["status"]), event.decoded("dtstart")) == ("CANCELLED", date(2026, 9, 7))
    assert etree.parse(tmp_path / "feeds/ru/committee/x.atom").findtext(f"{ATOM}title") == "Байкоо — Комитет по икс"


def test_a_person_whom_a_list_reveals_later_gets_a_feed(told: Engine, tmp_path: Path) -> None:
    run(told, tmp_path)
    with told.begin() as conn:
        row = {"happening_key": "one", "dossier_type": "person", "dossier_id": "p1"}
        upsert(conn, HappeningAbout, [row], key=("happening_key", "dossier_type", "dossier_id"), update=())
    assert run(told, tmp_path).written == 6
    assert (tmp_path / "feeds/ru/person/p1.atom").is_file()
    assert run(told, tmp_path).written == 0
