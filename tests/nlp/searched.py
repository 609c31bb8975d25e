"""What the search is filled from in its tests: the sample of the site, a press release, an act, a registered bill."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, text

from db.annotations import MentionRow, PressEventRow, TopicRow
from db.documents import Document, DocumentText
from db.links import Link
from db.settings import HomeSettings
from db.versions import Statement, store_statements
from tests.web import sample
from tests.web.sample import BILL, NOW, PERSON, add

LATER = datetime(2026, 9, 2, 8, 0, tzinfo=UTC)
PRESS, ACT, ENTRY = "kenesh:press:1", "cbd:act:1", "kenesh:bill:1"


def fill(engine: Engine, settings: HomeSettings) -> None:
    """All of it."""
    sample.fill(engine, settings)
    with engine.begin() as conn:
        if conn.dialect.name == "postgresql":  # the sample numbers its run itself
            conn.execute(text("SELECT setval('run_id_seq', 100)"))
        store_statements(conn, list(statements()), now=NOW)
        add(conn, Link, link("registry_entry", ENTRY, "bill", BILL), link("act_record", ACT, "bill", BILL))
        add(conn, Link, link("deputy_record", "kenesh:deputy:1", "person", PERSON))
        add(
            conn,
            MentionRow,
            mention("press_record", PRESS, 0, "kenesh:deputy:1"),
            mention("press_record", PRESS, 1, None),
        )
        add(
            conn,
            PressEventRow,
            event(0, "plenary", None),
            event(1, "committee", "Комитет по бюджету"),
            event(2, "faction", None),
        )
        add(conn, TopicRow, topic("press_record", PRESS, 13), topic("registry_entry", ENTRY, 6))
        _texts(conn)


def _texts(conn: Connection) -> None:
    add(
        conn,
        Document,
        {
            "url": "/a.docx",
            "record_type": "registry_entry",
            "record_key": ENTRY,
            "kind": "note",
            "title": "Справка",
            "first_seen": NOW,
        },
    )
    add(
        conn,
        DocumentText,
        text_of("1", "Старое обоснование", NOW),
        text_of("2", "Новое обоснование\nстипендии", LATER),
    )


def statements() -> Iterator[Statement]:
    press = {"title": "Обсудили пенсии", "body": "Депутаты говорили о пенсиях.\nАсанов А. против."}
    yield stated("press_record", PRESS, press, {"title": press["title"], "has_body": True, "published_at": NOW})
    act = {"code": "112", "title": "О мёде", "kind": "Закон КР", "adopted_on": date(2015, 1, 2), "published_on": None}
    yield stated("act_record", ACT, {"title": "О мёде"}, act)
    bill = {"title": "Билим берүү жөнүндө", "initiators": ["Бекова Б.Б."]}
    yield stated("registry_entry", ENTRY, bill, {"title": bill["title"], "number": "6-1/26", "registered_on": None})


def stated(kind: str, key: str, fields: Mapping[str, Any], columns: Mapping[str, Any]) -> Statement:
    return Statement(
        record_type=kind, key=key, site="kenesh", scope=kind, part="page", fields=fields, columns=columns, page_id=1
    )


def link(record_type: str, key: str, dossier: str, dossier_id: str) -> dict[str, Any]:
    row = {"record_type": record_type, "record_key": key, "place": "", "dossier_type": dossier}
    return row | {"dossier_id": dossier_id, "written": "", "method": "x", "score": 1.0, "candidates": []}


def mention(record_type: str, key: str, seq: int, known: str | None) -> dict[str, Any]:
    row = {"record_type": record_type, "record_key": key, "seq": seq, "kind": "person", "start": 0, "end": 1}
    return row | {
        "written": "А",
        "normal": "А",
        "key": known or "А",
        "value": {"known": known},
        "score": 1.0,
        "method": "x",
    }


def event(seq: int, body: str, committee: str | None) -> dict[str, Any]:
    row = {"record_key": PRESS, "seq": seq, "draft": "", "kind": "law", "body": body, "committee": committee}
    return row | {
        "action": "adopted",
        "day": date(2026, 9, 1),
        "day_stated": True,
        "quoted": True,
        "score": 1.0,
        "readings": [],
        "words": [],
    }


def topic(record_type: str, key: str, number: int) -> dict[str, Any]:
    return {
        "record_type": record_type,
        "record_key": key,
        "rank": 1,
        "topic": number,
        "score": 1.0,
        "method": "x",
        "words": [],
    }


def text_of(sha256: str, text: str, seen: datetime) -> dict[str, Any]:
    row = {"url": "/a.docx", "sha256": sha256, "media": "docx", "method": "x", "code_version": "1", "text": text}
    return row | {"first_seen": seen, "read_at": seen}
