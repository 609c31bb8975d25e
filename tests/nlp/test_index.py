from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, delete, select, update

import nlp.search.run
from db.annotations import TopicDecision
from db.bills import Bill
from db.engine import reader
from db.findings import Finding, FindingReview
from db.records import RECORD_TABLES
from db.runs import Run
from db.search import SearchPage, SearchQuery, search
from db.search_documents import DocumentKind, SearchDocument
from db.settings import HomeSettings
from db.upsert import table_of
from db.versions import Statement, mark_gone, store_statements
from nlp.search.query import read_query
from nlp.search.run import IndexCounts, index
from nlp.search.texts import LONGEST
from tests.nlp.searched import ACT, LATER, PRESS, fill
from tests.web.sample import BILL, BROKEN, HOLDER, HOSTILE, NOW, PERSON, SITTING, add
from vocab.ids import committee_id


@pytest.fixture
def filled(engine: Engine, database_url: str, tmp_path: Path) -> Engine:
    fill(engine, HomeSettings(home=tmp_path, database_url=database_url))
    return engine


def find(conn: Connection, words: str, **filters: Any) -> SearchPage:
    return search(conn, SearchQuery(words=read_query(words), **filters))


def keys(page: SearchPage) -> set[str]:
    return {hit.key for hit in page.hits}


def test_everything_public_can_be_found(filled: Engine) -> None:
    counts = index(filled, now=NOW)
    with reader(filled) as conn:
        rows = conn.execute(select(*table_of(SearchDocument).c)).mappings().all()
        assert (counts.documents, counts.new, counts.changed, counts.removed) == (len(rows), len(rows), 0, 0)
        by_kind: dict[str, dict[str, Any]] = {}
        for row in rows:
            by_kind.setdefault(row["kind"], {})[row["key"]] = row
        assert {kind: len(found) for kind, found in by_kind.items()} == {
            "bill": 2,
            "item": 3,
            "press": 1,
            "protocol": 1,
            "finding": 1,
            "act": 1,
        }
        urls = {row["url"] for row in rows}
        assert urls >= {f"/bills/{BILL}", f"/sittings/{SITTING}", f"/findings/{BROKEN}", "/evidence/1"}
        assert by_kind["press"][PRESS]["language"] == "ru"
        assert by_kind["act"][ACT]["url"] == f"/bills/{BILL}"
        assert by_kind["bill"][BILL]["day"] == date(2099, 9, 2)


def test_no_accusation_is_found_before_a_person_confirmed_it(filled: Engine) -> None:
    with filled.begin() as conn:
        conn.execute(delete(table_of(FindingReview)).where(table_of(FindingReview).c.finding_id == BROKEN))
    index(filled, now=NOW)
    with reader(filled) as conn:
        assert find(conn, "Утаённый", kinds=[DocumentKind.FINDING]).total == 0
        assert (
            conn.execute(
                select(table_of(SearchDocument).c.key).where(table_of(SearchDocument).c.kind == "finding")
            ).all()
            == []
        )


@pytest.mark.parametrize(
    ("words", "kind", "found"),
    [
        ("пенсиями", "press", {PRESS}),
        ("образования", "bill", {BILL}),
        ("билимге", "bill", {BILL}),
        ("Бековой", "bill", {BILL}),
        ("стипендия", "bill", {BILL}),
        ("старого обоснования", "bill", set()),
        ("6-1/26", "bill", {HOSTILE}),
        ("Асанову", "protocol", {"kenesh:protocol:17"}),
        ("мёд", "act", {ACT}),
        ("мед", "act", {ACT}),
        ("протокола", "finding", {BROKEN}),
    ],
)
def test_inflected_words_find(filled: Engine, words: str, kind: str, found: set[str]) -> None:
    index(filled, now=NOW)
    with reader(filled) as conn:
        assert keys(find(conn, words, kinds=[DocumentKind(kind)])) == found


def test_filters_know_bodies_persons_topics_and_verdicts(filled: Engine) -> None:
    index(filled, now=NOW)
    with reader(filled) as conn:
        assert keys(find(conn, "пенсия", topic=13)) == {PRESS}
        assert keys(find(conn, "пенсия", topic=6)) == set()
        assert keys(find(conn, "пенсия", person=PERSON)) == {PRESS}
        assert keys(find(conn, "пенсия", body="plenary")) == {PRESS}
        assert keys(find(conn, "пенсия", body=committee_id("Комитет по бюджету"))) == {PRESS}
        assert keys(find(conn, "пенсия", body="faction")) == set()
        assert keys(find(conn, "образование", topic=6, kinds=[DocumentKind.BILL])) == {BILL}
        assert keys(find(conn, "протокол", person=HOLDER, kinds=[DocumentKind.PROTOCOL])) == {"kenesh:protocol:17"}
        assert keys(find(conn, "протокол", verdict="broken")) == {BROKEN}


def test_a_second_run_writes_nothing(filled: Engine) -> None:
    first = index(filled, now=NOW)
    assert index(filled, now=LATER) == IndexCounts(documents=first.documents)
    assert index(filled, now=LATER, everything=True) == IndexCounts(documents=first.documents, changed=first.documents)


def test_only_what_changed_is_written(filled: Engine) -> None:
    first = index(filled, now=NOW)
    bill = table_of(Bill)
    with filled.begin() as conn:
        conn.execute(update(bill).where(bill.c.id == HOSTILE).values(title="О трамваях"))
        add(
            conn,
            TopicDecision,
            {"subject_type": "bill", "subject_id": BILL, "topics": [10], "decided_by": "x", "decided_at": NOW},
        )
    counts = index(filled, now=LATER)
    assert (counts.documents, counts.new, counts.removed) == (first.documents, 0, 0)
    assert counts.changed == 5  # both bills, two items of the second one, the act that it became
    with reader(filled) as conn:
        assert keys(find(conn, "трамвай")) == {HOSTILE}
        assert BILL in keys(find(conn, "образование", topic=10))


def test_what_vanished_is_removed(filled: Engine) -> None:
    index(filled, now=NOW)
    review = {"finding_id": BROKEN, "decision": "dismissed", "reason": "x", "decided_by": "x", "decided_at": LATER}
    with filled.begin() as conn:
        mark_gone(conn, "press_record", [PRESS], LATER)
        add(conn, FindingReview, review)
    assert index(filled, now=LATER).removed == 2
    with reader(filled) as conn:
        assert find(conn, "пенсия").total == 0
        assert find(conn, "протокол", verdict="broken").total == 0


def test_a_superseded_finding_is_removed(filled: Engine) -> None:
    index(filled, now=NOW)
    finding = table_of(Finding)
    with filled.begin() as conn:
        conn.execute(update(finding).where(finding.c.id == BROKEN).values(superseded_at=LATER))
    assert index(filled, now=LATER).removed == 1


def test_other_code_writes_everything_anew(filled: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    first = index(filled, now=NOW)
    monkeypatch.setattr(nlp.search.run, "code_digest", lambda *_, **__: "other")
    assert index(filled, now=LATER).changed == first.documents


def test_a_run_is_remembered_and_tells_how_far_it_is(filled: Engine) -> None:
    told: list[tuple[int, int]] = []
    counts = index(filled, now=NOW, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (counts.documents, counts.documents)
    with reader(filled) as conn:
        run = table_of(Run).c
        figures = conn.execute(select(run.figures).where(run.stage == "index")).scalar_one()
    assert figures["new"] == counts.new


def test_bad_text_is_indexed_as_far_as_it_goes(engine: Engine) -> None:
    hostile = "пенсия \0 <b>&nbsp;</b> " + "слово " * 200_000
    with engine.begin() as conn:
        columns = {"title": "\u202eпенсия", "has_body": True, "published_at": None}
        store_statements(conn, [stated_without_page(hostile.replace("\0", "\x01"), columns)], now=NOW)
    index(engine, now=NOW)
    with reader(engine) as conn:
        (hit,) = find(conn, "пенсия").hits
        length = len(conn.execute(select(table_of(SearchDocument).c.text)).scalar_one())
    assert hit.url == "https://kenesh.kg/1"
    assert length <= LONGEST


def stated_without_page(body: str, columns: Mapping[str, Any]) -> Statement:
    return Statement(
        record_type="press_record",
        key=PRESS,
        site="kenesh",
        scope="x",
        part="page",
        fields={"body": body},
        columns=columns,
        url="https://kenesh.kg/1",
    )


def test_every_kind_of_record_that_is_read_exists() -> None:
    assert RECORD_TABLES.keys() >= nlp.search.texts._SAID.keys()
