"""The tracker's run on real databases: what it takes in, what it leaves alone, what it says twice never."""

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

from db.bills import Bill, BillKey
from db.engine import open_engine
from db.findings import Finding
from db.happenings import Happening, HappeningAbout
from db.links import Link
from db.migrate import upgrade
from db.people import Membership, Person, PersonKey
from db.records import BallotRecord, PendingRecord
from db.runs import Origin, Run
from db.sittings import AgendaItem, Sitting
from db.versions import Statement, store_statements
from scrapers.items import Absence, Item
from tests.tracker.house import (
    DAY,
    LAW,
    START,
    House,
    act,
    agenda,
    deputies,
    line,
    protocol,
    registered,
    vote_list,
)
from tracker import dirty, judging
from tracker.judging import Rules
from tracker.run import TrackCounts
from vocab.verdicts import Verdict

TABLES: tuple[type[SQLModel], ...] = (
    *(Bill, BillKey, Person, PersonKey, Membership, Sitting, AgendaItem, Link),
    *(Finding, Happening, HappeningAbout, PendingRecord),
)
CROSSING = Absence(seq=2, name="Абдиев А.А.", transfer_to="Касымову К.К.", written_form=True)


def everything_said() -> Sequence[Item]:
    return (
        *deputies(date(2017, 5, 1)),
        registered(LAW, initiators=("Абдиев А.А.",)),
        protocol(absences=(CROSSING,)),
        protocol(DAY + timedelta(days=2), "6"),
        vote_list(f"{LAW} (вносится на первое чтение) (инициатор – депутат Абдиев А.А.)"),
        agenda(day=DAY + timedelta(days=14), lines=(line(f"{LAW} (второе чтение)"),)),
        act("О ветеринарии"),
    )


def told(house: House) -> dict[str, list[dict[str, Any]]]:
    """All that the tracker wrote, without surrogate keys."""
    rows = {model.__name__: house.rows(model) for model in TABLES}
    rows["Happening"] = [{**row, "seq": None} for row in rows["Happening"]]
    return rows


def test_a_run_takes_in_what_changed_and_no_more(each_house: House) -> None:
    counts = each_house.state(*everything_said()).track()
    assert (counts.records, counts.sittings, counts.bills, counts.superseded) == (13, 3, 1, 0)
    assert counts.findings == len(each_house.rows(Finding))
    assert counts.happenings == len(each_house.rows(Happening))
    before = told(each_house)
    assert before["PendingRecord"] == []
    assert each_house.track() == TrackCounts()
    each_house.state(*everything_said())
    assert each_house.track(everything=True) == replace(counts, findings=0, happenings=0)
    assert told(each_house) == before


def test_only_the_changed_sitting_is_looked_at_again(house: House) -> None:
    house.state(*everything_said()).track()
    counts = house.state(protocol(absences=())).track()
    assert (counts.records, counts.sittings, counts.bills) == (1, 1, 1)
    assert counts.superseded > 0
    gone = [row for row in house.rows(Finding, check_id="R28", subject_id="plenary-2017-05-17") if row["superseded_at"]]
    assert [row["case_key"] for row in gone] == ["transfer:2"]


def test_what_is_said_again_is_in_force_as_it_stood(house: House) -> None:
    crossing = protocol(absences=(CROSSING,))
    house.state(*everything_said()).track()
    [before] = house.rows(Finding, check_id="R28", verdict=Verdict.BROKEN)
    house.state(protocol(absences=())).track()
    house.state(crossing).track()
    assert house.rows(Finding, check_id="R28", verdict=Verdict.BROKEN) == [before]


def test_new_lists_make_the_sittings_of_their_convocation_speak(house: House) -> None:
    house.state(protocol(absences=(CROSSING,))).track()
    assert house.rows(Finding, check_id="R28", verdict=Verdict.BROKEN) == []
    counts = house.state(*deputies(date(2017, 5, 1))).track()
    assert counts.sittings == 1
    assert len(house.rows(Finding, check_id="R28", verdict=Verdict.BROKEN)) == 1
    about = house.rows(HappeningAbout, happening_key="protocol_published:kenesh:protocol:5", dossier_type="person")
    assert [row["dossier_id"] for row in about] == ["abdiev-almaz-akmatovich", "kasymov-kanat-kubatovich"]
    # the next list covers the day; one that only goes on says nothing new of the days before it
    assert house.state(*deputies(date(2017, 6, 1))).track().sittings == 1
    assert house.state(*deputies(date(2017, 7, 1))).track().sittings == 0
    assert house.state(*deputies(date(2017, 8, 1), {"Абдиев Алмаз Акматович": "«Тоо»"})).track().sittings == 1


def test_a_vote_with_figures_is_taken_in(house: House) -> None:
    house.state(vote_list(f"{LAW} (вносится на первое чтение)")).track()
    [entry] = house.rows(Link, record_type="agenda_entry", dossier_type="bill")
    columns = {
        "sitting_key": "kenesh:vote_list:1",
        "entry_key": entry["record_key"],
        "day": DAY,
        "number": "14",
        "in_favour": 94,
    }
    ballot = Statement(
        record_type="ballot_record",
        key="kenesh:vote_list:1:14",
        site="kenesh",
        scope="kenesh:vote_list:1",
        part="page",
        fields={"number": "14", "in_favour": 94},
        columns=columns,
    )
    with house.engine.begin() as conn:
        store_statements(conn, [ballot], now=house.now)
    counts = house.track()
    assert (counts.records, counts.sittings, counts.bills) == (1, 1, 1)
    house.put(BallotRecord, [{**house.rows(BallotRecord)[0], "entry_key": None}], "key")
    assert house.track(only=[entry["dossier_id"]]).bills == 1


def test_chosen_dossiers_are_looked_at_again_and_nothing_else(house: House) -> None:
    house.state(*everything_said()).track()
    house.state(protocol(absences=()))
    counts = house.track(only=["plenary-2017-05-19", "n-6-502-17", "no-such-dossier"])
    assert (counts.records, counts.sittings, counts.bills) == (0, 1, 1)
    assert len(house.rows(PendingRecord)) == 1


def test_other_code_looks_at_all_dossiers_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.state(*everything_said()).track()
    rules = Rules.load()
    monkeypatch.setattr(judging, "_rules", lambda _: replace(rules, code_version="other"))
    counts = house.track()
    assert (counts.records, counts.sittings, counts.bills, counts.findings) == (0, 3, 1, 0)
    assert house.track() == TrackCounts()


def test_a_run_leaves_the_garbage_collector_as_it_was(house: House) -> None:
    for switch in (gc.disable, gc.enable):
        switch()
        before = gc.isenabled()
        house.state(*everything_said()).track(everything=True)
        assert gc.isenabled() is before


def test_a_run_is_written_down(house: House) -> None:
    house.track()
    house.put(Origin, [{"id": 1, "kind": "replay", "detail": "", "since": START}], "id")
    house.state(*everything_said()).track()
    first, second = house.rows(Run)
    assert (first["origin"], first["figures"]["deputies_seen"]) == ("none", None)
    assert (second["stage"], second["origin"], second["outcome"], second["reasons"]) == ("track", "replay", "clean", [])
    assert second["figures"]["records"] == 13
    assert second["figures"]["deputies_seen"] == house.now.isoformat()
    assert second["ended_at"] >= second["started_at"] == house.now


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """What a run over everything at once writes."""
    opened = open_engine(f"sqlite:///{tmp_path / 'whole.sqlite'}")
    upgrade(opened)
    house = House(opened).state(*everything_said())
    house.track()
    yield told(house)
    opened.dispose()


@pytest.mark.parametrize("size", [1, 2, 3])
def test_batches_end_in_the_same_tables(
    house: House, whole: dict[str, list[dict[str, Any]]], size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dirty, "BATCH", size)
    assert house.state(*everything_said()).track().records == 13
    assert in_force(told(house)) == in_force(whole)


def in_force(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Without what was said half-way, when only a part was known."""
    return {**rows, "Finding": [row for row in rows["Finding"] if row["superseded_at"] is None]}


KILLED = """
import os, signal, sys
from datetime import datetime
from db.engine import open_engine
from tracker import dirty, run
dirty.BATCH = 1
left = int(sys.argv[2])
store = run.store_news
def count_down(conn, news):
    global left
    done = store(conn, news)
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return done
run.store_news = count_down
run.track(open_engine(sys.argv[1]), now=datetime.fromisoformat(sys.argv[3]))
"""


@pytest.mark.parametrize("batch", [1, 2, 4])
def test_a_killed_run_is_taken_up_where_it_was(
    house: House, whole: dict[str, list[dict[str, Any]]], batch: int
) -> None:
    house.state(*everything_said())
    root = Path(__file__).parents[2]
    address = house.engine.url.render_as_string(hide_password=False)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, address, str(batch), house.now.isoformat()],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert house.rows(Run) == []
    left = len(house.rows(PendingRecord))
    assert 0 < left <= 13
    assert house.track().records == left
    assert in_force(told(house)) == in_force(whole)
