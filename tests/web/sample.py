"""A small made-up parliament in a real database: every table that a page reads has rows, some of them hostile."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, insert
from sqlmodel import SQLModel

from db.archive import Archive
from db.bills import Bill, BillKey, BillStanding
from db.documents import Document
from db.findings import Finding, FindingReview, NotApplicable
from db.links import Link
from db.observations import Observation
from db.pages import SourcePage
from db.people import Membership, Person, PersonKey
from db.protocols import AbsenceMark, BreakMark, RegistrationMark, TransferMark
from db.runs import Origin, Run
from db.settings import HomeSettings
from db.sittings import AgendaItem, Sitting
from db.upsert import table_of
from db.versions import Statement, store_statements
from vocab.verdicts import Review, Verdict

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
SITE = "kenesh"

SITTING = "plenary-2017-05-17"
VOTES = "plenary-2014-10-09"
COMING = "plenary-2099-09-02"
COMMITTEE = "committee-reglament-2018-10-02"
BILL = "gov-494-2014-08-29"
HOSTILE = "t-hostile"
PERSON, HOLDER, OTHER = "asanov-asan-asanovich", "bekova-burul-bekovna", "usonov-uson"
SCRIPT = "<script>alert('x')</script>"

PAGE = f"""<!doctype html><html><head><title>Протокол</title><meta charset="utf-8">{SCRIPT}</head>
<body onload="alert(1)"><h1>Протокол № 17</h1><p>Зарегистрировались 97 депутатов.</p>
<img src="https://evil.example/x.png"><a href="javascript:alert(2)">ссылка</a>
<p>Тел.: (0312) 61-16-04, +996 555 12 34 56, почта deputy@kenesh.example.</p></body></html>"""

BROKEN, UNREVIEWED, DISMISSED, WITHDRAWN = "f-broken", "f-unreviewed", "f-dismissed", "f-withdrawn"
KEPT, UNSURE, OLD = "f-kept", "f-unsure", "f-old"
"""Findings: two may never be seen (`UNREVIEWED`, `DISMISSED`), one was taken back, `OLD` was replaced by `KEPT`."""


def add(conn: Connection, model: type[SQLModel], *rows: Mapping[str, Any]) -> None:
    """Insert rows that name different columns, one after the other."""
    for row in rows:
        conn.execute(insert(table_of(model)), dict(row))


def fill(engine: Engine, settings: HomeSettings, *, origin: str = "replay") -> None:
    """Everything below in one database, its archive and its published folder."""
    archive = Archive(settings.archive_dir)
    with engine.begin() as conn:
        add(conn, Origin, {"id": 1, "kind": origin, "since": NOW})
        add(conn, Run, _run())
        _pages(conn, archive)
        _people(conn)
        _bills(conn)
        _sittings(conn)
        _records(conn)
        _links(conn)
        _findings(conn)
    archive.close()
    _published(settings.public_dir)


def _run() -> dict[str, Any]:
    ended = NOW + timedelta(minutes=3)
    return {
        "id": 1,
        "stage": "crawl",
        "site": SITE,
        "origin": "replay",
        "started_at": NOW,
        "ended_at": ended,
        "outcome": "clean",
        "figures": {},
        "reasons": [],
    }


def _pages(conn: Connection, archive: Archive) -> None:
    bodies = {
        1: ("text/html; charset=utf-8", PAGE.encode()),
        2: ("text/html", "<p>Жогорку Кеңеш</p>".encode("cp1251", "replace")),
        3: ("application/json", b'{"a": "<b>", "phone": "+996 555 123456"}'),
        4: ("application/pdf", b"%PDF-1.4 \x00\x01"),
    }
    for number, (content_type, body) in bodies.items():
        url = f"https://old.kenesh.kg/ru/article/show/{number}"
        file, offset = archive.append(url, 200, [("Content-Type", content_type)], body, NOW)
        row = {"id": number, "site": SITE, "kind": "protocol", "address": url, "url": url, "method": "GET"}
        row |= {"status": 200, "content_type": content_type, "sha256": f"{number:064x}", "redacted": number == 3}
        row |= {"original_sha256": "f" * 64 if number == 3 else None}
        row |= {"size": len(body), "shown_on": date(2017, 5, 20), "fetched_at": NOW, "last_seen": NOW}
        row |= {"warc_file": file, "warc_offset": offset, "run_id": 1, "is_last": False, "links": []}
        add(conn, SourcePage, row)
    lost = {"id": 5, "site": SITE, "kind": "protocol", "address": "x", "url": "https://old.kenesh.kg/x"}
    lost |= {"method": "GET", "status": 200, "sha256": "0", "redacted": False, "size": 1, "shown_on": date(2017, 5, 20)}
    lost |= {"fetched_at": NOW, "last_seen": NOW, "warc_file": "lost.warc.gz", "warc_offset": 0, "is_last": False}
    add(conn, SourcePage, lost | {"links": []})


def _people(conn: Connection) -> None:
    names = {PERSON: "Асанов Асан Асанович", HOLDER: "Бекова Бурул Бековна", OTHER: "Усөнов Үсөн"}
    for key, name in names.items():
        surname, given = name.split()[:2]
        add(conn, Person, {"id": key, "name": name, "surname": surname, "given": given})
        add(conn, PersonKey, {"match_key": surname.lower(), "person_id": key, "name": name})
    lists = {"seen_first": date(2016, 6, 17), "seen_last": date(2020, 1, 15)}
    members = ((PERSON, "VI", "Республика-Ата Журт"), (HOLDER, "VI", "Өнүгүү-Прогресс"), (OTHER, "V", None))
    for key, convocation, faction in members:
        add(conn, Membership, {"person_id": key, "convocation": convocation, "faction": faction, **lists})


def _bills(conn: Connection) -> None:
    law = {"kind": "law", "initiator": "government", "convocation": "V", "first_day": date(2014, 10, 9)}
    add(
        conn,
        Bill,
        {"id": BILL, "title": "О внесении изменений в Закон «Об образовании»", **law},
        {"id": HOSTILE, "title": f"О проекте {SCRIPT}", "kind": "other", "number": "6-1/26"},
    )
    add(
        conn,
        BillStanding,
        {"bill_id": BILL, "stage": "second_reading", "readings": "2", "last_day": date(2099, 9, 2), "entries": 2},
        {"bill_id": HOSTILE, "last_day": date(2018, 10, 2), "entries": 1},
    )
    add(conn, BillKey, {"kind": "title", "value": "о внесении изменений в закон об образовании", "bill_id": BILL})


def _sittings(conn: Connection) -> None:
    plenary = {"body": "plenary", "extraordinary": False, "cancelled": False}
    name = "Комитет по конституционному законодательству, государственному устройству и Регламенту"
    committee = {"committee": name, "committee_id": "reglament", "body": "committee"}
    add(
        conn,
        Sitting,
        {"id": SITTING, "day": date(2017, 5, 17), "number": "17", "title": "Протокол № 17", **plenary},
        {"id": VOTES, "day": date(2014, 10, 9), "title": "Внесено на голосование 09.10.14", **plenary},
        {
            "id": COMING,
            "day": date(2099, 9, 2),
            "title": "Повестка дня на 2 сентября",
            **plenary,
            "starts_at": time(10, 0),
            "place": "Большой зал",
        },
        {"id": COMMITTEE, "day": date(2018, 10, 2), "title": SCRIPT, **plenary, **committee},
    )
    for number, (sitting, bill) in enumerate(((VOTES, BILL), (COMING, BILL), (COMMITTEE, HOSTILE)), start=1):
        item = {"id": f"i{number}", "sitting_id": sitting, "bill_id": bill, "position": 1, "kind": "law"}
        add(conn, AgendaItem, item | {"title": f"О проекте Закона {number}", "readings": "2"})


def _records(conn: Connection) -> None:
    protocol: dict[str, list[dict[str, Any]]] = {
        "registrations": [{"seq": 1, "count": 97}, {"seq": 5, "count": 58}],
        "breaks": [{"seq": 4, "minutes": 15}, {"seq": 6, "minutes": None}],
        "absences": [
            {"seq": 2, "name": "Асанов А.А.", "transfer_to": "Бековой Б.Б.", "written_form": True},
            {"seq": 3, "name": "Неизвестный Н.Н.", "transfer_to": None},
        ],
    }
    pages = [
        _page("protocol:17", "protocol", date(2017, 5, 17), "Протокол № 17", protocol, page_id=1),
        _page("vote_list:1", "vote_list", date(2014, 10, 9), "Внесено на голосование", {}, page_id=1),
        _page("agenda:9", "agenda", date(2099, 9, 2), "Повестка дня", {"starts_at": "10:00:00"}, page_id=2),
    ]
    lines = [_line("vote_list:1", date(2014, 10, 9), [1]), _line("agenda:9", date(2099, 9, 2), [2])]
    store_statements(conn, [*pages, *lines], now=NOW)
    key = f"{SITE}:protocol:17"
    add(conn, RegistrationMark, *({"sitting_key": key, **mark} for mark in protocol["registrations"]))
    add(conn, BreakMark, *({"sitting_key": key, **mark} for mark in protocol["breaks"]))
    add(conn, AbsenceMark, *({"sitting_key": key, "seq": m["seq"], "name": m["name"]} for m in protocol["absences"]))
    transfer = {"sitting_key": key, "seq": 2, "from_name": "Асанов А.А.", "to_name": "Бековой Б.Б."}
    add(conn, TransferMark, {**transfer, "about": None, "written_form": True})
    document: dict[str, Any] = {
        "url": "https://kenesh.kg/uploads/1.pdf",
        "record_type": "agenda_entry",
        "kind": "rollcall",
    }
    document |= {"record_key": f"{SITE}:vote_list:1:line", "title": "Голосование 14", "first_seen": NOW}
    add(conn, Document, document)
    note = {"uuid": "o-1", "sitting_id": SITTING, "kind": "head_count", "value": {"count": 61}, "observer": "a"}
    add(conn, Observation, note | {"day": date(2017, 5, 17), "observed_at": NOW, "received_at": NOW})


def _page(key: str, source: str, day: date, title: str, fields: Mapping[str, Any], *, page_id: int) -> Statement:
    columns = {"source": source, "body": "plenary", "committee": None, "day": day, "number": None}
    return Statement(
        record_type="sitting_record",
        key=f"{SITE}:{key}",
        site=SITE,
        scope=source,
        part="page",
        fields={"title": title, "day": day.isoformat(), **fields},
        columns={**columns, "extraordinary": False, "title": title},
        url=f"https://old.kenesh.kg/ru/article/show/{page_id}",
        page_id=page_id,
    )


def _line(page: str, day: date, readings: list[int]) -> Statement:
    title = "О внесении изменений в Закон «Об образовании»"
    columns = {"sitting_key": f"{SITE}:{page}", "day": day, "position": 1, "kind": "law", "title": title}
    return Statement(
        record_type="agenda_entry",
        key=f"{SITE}:{page}:line",
        site=SITE,
        scope=page,
        part="page",
        fields={"item": {"title": title, "readings": readings}, "position": 1},
        columns={**columns, "readings": ",".join(map(str, readings)), "ballot": None},
        url="https://old.kenesh.kg/ru/article/show/1",
        page_id=1,
    )


def _links(conn: Connection) -> None:
    for key, sitting in (("protocol:17", SITTING), ("vote_list:1", VOTES), ("agenda:9", COMING)):
        _link(conn, "sitting_record", key, "", "sitting", sitting)
    for key in ("vote_list:1:line", "agenda:9:line"):
        _link(conn, "agenda_entry", key, "", "bill", BILL)
    _link(conn, "sitting_record", "protocol:17", "absence:2", "person", PERSON, "Асанов А.А.")
    _link(conn, "sitting_record", "protocol:17", "transfer:2", "person", HOLDER, "Бековой Б.Б.")
    _link(conn, "sitting_record", "protocol:17", "absence:3", "person", None, "Неизвестный Н.Н.")


def _link(
    conn: Connection, record: str, key: str, place: str, dossier: str, dossier_id: str | None, written: str = ""
) -> None:
    row: dict[str, Any] = {
        "record_type": record,
        "record_key": f"{SITE}:{key}",
        "place": place,
        "dossier_type": dossier,
    }
    row |= {"dossier_id": dossier_id, "written": written, "method": "name", "score": 1.0, "candidates": []}
    add(conn, Link, row)


def _findings(conn: Connection) -> None:
    later = NOW + timedelta(days=1)
    rows = [
        _finding(BROKEN, "R28", Verdict.BROKEN, case="transfer:2"),
        _finding(UNREVIEWED, "R28", Verdict.BROKEN, case="transfer:3", figures={"from": "Утаённый У.У."}),
        _finding(DISMISSED, "R33", Verdict.BROKEN),
        _finding(WITHDRAWN, "R33", Verdict.BROKEN, case="x"),
        _finding(KEPT, "R23", Verdict.KEPT),
        _finding(UNSURE, "R23", Verdict.CANNOT_TELL, case="later"),
        _finding(OLD, "R23", Verdict.KEPT) | {"superseded_at": later},
        _finding("f-bill", "R03", Verdict.CANNOT_TELL, case="1-2", subject=("bill", BILL)),
    ]
    add(conn, Finding, *rows)
    silent = {"check_id": "R27", "edition": "law", "reason": "written_transfer_allowed", "year": 2017, "number": 4}
    add(conn, NotApplicable, {"subject_kind": "sitting", "subject_id": SITTING} | silent)
    reviews = (
        *((BROKEN, Review.CONFIRMED), (DISMISSED, Review.DISMISSED)),
        *((WITHDRAWN, Review.CONFIRMED), (WITHDRAWN, Review.DISMISSED)),
    )
    for number, (key, decision) in enumerate(reviews, start=1):
        said = {"finding_id": key, "decision": decision, "reason": f"причина {number}", "decided_by": "редактор"}
        add(conn, FindingReview, said | {"decided_at": later + timedelta(minutes=number)})


def _finding(
    key: str,
    check: str,
    verdict: Verdict,
    *,
    case: str = "",
    subject: tuple[str, str] = ("sitting", SITTING),
    figures: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    evidence = {"record": f"sitting_record:{SITE}:protocol:17", "page_id": 1, "place": "transfer:2", "seen_at": None}
    row: dict[str, Any] = {
        "id": key,
        "check_id": check,
        "subject_kind": subject[0],
        "subject_id": subject[1],
        "case_key": case,
    }
    row |= {"day": date(2017, 5, 17), "verdict": verdict, "reason": "made_up", "edition": "rules-2011"}
    row |= {"article": "ст. 82", "quote": f"Правомочно {SCRIPT}", "verified": False, "code_version": "1"}
    row |= {"figures": figures or {"registered": 97, "seats": 120, "quorum": 61}, "computed_at": NOW}
    return row | {"evidence": [evidence | {"url": "https://old.kenesh.kg/ru/article/show/1"}]}


def _published(folder: Path) -> None:
    for name in ("feeds/ru/all.rss", "feeds/ru/all.atom", f"feeds/ru/bill/{BILL}.atom", "calendar/ru/sittings.ics"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"<feed/>" if path.suffix != ".ics" else b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
