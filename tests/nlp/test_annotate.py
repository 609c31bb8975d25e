"""The text layer's run: what changed is read, once, whatever dies in between; one bad text stops nobody."""

import multiprocessing
import os
import signal
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, select

from db.annotations import Annotation, DraftEdge, MentionRow, PressEventRow, TopicRow
from db.engine import open_engine
from db.pending import pending_keys, take_pending
from db.records import PendingText
from db.runs import Run
from db.upsert import table_of
from db.versions import Statement, store_statements
from nlp import run
from nlp.reader import read_text
from nlp.run import annotate

NOW = datetime(2023, 4, 28, 6, 0, tzinfo=UTC)
TITLE = "О внесении изменений в Закон Кыргызской Республики «О дорожном движении»"
BODY = (
    "На заседании Жогорку Кенеша сегодня, 27 апреля, депутаты рассмотрели проект Закона "
    f"«{TITLE}» в первом чтении.\nЗаконопроект представила депутат Айнура Эсенова. "
    "По итогам обсуждения законопроект принят в первом чтении."
)
ROAD_LAW = "Закон Кыргызской Республики «О дорожном движении»"
HOSTILE = (
    "",
    "a" * 500_000,
    "«" * 5000,
    "\x00\x01\ud7ff \u202e",
    "<p>О пр\u043eекте Зaкoна «О</p> &laquo;",
    "№ " * 9000,
)


def press(key: str, title: str, body: str, day: datetime = NOW) -> Statement:
    return Statement(
        record_type="press_record",
        key=f"kenesh:press:{key}",
        site="kenesh",
        scope="kenesh:press",
        part="page",
        fields={"title": title, "body": body},
        columns={"title": title, "published_at": day, "has_body": True},
    )


def registered(key: str, title: str) -> Statement:
    return Statement(
        record_type="registry_entry",
        key=f"kenesh:bill:{key}",
        site="kenesh",
        scope="kenesh:bill",
        part="list",
        fields={"title": title, "number": "6-502/23"},
        columns={"title": title, "number": "6-502/23", "registered_on": date(2023, 4, 1)},
    )


def act(key: str, title: str) -> Statement:
    return Statement(
        record_type="act_record",
        key=f"cbd:act:{key}",
        site="cbd",
        scope="cbd:act",
        part="list",
        fields={"title": title, "code": key},
        columns={"title": title, "code": key, "kind": "Закон", "adopted_on": date(2008, 4, 20), "published_on": None},
    )


def deputy(name: str) -> Statement:
    return Statement(
        record_type="deputy_record",
        key="kenesh:deputy:7",
        site="kenesh",
        scope="kenesh:deputy",
        part="list",
        fields={"name": name},
        columns={"name": name, "convocation": "VII", "faction": None, "shown_on": date(2023, 1, 10)},
    )


def store(engine: Engine, *statements: Statement) -> None:
    with engine.begin() as conn:
        store_statements(conn, list(statements), now=NOW)


def rows(engine: Engine, model: Any, **same: object) -> list[dict[str, Any]]:
    table = table_of(model)
    query = select(table).where(*(table.c[name] == value for name, value in same.items())).order_by(*table.primary_key)
    with engine.connect() as conn:
        return [dict(row) for row in conn.execute(query).mappings()]


def waiting(engine: Engine) -> dict[str, list[str]]:
    """What waits for the tracker; struck off."""
    with engine.begin() as conn:
        found = pending_keys(conn)
        take_pending(conn, found)
    return found


def test_a_release_is_read(engine: Engine) -> None:
    store(engine, deputy("Эсенова Айнура Асановна"), press("1", "Принят законопроект", BODY), registered("1", TITLE))
    counts = annotate(engine, now=NOW)
    assert (counts.texts, counts.read, counts.changed, counts.failed) == (2, 2, 2, 0)
    (event,) = rows(engine, PressEventRow)
    assert (event["draft"], event["action"], event["body"]) == (TITLE, "adopted", "plenary")
    assert (event["readings"], event["day"], event["presenter"]) == ([1], date(2023, 4, 27), "Айнура Эсенова")
    (note,) = rows(engine, Annotation, record_type="press_record")
    assert (note["language"], note["failure"]) == ("ru", None)
    assert len(note["sentences"]) > 2
    (person,) = rows(engine, MentionRow, kind="person")
    assert (person["normal"], person["key"]) == ("Айнура Эсенова", "kenesh:deputy:7")
    assert ROAD_LAW in {one["normal"] for one in rows(engine, MentionRow, kind="act", record_type="press_record")}
    assert {row["topic"] for row in rows(engine, TopicRow, rank=1)} == {10}
    (edge,) = rows(engine, DraftEdge)
    assert (edge["relation"], edge["left_key"], edge["right_place"]) == ("same", "kenesh:press:1", "")
    (done,) = rows(engine, Run, stage="annotate")
    assert done["outcome"] == "clean"


def test_what_did_not_change_is_left_alone(engine: Engine) -> None:
    store(engine, press("1", "Принят законопроект", BODY), press("2", "О погоде", "Сегодня идет дождь."))
    store(engine, act("202224", ROAD_LAW), act("202225", f"Закон «О внесении изменений в {ROAD_LAW}»"))
    annotate(engine, now=NOW)
    waiting(engine)
    assert annotate(engine, now=NOW).texts == 0
    everything = annotate(engine, now=NOW, everything=True)
    assert (everything.texts, everything.read, everything.changed) == (4, 0, 0)
    assert annotate(engine, now=NOW).texts == 0
    assert waiting(engine) == {}
    store(engine, press("2", "О погоде", "Сегодня идет снег, сказал депутат."))
    changed = annotate(engine, now=NOW)
    assert (changed.texts, changed.read) == (1, 1)
    assert waiting(engine) == {"press_record": ["kenesh:press:2"]}


def test_other_names_on_the_lists_have_everything_read_again(engine: Engine) -> None:
    store(engine, press("1", "Принят законопроект", BODY))
    annotate(engine, now=NOW)
    assert rows(engine, MentionRow, kind="person")[0]["key"] == "Айнура Эсенова"
    store(engine, deputy("Эсенова Айнура Асановна"))
    assert annotate(engine, now=NOW).read == 1
    assert rows(engine, MentionRow, kind="person")[0]["key"] == "kenesh:deputy:7"


def test_an_act_is_joined_with_its_record_whichever_came_first(engine: Engine) -> None:
    store(engine, press("1", "Принят законопроект", BODY))
    annotate(engine, now=NOW)

    def records() -> set[str | None]:
        cited = rows(engine, MentionRow, kind="act", record_type="press_record")
        return {one["value"]["record"] for one in cited if one["normal"] == ROAD_LAW}

    assert records() == {None}
    store(engine, act("202224", ROAD_LAW))
    annotate(engine, now=NOW)
    assert records() == {"cbd:act:202224"}
    store(engine, act("999", ROAD_LAW))  # two fit: nothing is guessed
    annotate(engine, now=NOW)
    assert records() == {None}


@pytest.mark.parametrize("text_first", [True, False])
def test_an_act_is_joined_by_its_number_and_day(sqlite_engine: Engine, text_first: bool) -> None:
    cited = "Закон «О дорожном движении в Кыргызской Республике» от 20 апреля 2008 года № 52"
    text, law = press("1", "О дорогах", f"Это предусматривает {cited}."), act("52", f"{ROAD_LAW} от 20.04.2008 г. № 52")
    for one in (text, law) if text_first else (law, text):
        store(sqlite_engine, one)
        annotate(sqlite_engine, now=NOW)
    (mention,) = rows(sqlite_engine, MentionRow, kind="act", record_type="press_record")
    assert mention["value"]["record"] == "cbd:act:52"
    store(sqlite_engine, act("52", "Закон «О мёде»"))
    annotate(sqlite_engine, now=NOW)
    (mention,) = rows(sqlite_engine, MentionRow, kind="act", record_type="press_record")
    assert mention["value"]["record"] is None


def test_no_text_stops_the_run(sqlite_engine: Engine) -> None:
    bad = [press(str(number), text, text) for number, text in enumerate(HOSTILE)]
    store(sqlite_engine, *bad, press("good", "Принят законопроект", BODY))
    counts = annotate(sqlite_engine, now=NOW)
    assert (counts.texts, counts.failed) == (len(HOSTILE) + 1, 0)
    assert len(rows(sqlite_engine, PressEventRow)) == 1


def test_a_text_that_fails_is_marked(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    store(sqlite_engine, press("1", "Принят законопроект", BODY), press("2", "О погоде", "дождь"))
    plain = read_text

    def fails(text: Any, names: Any) -> Any:
        if text.key == "kenesh:press:2":
            raise ValueError("a fault in the code")
        return plain(text, names)

    monkeypatch.setattr(run, "read_text", fails)
    counts = annotate(sqlite_engine, now=NOW)
    assert (counts.texts, counts.failed) == (2, 1)
    failed = [one["failure"] for one in rows(sqlite_engine, Annotation)]
    assert failed == [None, "ValueError: a fault in the code"]
    (done,) = rows(sqlite_engine, Run, stage="annotate")
    reason = "texts that could not be read: 1; the failure of each stands in its annotation"
    assert (done["outcome"], done["reasons"]) == ("red", [reason])


def test_a_record_that_changes_meanwhile_stays_on_the_list(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(sqlite_engine, press("1", "О погоде", "дождь"))
    plain = read_text
    told = ["Сегодня идет снег."]

    def slow(text: Any, names: Any) -> Any:
        if told:
            store(sqlite_engine, press("1", "О погоде", told.pop()))
        return plain(text, names)

    monkeypatch.setattr(run, "read_text", slow)
    annotate(sqlite_engine, now=NOW)
    with sqlite_engine.connect() as conn:
        assert pending_keys(conn, PendingText) == {}
    (note,) = rows(sqlite_engine, Annotation)
    assert [one[2] for one in note["sentences"]] == ["ru"] * len(note["sentences"])
    assert note["content_hash"] == stored_hash(sqlite_engine)


def stored_hash(engine: Engine) -> str:
    with engine.connect() as conn:
        found: Sequence[Any] = conn.exec_driver_sql("SELECT content_hash FROM press_record").scalars().all()
    return str(found[0])


def test_a_killed_run_loses_and_doubles_nothing(sqlite_url: str, sqlite_engine: Engine) -> None:
    many = [press(str(number), f"Принят законопроект № {number}", BODY) for number in range(8)]
    store(sqlite_engine, *many)
    killed = multiprocessing.get_context("spawn").Process(target=die_between_batches, args=(sqlite_url,))
    killed.start()
    killed.join()
    assert killed.exitcode == -signal.SIGKILL
    assert len(rows(sqlite_engine, Annotation)) == 3
    assert rows(sqlite_engine, Run, stage="annotate") == []
    annotate(sqlite_engine, now=NOW)
    assert len(rows(sqlite_engine, Annotation)) == len(rows(sqlite_engine, PressEventRow)) == len(many)


def die_between_batches(url: str) -> None:
    run.BATCH = 3
    engine = open_engine(url)
    annotate(engine, now=NOW, progress=lambda _done, _total: os.kill(os.getpid(), signal.SIGKILL))
