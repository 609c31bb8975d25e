"""Nothing private gets into an export: marked secrets are planted wherever they could stand, and looked for."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from shutil import copyfile
from typing import Any

import pyarrow.parquet as pq
import pytest

from db.engine import open_engine
from db.happenings import Happening
from db.media import Interview, LiveVideo
from db.metadata import METADATA
from db.observations import Observation
from db.settings import HomeSettings
from db.versions import Statement, store_statements
from tests.web import sample
from vocab.observation import CHOICES, FIELDS, GROUND_NOT_NAMED, ObservationKind
from vocab.observation import Field as Noted
from web.bulk.run import Wish, export

SECRET = "СЕКРЕТ"
MAIL, PHONE = "tajna@post.example", "+996 555 98 76 54"

PUBLIC: Mapping[str, frozenset[str]] = {
    "absence": frozenset(),
    "act_record": frozenset({"scope"}),
    "agenda_entry": frozenset({"scope"}),
    "agenda_item": frozenset(),
    "ballot_record": frozenset({"scope"}),
    "bill": frozenset(),
    "bill_alias": frozenset(),
    "deputy_record": frozenset({"scope"}),
    "document": frozenset({"address"}),
    "finding": frozenset(),
    "finding_review": frozenset({"reason", "decided_by"}),
    "happening": frozenset({"key"}),
    "interview": frozenset({"approved_how", "approval_kept_by", "added_by", "withdrawn_by", "withdrawn_reason"}),
    "link": frozenset({"written", "method", "candidates"}),
    "live_video": frozenset({"added_by", "withdrawn_by", "withdrawn_reason"}),
    "membership": frozenset(),
    "observation": frozenset({"observer", "device", "digest", "marks"}),
    "origin": frozenset({"detail"}),
    "person": frozenset(),
    "press_record": frozenset({"scope"}),
    "record_version": frozenset(),
    "registration": frozenset(),
    "registry_entry": frozenset({"scope"}),
    "sitting": frozenset(),
    "sitting_break": frozenset(),
    "sitting_record": frozenset({"scope"}),
    "source_page": frozenset({"request_body", "etag", "last_modified", "parsed_with", "links", "warc_file"}),
    "vote_transfer": frozenset(),
}
"""The tables that an export reads, and the columns of them that stay inside. Every other table is private whole."""

_WORDS = {"DATETIME": "2026-09-01 08:00:00.000000", "DATE": "2026-09-01", "TIME": "10:00:00.000000"}


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory, empty_tables: Path) -> Mapping[str, str]:
    """Everything that stands in an export of a database full of secrets, by file."""
    home = tmp_path_factory.mktemp("secrets")
    path = home / "baikoo.sqlite"
    copyfile(empty_tables, path)
    engine = open_engine(f"sqlite:///{path}")
    sample.fill(engine, HomeSettings(home=home, database_url=str(engine.url)))
    with engine.begin() as conn:
        sample.add(conn, Observation, *notes())
        sample.add(conn, Happening, *happenings())
        sample.add(conn, LiveVideo, *videos())
        sample.add(conn, Interview, *interviews())
        store_statements(conn, [release()], now=sample.NOW)
    plant(path)
    made = export(engine, home / "out", Wish(day=date(2026, 11, 27)))
    engine.dispose()
    return dict(contents(made.path))


def notes() -> Iterator[dict[str, Any]]:
    """A note of every kind with a secret in every field that is typed."""
    chosen: dict[Noted, Any] = {field: values[0] for field, values in CHOICES.items()}
    chosen |= {Noted.NUMBER: 3, Noted.MINUTES: 3, Noted.TIME: "10:00", Noted.YES_NO: True, Noted.READINGS: [1]}
    chosen |= {Noted.DAY: "2017-05-17", Noted.GROUND: GROUND_NOT_NAMED}
    typed = {Noted.TEXT, Noted.PERSON, Noted.LINK, Noted.UPLOAD}
    for kind in ObservationKind:
        value = {
            name: f"{SECRET} {kind} {name}" if field in typed else chosen[field] for name, field in FIELDS[kind].items()
        }
        note: dict[str, Any] = {
            "uuid": f"{SECRET}-{kind}",
            "sitting_id": sample.SITTING,
            "kind": kind.value,
            "day": date(2017, 5, 17),
        }
        note |= {"value": value | {"extra": {"x": SECRET}}, "observer": SECRET, "observed_at": sample.NOW}
        yield note | {"received_at": sample.NOW}


def videos() -> Iterator[dict[str, Any]]:
    """A video that stands, and one that was withdrawn."""
    row: dict[str, Any] = {
        "sitting_id": sample.SITTING,
        "platform": "youtube",
        "added_by": SECRET,
        "added_at": sample.NOW,
    }
    yield row | {"url": "https://www.youtube.com/watch?v=aB3_-efghij"}
    yield row | {"url": SECRET, "withdrawn_at": sample.NOW}


def interviews() -> Iterator[dict[str, Any]]:
    """A quote that nobody approved, one that is approved, and one that was withdrawn."""
    row: dict[str, Any] = {
        "person_id": sample.PERSON,
        "title": "Беседа",
        "language": "ru",
        "url": "https://gazeta.kg/1",
    }
    row |= {"day": date(2026, 8, 1), "added_by": SECRET, "added_at": sample.NOW}
    approved = {"approved_how": SECRET, "approved_on": date(2026, 8, 2)}
    yield row | {"quote": SECRET, "approver": "", "approved_how": ""}
    yield row | {"quote": f"Звоните: {PHONE}", "approver": "А. Асанов", **approved}
    yield row | {"quote": SECRET, "approver": SECRET, **approved, "withdrawn_at": sample.NOW}


def happenings() -> Iterator[dict[str, Any]]:
    """An accusation that was taken back, and facts that only a sentence of a feed needs."""
    told = {"subject_kind": "sitting", "subject_id": sample.SITTING, "day": date(2017, 5, 17), "seen_at": sample.NOW}
    told |= {"evidence": [{"url": "https://kenesh.kg/1", "page_id": 1, "who": SECRET}]}
    facts = {"finding": sample.WITHDRAWN, "figures": {"who": SECRET}}
    yield told | {"key": "1", "kind": "finding_confirmed", "title": f"{SECRET} withdrawn", "facts": facts}
    yield told | {"key": "2", "kind": "finding_withdrawn", "title": "Протокол", "facts": facts}
    yield told | {"key": "3", "kind": "protocol_published", "title": f"Тел. {PHONE}", "facts": {"x": SECRET}}


def release() -> Statement:
    """A press release with contacts."""
    fields = {"title": f"Пишите: {MAIL}", "body": [f"Телефон: {PHONE}, почта {MAIL}"], "at": {"deep": MAIL}}
    return Statement(
        record_type="press_record",
        key="kenesh:press:1",
        site="kenesh",
        scope="press",
        part="page",
        fields=fields,
        columns={"title": f"Пишите: {MAIL}", "published_at": sample.NOW, "has_body": True},
        url="https://kenesh.kg/1",
        page_id=1,
    )


def plant(path: Path) -> None:
    """A row of secrets in every private table, a secret in every private column."""
    conn = sqlite3.connect(path)
    for name in METADATA.tables:
        columns = [(row[1], row[2]) for row in conn.execute(f"PRAGMA table_info({name})")]
        if name in PUBLIC:
            for column in PUBLIC[name]:
                kind = dict(columns)[column]
                mark = "? || '-' || rowid" if "CHAR" in kind else "?"  # some are unique
                conn.execute(f"UPDATE {name} SET {column} = {mark}", (secret(name, column, kind),))
        else:
            values = [secret(name, *column) for column in columns]
            conn.execute(f"INSERT INTO {name} VALUES ({', '.join('?' * len(values))})", values)
    conn.commit()
    conn.close()


def secret(table: str, column: str, kind: str) -> object:
    """A value that the column may hold, with the mark where it may hold any."""
    if kind in _WORDS:
        return _WORDS[kind]
    if kind == "JSON":
        return json.dumps([f"{SECRET}-{table}-{column}"], ensure_ascii=False)
    return f"{SECRET}-{table}-{column}" if "CHAR" in kind or kind == "TEXT" else 99


def contents(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".parquet":
            yield name, json.dumps(pq.read_table(path).to_pylist(), ensure_ascii=False, default=str)
        elif path.suffix == ".sqlite":
            conn = sqlite3.connect(path)
            yield name, "\n".join(conn.iterdump())
            conn.close()
        else:
            yield name, path.read_text("utf-8")


def test_no_secret_gets_out(texts: Mapping[str, str]) -> None:
    assert len(texts) > 60
    unseen = {SECRET, MAIL, PHONE, "98 76 54", "Утаённый", "причина 1", "редактор"}
    unseen |= {sample.UNREVIEWED, sample.DISMISSED}
    found = {
        (name, one, text[max(0, text.find(one) - 60) :][:150])
        for name, text in texts.items()
        for one in unseen
        if one in text
    }
    assert found == set()


def test_what_is_public_of_the_same_rows_is_there(texts: Mapping[str, str]) -> None:
    assert "head_count" in texts["csv/observations.csv"]
    assert "█████" in texts["jsonl/record_versions.jsonl"]
    assert "aB3_-efghij" in texts["csv/live_videos.csv"]
    quotes = [json.loads(line)["quote"] for line in texts["jsonl/interviews.jsonl"].splitlines()]
    assert (len(quotes), quotes[0], quotes[1][:9]) == (2, None, "Звоните: ")
    told = [json.loads(line) for line in texts["jsonl/happenings.jsonl"].splitlines()]
    assert [(row["kind"], row["finding_id"]) for row in told] == [
        ("finding_withdrawn", sample.WITHDRAWN),
        ("protocol_published", None),
    ]


def test_every_table_is_public_in_parts_or_private() -> None:
    assert PUBLIC.keys() <= METADATA.tables.keys()
    for name, inside in PUBLIC.items():
        assert inside <= set(METADATA.tables[name].columns.keys()), name
