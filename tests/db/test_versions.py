from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select
from sqlmodel import col

from db.pages import PageRecord, SourcePage
from db.records import DeputyRecord, PendingRecord, PressRecord, RecordVersion
from db.upsert import table_of, upsert
from db.versions import Statement, content_hash, mark_vanished, store_statements, touch_records_of_pages

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


def everything(conn: Connection) -> dict[str, list[dict[str, Any]]]:
    tables = [table_of(model) for model in (PressRecord, RecordVersion, PendingRecord)]
    return {
        table.name: [dict(row) for row in conn.execute(select(table).order_by(*table.primary_key)).mappings()]
        for table in tables
    }


def add_page(conn: Connection, redacted: bool) -> int:
    page = SourcePage(
        site="kenesh",
        kind="press",
        address="kenesh.kg/1",
        url="http://kenesh.kg/1",
        status=200,
        sha256="0",
        original_sha256="1" if redacted else None,
        redacted=redacted,
        size=1,
        shown_on=NOW.date(),
        fetched_at=NOW,
        last_seen=NOW,
        warc_file="f",
        warc_offset=0,
    )
    values = page.model_dump(exclude={"id"})
    return conn.execute(table_of(SourcePage).insert().values(values).returning(col(SourcePage.id))).scalar_one() or 0


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
        conn.execute(table_of(PendingRecord).delete())
        assert touch_records_of_pages(conn, ["kenesh.kg/x", "kenesh.kg/y"], LATER) == 1
        alive = select(col(PressRecord.key)).where(col(PressRecord.vanished_at).is_(None))
        assert list(conn.execute(alive).scalars()) == ["a"]
        assert pending(conn) == {"a"}


def test_a_record_that_comes_back_changed_has_a_version(engine: Engine) -> None:
    with engine.begin() as conn:
        store_statements(conn, [stated("b")], now=NOW)
        mark_vanished(conn, "press_record", "kenesh:press", not_seen_since=LATER, now=LATER)
        assert store_statements(conn, [stated("b", title="u")], now=LATER).changed == 1
        assert versions(conn, "b") == [(1, []), (2, ["title"])]
        assert conn.execute(select(col(PressRecord.vanished_at))).scalar_one() is None


def test_only_the_walked_scope_loses_records(engine: Engine) -> None:
    with engine.begin() as conn:
        store_statements(conn, [stated("a"), replace(stated("b"), scope="kenesh:other")], now=NOW)
        assert mark_vanished(conn, "press_record", "kenesh:press", not_seen_since=NOW, now=LATER) == ()
        assert mark_vanished(conn, "press_record", "kenesh:press", not_seen_since=LATER, now=LATER) == ("a",)
        assert mark_vanished(conn, "deputy_record", "kenesh:press", not_seen_since=LATER, now=LATER) == ()


@pytest.mark.parametrize("in_full", [True, False])
def test_a_second_run_writes_nothing_but_last_seen(engine: Engine, in_full: bool) -> None:
    """More records than a chunk, in two parts, one of them stated twice on one page in different words."""
    first = [stated(f"p{n:04}", part, title=part) for part in ("list", "page") for n in range(1001)]
    first += [stated("p0000", "list", title="twice"), stated("p0000", "list", title="list")]
    second = first if in_full else first[:2002]
    with engine.begin() as conn:
        counts = store_statements(conn, first, now=NOW)
        assert (counts.new, counts.changed, counts.unchanged) == (1001, 0, 0)
        before = everything(conn)
        again = store_statements(conn, second, now=LATER)
        assert (again.new, again.changed, again.unchanged) == (0, 0, 1001)
        after = everything(conn)
        assert after["record_version"] == before["record_version"]
        assert after["pending_record"] == before["pending_record"]
        assert after["press_record"] == [row | {"last_seen": LATER} for row in before["press_record"]]


def test_keys_in_another_order_are_the_same_content() -> None:
    assert content_hash({"a": 1, "b": {"c": "ң", "d": None}}) == content_hash({"b": {"d": None, "c": "ң"}, "a": 1})
    assert content_hash({"a": [1, 2]}) != content_hash({"a": [2, 1]})
    with pytest.raises(ValueError, match="JSON compliant"):
        content_hash({"a": float("inf")})


def test_several_types_are_stored_together(engine: Engine) -> None:
    deputy = replace(
        stated("d"), record_type="deputy_record", columns={"name": "А", "shown_on": NOW.date(), "convocation": "VI"}
    )
    with engine.begin() as conn:
        assert store_statements(conn, [stated("d"), deputy, stated("e")], now=NOW).new == 3
        assert store_statements(conn, [], now=NOW).new == 0
        assert conn.execute(select(col(DeputyRecord.name))).scalars().all() == ["А"]


def test_reading_the_archive_again_shows_nothing_on_the_site(engine: Engine) -> None:
    with engine.begin() as conn:
        store_statements(conn, [stated("a"), stated("b")], now=NOW)
        mark_vanished(conn, "press_record", "kenesh:press", not_seen_since=LATER, now=LATER)
        again = [stated("a"), stated("b", title="read better")]
        counts = store_statements(conn, again, now=LATER + timedelta(hours=1), seen=False)
        assert (counts.new, counts.changed, counts.unchanged) == (0, 1, 1)
        rows = {row["key"]: row for row in everything(conn)["press_record"]}
        assert {(row["last_seen"], row["vanished_at"]) for row in rows.values()} == {(NOW, LATER)}
        assert (rows["b"]["title"], rows["b"]["version"]) == ("read better", 2)


def test_a_version_names_the_page_that_showed_it(engine: Engine) -> None:
    with engine.begin() as conn:
        pages = [add_page(conn, redacted) for redacted in (False, True)]
        store_statements(conn, [replace(stated("a"), page_id=pages[0], url="http://a/1")], now=NOW)
        store_statements(conn, [replace(stated("a"), page_id=pages[1], url="http://a/2")], now=LATER)
        record = everything(conn)["press_record"][0]
        assert (record["page_id"], record["url"]) == (pages[0], "http://a/1"), "the same words again are no version"
        store_statements(conn, [replace(stated("a", title="u"), page_id=pages[1], url="http://a/2")], now=LATER)
        record = everything(conn)["press_record"][0]
        assert (record["page_id"], record["url"], record["first_seen"]) == (pages[1], "http://a/2", NOW)
        assert [row["page_id"] for row in everything(conn)["record_version"]] == pages
        flags = conn.execute(select(col(SourcePage.redacted)).order_by(col(SourcePage.id))).scalars()
        assert list(flags) == [False, True]
