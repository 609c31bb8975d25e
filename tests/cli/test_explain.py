"""A finding spelled out: the count of a term, an observer's note, and what took its place."""

from datetime import UTC, date, datetime
from pathlib import Path

from db.engine import open_engine
from db.findings import Finding
from db.observations import Observation
from db.settings import home_settings
from tests.cli.test_commands import answer, baikoo
from tests.tracker.house import House

NOW = datetime(2026, 11, 1, 6, 0, tzinfo=UTC)
EVIDENCE = {"page_id": None, "url": None, "place": None, "seen_at": None}


def row(key: str, verdict: str, **said: object) -> dict[str, object]:
    values: dict[str, object] = {
        "id": key,
        "check_id": "R03",
        "subject_kind": "bill",
        "subject_id": "n-1",
        "case_key": "1-2",
        "day": date(2021, 3, 11),
        "verdict": verdict,
        "needs_review": "unverified_rule",
        "reason": "too_short",
        "edition": "law",
        "article": "art. 1",
        "quote": "",
        "verified": False,
        "figures": {
            "from_reading": 1,
            "to_reading": 2,
            "start": "2021-03-04",
            "end": "2021-03-11",
            "days": 4,
            "needed": 10,
            "skipped": [
                {"from": "2021-03-06", "to": "2021-03-08", "why": "not_working"},
                {"from": "2021-03-10", "to": "2021-03-10", "why": "suspended"},
            ],
        },
        "evidence": [
            EVIDENCE | {"record": "protocol:1", "url": "https://kenesh.kg/1"},
            EVIDENCE | {"record": "observation:n1"},
        ],
        "code_version": "1",
        "computed_at": NOW,
        "superseded_at": None,
    }
    return values | said


def test_days_observers_and_history_are_told(tmp_path: Path) -> None:
    assert baikoo(tmp_path, "db", "upgrade").returncode == 0
    engine = open_engine(home_settings(tmp_path).database_url)
    house = House(engine)
    house.put(Finding, [row("aa1", "cannot_tell", superseded_at=NOW), row("bb2", "broken")], "id")
    note = {"uuid": "n1", "sitting_id": "s", "kind": "note", "value": {}, "day": date(2021, 3, 11)}
    house.put(Observation, [note | {"observer": "Айгүл", "observed_at": NOW, "received_at": NOW}], "uuid")
    engine.dispose()

    said = baikoo(tmp_path, "explain", "bb").stdout
    for words in (
        "start 2021-03-04, not counted itself; end 2021-03-11, counted",
        "days counted: 4",
        "skipped: 2021-03-06 … 2021-03-08 (not working)",
        "skipped: 2021-03-10 (suspended)",
        "needed: 10",
        "law, art. 1 (text not verified)",
        "10 working days are assumed",
        "https://kenesh.kg/1",
        "observation:n1 · observer Айгүл",
        "Needs review: unverified_rule. Текст правила",
        "Same case: aa1 cannot_tell too_short, 2026-11-01, superseded 2026-11-01",
    ):
        assert words in said
    assert "Superseded 2026-11-01" in baikoo(tmp_path, "explain", "aa1").stdout
    assert [one["id"] for one in answer(tmp_path, "explain", "aa1")["history"]] == ["bb2"]
