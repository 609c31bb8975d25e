"""Looks at the site as evidence of time, on real databases: what was there, what was not, and what nobody knows."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from db.engine import reader
from db.findings import Finding
from db.pages import SourcePage
from db.runs import LOOKED_FOR, Origin, Run
from scrapers.items import Item, SittingItem, VoteListItem
from scrapers.pipelines.statements import Origin as Page
from scrapers.pipelines.store import store_items
from tests.tracker.house import LAW, SITE, House, agenda, line, protocol, registered, vote_list
from tracker.coverage import due, last_look, sightings, watch_of
from tracker.stored import records
from tracker.timelines import bill_timeline, sitting_timeline
from vocab.dates import BISHKEK
from vocab.timeline import EventKind

PUBLISHED, MISSING = EventKind.PUBLISHED, EventKind.NOT_PUBLISHED
LISTS = {
    "bill": "https://kenesh.kg/sed/docs?page=0&limit=100",
    "roll_call": "https://kenesh.kg/ru/article/list/11",
    "protocol": "https://kenesh.kg/ru/article/list/21",
    "agenda": "",
}
SAT = date(2026, 11, 4)  # a Wednesday
SITTING = f"plenary-{SAT}"


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=BISHKEK).astimezone(UTC)


def days(number: int) -> date:
    return SAT + timedelta(days=number)


def live(house: House, kind: str = "live") -> House:
    return house.put(Origin, [{"id": 1, "kind": kind, "detail": "", "since": at(days(-99))}], "id")


def look(house: House, day: date, *items: Item, **said: Any) -> House:
    """A crawl in the morning of a day that sees these items, and is clean unless something else is said."""
    number = 1000 + len(house.rows(Run))
    row = {
        "id": number,
        "stage": "crawl",
        "site": SITE,
        "origin": "live",
        "asked": "",
        "started_at": at(day),
        "ended_at": at(day, 10),
        "outcome": "clean",
        "figures": {LOOKED_FOR: LISTS},
        "reasons": [],
    }
    house.now = at(day) - timedelta(minutes=30)
    house.state(*items)
    return house.put(Run, [row | said], "id")


def told(house: House, as_of: date | None = None) -> list[tuple[str, str, date, date | None]]:
    with reader(house.engine) as conn:
        timeline = sitting_timeline(conn, SITTING, as_of=as_of)
    assert timeline is not None
    return [(one.kind.value, one.what or "", one.day, one.not_before) for one in timeline.of(PUBLISHED, MISSING)]


def verdicts(house: House, check: str) -> set[tuple[str, str]]:
    return {(row["verdict"], row["reason"]) for row in house.rows(Finding, check_id=check, superseded_at=None)}


def votes() -> Item:
    return vote_list(f"{LAW} (вносится на первое чтение)", day=SAT)


def roll_call() -> Item:
    one = line(f"{LAW} (вносится на первое чтение)", ballot="14")
    return VoteListItem(key="vote_list:1", title="Законопроекты, внесенные на голосование", day=SAT, lines=(one,))


def test_a_protocol_that_came_in_time(each_house: House) -> None:
    house = live(each_house)
    look(house, days(1), votes())
    look(house, days(2))
    look(house, days(5), protocol(SAT))
    house.track()
    assert ("published", "protocol", days(5), days(1)) in told(house)
    assert ("not_published", "protocol", days(2), None) in told(house)
    assert verdicts(house, "R32") == {("kept", "in_time")}


def test_a_roll_call_that_came_too_late(each_house: House) -> None:
    """The last day is Friday; on Monday it was not there, on Tuesday it was. The archived list shows it."""
    house = live(each_house)
    page: dict[str, Any] = {
        "id": 7,
        "site": SITE,
        "kind": "vote_list_index",
        "address": LISTS["roll_call"],
        "url": LISTS["roll_call"],
    }
    page |= {"method": "GET", "status": 200, "sha256": "", "size": 1, "shown_on": days(5), "redacted": False}
    page |= {"fetched_at": at(days(5)), "last_seen": at(days(5)), "warc_file": "", "warc_offset": 0, "is_last": False}
    house.put(SourcePage, [page | {"links": []}], "id")
    look(house, days(1), votes())
    look(house, days(5))
    look(house, days(6), roll_call())
    house.track()
    assert verdicts(house, "R31") == {("broken", "late")}
    (finding,) = house.rows(Finding, check_id="R31")
    assert (finding["figures"]["looked"], finding["figures"]["published"]) == ("2026-11-09", "2026-11-10")
    assert {one["page_id"] for one in finding["evidence"] if one["record"].startswith("look:")} == {7}


def test_what_never_comes_is_missed_once_for_each_span_of_days(house: House) -> None:
    live(house)
    look(house, days(1), votes())
    house.track()
    assert verdicts(house, "R31") == {("cannot_tell", "not_seen")}
    for number in range(2, 20):
        look(house, days(number)).track()
    missed = [day for _, what, day, _ in told(house) if what == "protocol"]
    assert missed == [days(3), days(5), days(8), days(15)]
    assert verdicts(house, "R31") == {("broken", "not_there")}
    assert [row["figures"].get("looked") for row in house.rows(Finding, check_id="R31", superseded_at=None)] == [
        "2026-11-07"
    ]
    before = house.rows(Finding)
    house.track(only=[SITTING])
    assert house.rows(Finding) == before


@pytest.mark.parametrize(
    "said", [{"outcome": "red"}, {"outcome": "failed"}, {"ended_at": None, "outcome": None}, {"figures": {}}]
)
def test_where_the_site_was_down_nobody_can_tell(house: House, said: dict[str, Any]) -> None:
    live(house)
    look(house, days(1), votes())
    look(house, days(5), **said)
    look(house, days(9), roll_call())
    house.track()
    assert ("published", "roll_call", days(9), days(0)) in told(house)
    assert verdicts(house, "R31") == {("cannot_tell", "day_unknown")}


@pytest.mark.parametrize("kind", ["replay", "demonstration", None])
def test_a_recording_tells_nothing_about_time(house: House, kind: str | None) -> None:
    if kind:
        live(house, kind)
    look(house, days(1), votes())
    look(house, days(6), roll_call())
    house.track()
    assert told(house) == []
    assert verdicts(house, "R31") == {("cannot_tell", "not_seen")}


def test_as_of_a_day_only_what_was_known_by_then(house: House) -> None:
    live(house)
    look(house, days(1), votes())
    look(house, days(4))
    look(house, days(6), roll_call())
    house.track()
    by_then = [(kind, day) for kind, what, day, _ in told(house, days(4)) if what == "roll_call"]
    assert by_then == [("not_published", days(4))]
    now = [(kind, day, before) for kind, what, day, before in told(house) if what == "roll_call"]
    assert now == [("not_published", days(4), None), ("published", days(6), days(3))]


def test_no_roll_call_is_looked_for_without_a_vote_and_no_protocol_of_what_was_only_announced(house: House) -> None:
    live(house)
    look(house, days(-5), agenda())
    look(house, days(-1), agenda(key="agenda:2", day=SAT))
    look(house, days(6))
    house.track()
    assert {what for _, what, _, _ in told(house)} == {"agenda"}
    look(house, days(7), protocol(SAT)).track()
    assert {what for _, what, _, _ in told(house)} == {"agenda", "protocol"}


def committee(name: str = "Комитет по делам", key: str = "agenda:1", day: date = SAT) -> SittingItem:
    return agenda(key=key, day=day, committee=name)


def test_an_agenda_is_missed_only_where_the_committee_has_put_one_there_before(house: House) -> None:
    live(house)
    look(house, days(-40), committee(day=days(-33), key="agenda:0"))
    look(house, days(-3))
    look(house, days(-1), committee())
    look(house, days(-1), committee("Комитет по бюджету", "agenda:2"))
    house.track()
    assert verdicts(house, "R07") == {("kept", "in_time"), ("cannot_tell", "day_unknown")}
    late = live(house).put(
        Run, [house.rows(Run)[1] | {"id": 99, "started_at": at(days(-2)), "ended_at": at(days(-2), 10)}], "id"
    )
    late.track(only=[row["subject_id"] for row in house.rows(Finding, check_id="R07")])
    assert verdicts(house, "R07") == {("kept", "in_time"), ("broken", "late"), ("cannot_tell", "day_unknown")}


def bill_of(house: House) -> str:
    (identity,) = {row["subject_id"] for row in house.rows(Finding, check_id="R06", superseded_at=None)}
    return str(identity)


def test_a_bill_in_the_register_before_the_plenary_had_it(house: House) -> None:
    live(house)
    look(house, days(-9))
    look(house, days(-8), registered(LAW, registered_on=days(-30)))
    look(house, days(0), votes())
    house.track()
    assert verdicts(house, "R06") == {("kept", "in_time")}
    with reader(house.engine) as conn:
        timeline = bill_timeline(conn, bill_of(house))
    assert timeline is not None
    shown = [(one.kind, one.day, one.not_before) for one in timeline.of(PUBLISHED, MISSING)]
    assert shown == [(MISSING, days(-9), None), (PUBLISHED, days(-8), days(-10))]
    assert verdicts(house, "R12") == {("broken", "late")}


def test_a_bill_that_no_entry_of_the_register_was_joined_to(house: House) -> None:
    live(house)
    look(house, days(-2), registered("О проекте Закона «О другом»"))
    look(house, days(0), votes())
    look(house, days(4))
    house.track()
    (finding,) = house.rows(Finding, check_id="R06", superseded_at=None)
    assert (finding["verdict"], finding["reason"]) == ("broken", "not_there")
    assert set(finding["needs_review"].split()) >= {"uncertain_source", "exception_of_law"}


def test_a_page_that_a_newer_parser_reads_was_there_before(each_house: House) -> None:
    """The page was fetched on Thursday; a parser understood it a week later. A look between them missed nothing."""
    house = live(each_house)
    look(house, days(1), votes())
    page: dict[str, Any] = {
        "id": 7,
        "site": SITE,
        "kind": "protocol",
        "address": "/p",
        "url": "/p",
        "method": "GET",
        "status": 200,
    }
    page |= {"sha256": "", "size": 1, "shown_on": days(1), "redacted": False, "fetched_at": at(days(2))}
    page |= {"last_seen": at(days(2)), "warc_file": "", "warc_offset": 0, "is_last": False, "links": []}
    house.put(SourcePage, [page], "id")
    look(house, days(9))
    with house.engine.begin() as conn:
        store_items(conn, [protocol(SAT)], Page(site=SITE, url="/p", page_id=7), now=at(days(20)))
    house.track()
    assert [day for kind, what, day, _ in told(house) if (kind, what) == ("published", "protocol")] == [days(2)]
    with reader(house.engine) as conn:
        (record,) = records(conn, "sitting_record", ["kenesh:protocol:5"])
        assert sightings(conn, [record]) == {"sitting_record:kenesh:protocol:5": at(days(2))}
        assert watch_of(conn).is_live


def test_a_new_look_makes_due_what_it_may_tell_of(house: House) -> None:
    live(house)
    with reader(house.engine) as conn:
        assert (last_look(conn), due(conn, None, None)) == (None, set())
    look(house, days(1), votes(), registered(LAW))
    house.track()
    with reader(house.engine) as conn:
        seen = last_look(conn)
        assert seen == at(days(1))
        assert due(conn, seen, seen) == set()
        assert SITTING in due(conn, None, seen)
        assert due(conn, at(days(2)), at(days(3))) == {SITTING}  # the third day after the sitting begins a span
        assert due(conn, at(days(9)), at(days(10))) == set()
        assert due(conn, at(days(-9)), at(days(-6))) > {SITTING}  # and the bill that was on its table
