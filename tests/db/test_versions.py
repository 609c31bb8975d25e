from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, select
from sqlmodel import col

from db.pages import PageRecord
from db.records import PendingRecord, PressRecord, RecordVersion
from db.upsert import upsert
from db.versions import Statement, mark_vanished, store_statements, touch_records_of_pages

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def stated(key: str, part: str = "list", *, title: str = "t", **fields: Any) -> Statement:
    columns: dict[str, Any] = {"title": title} if part == "list" else {"title": title, "has_body": True}
    return Statement(
        record_type="press_record",
        key=key,
        site="kenesh",
        scope="kenesh:press",
        part=part,
        fields={"title": title} | fields,
        columns={"has_body": False} | columns if part == "list" else columns,
    )


def versions(conn: Connection, key: str) -> list[tuple[int, list[str]]]:
    query = select(col(RecordVersion.version), col(RecordVersion.changes)).where(col(RecordVersion.record_key) == key)
    return [(version, changes) for version, changes in conn.execute(query.order_by(col(RecordVersion.version)))]


def pending(conn: Connection) -> set[str]:
    return set(conn.execute(select(col(PendingRecord.record_key))).scalars())


def test_new_unchanged_and_changed(engine: Engine) -> None:
    with engine.begin() as conn:
        counts = store_statements(conn, [stated(f"p{n}") for n in range(5)], now=NOW)
        assert (counts.new, counts.changed, counts.unchanged) == (5, 0, 0)
        again = store_statements(
            conn, [stated("p0", title="other"), *(stated(f"p{n}") for n in range(1, 5))], now=LATER
        )
        assert (again.new, again.changed, again.unchanged) == (0, 1, 4)
        assert versions(conn, "p0") == [(1, []), (2, ["title"])]
        assert versions(conn, "p1") == [(1, [])]
        seen = {
            key: (first, last)
            for key, first, last in conn.execute(
                select(col(PressRecord.key), col(PressRecord.first_seen), col(PressRecord.last_seen))
            )
        }
        assert seen["p1"] == (NOW, LATER)
        assert pending(conn) == {f"p{n}" for n in range(5)}


def test_parts_of_one_record_do_not_undo_each_other(engine: Engine) -> None:
    with engine.begin() as conn:
        both = [stated("p", "list", title="short"), stated("p", "page", title="long", body="b")]
        assert store_statements(conn, both, now=NOW).new == 1
        assert store_statements(conn, both, now=LATER).unchanged == 1
        assert store_statements(conn, list(reversed(both)), now=LATER).unchanged == 1
        payload = conn.execute(select(col(PressRecord.payload))).scalar_one()
        assert payload == {"list": {"title": "short"}, "page": {"title": "long", "body": "b"}}
        assert store_statements(conn, [stated("p", "page", title="long", body="c")], now=LATER).changed == 1
        assert versions(conn, "p") == [(1, []), (2, ["body"])]


def test_a_part_that_comes_later_keeps_the_columns_of_the_first(engine: Engine) -> None:
    with engine.begin() as conn:
        store_statements(conn, [stated("p", "list", title="short")], now=NOW)
        only_body = Statement(
            record_type="press_record",
            key="p",
            site="kenesh",
            scope="kenesh:press",
            part="page",
            fields={"body": "b"},
            columns={"has_body": True},
        )
        assert store_statements(conn, [only_body], now=LATER).changed == 1
        row = conn.execute(select(col(PressRecord.title), col(PressRecord.has_body), col(PressRecord.version))).one()
        assert tuple(row) == ("short", True, 2)
        assert versions(conn, "p")[1] == (2, ["page"])


def test_vanish_and_return(engine: Engine) -> None:
    with engine.begin() as conn:
        store_statements(conn, [stated("a"), stated("b")], now=NOW)
        store_statements(conn, [stated("a")], now=LATER)
        assert mark_vanished(conn, "press_record", "kenesh:press", not_seen_since=LATER, now=LATER) == ("b",)
        assert mark_vanished(conn, "press_record", "kenesh:press", not_seen_since=LATER, now=LATER) == ()
        counts = store_statements(conn, [stated("b")], now=LATER)
        assert counts.changed == 1
        assert versions(conn, "b") == [(1, [])]


def test_an_unchanged_page_moves_its_records(engine: Engine) -> None:
    with engine.begin() as conn:
        store_statements(conn, [stated("a"), stated("b")], now=NOW)
        rows = [{"address": "kenesh.kg/x", "record_type": "press_record", "record_key": "a"}]
        upsert(conn, PageRecord, rows, key=("address", "record_type", "record_key"), update=())
        mark_vanished(conn, "press_record", "kenesh:press", not_seen_since=LATER, now=LATER)
        conn.execute(PendingRecord.__table__.delete())  # type: ignore[attr-defined]
        assert touch_records_of_pages(conn, ["kenesh.kg/x", "kenesh.kg/y"], LATER) == 1
        alive = select(col(PressRecord.key)).where(col(PressRecord.vanished_at).is_(None))
        assert list(conn.execute(alive).scalars()) == ["a"]
        assert pending(conn) == {"a"}
