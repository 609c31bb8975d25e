"""The page parsers on the real pages: what their owners counted by other means comes out."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scrapers.items import DeputyItem, PressItem, PressListItem, ProtocolItem, VoteListItem
from scrapers.page import Page, Reading
from scrapers.sites.kenesh import article_list, deputies, press, press_list, protocol, vote_list
from vocab.text import fold_space

_CAPITALISED = r"[А-ЯЁӨҮҢ][а-яёөүң]{2,}(?:-[А-ЯЁӨҮҢ][а-яёөүң]+)*"
_PERSON = re.compile(rf"{_CAPITALISED}(?:\s(?:уулу|кызы|{_CAPITALISED}))*")
_QUESTION = re.compile(r"\) по вопросу [^,]*")


def pages(folder: Path, recorded_kind: str, kind: str) -> Iterator[Page]:
    with (folder / "index.csv").open(encoding="utf-8", newline="") as index:
        rows = [row for row in csv.DictReader(index) if row["kind"] == recorded_kind]
    for row in rows:
        yield Page(
            url=row["url"],
            address=row["url"],
            kind=kind,
            text=(folder / row["file"]).read_text("utf-8"),
            fetched_at=datetime(2023, 4, 30, tzinfo=UTC),
            shown_on=date.fromisoformat(row["recorded_at"]),
        )


def readings(
    shared_data: Path, recorded_kind: str, kind: str, read: Callable[[Page], Reading]
) -> list[tuple[Page, Reading]]:
    folder = shared_data / "kenesh-reconstructed"
    return [(page, read(page)) for page in pages(folder, recorded_kind, kind)]


@pytest.fixture(scope="module")
def protocols(shared_data: Path) -> list[tuple[Page, Reading]]:
    return readings(shared_data, "protocol", "protocol", protocol.read)


def items_of(found: list[tuple[Page, Reading]]) -> list[ProtocolItem]:
    return [item for _, reading in found for item in reading.items if isinstance(item, ProtocolItem)]


def test_nothing_of_a_protocol_is_lost(protocols: list[tuple[Page, Reading]]) -> None:
    assert [problem for _, reading in protocols for problem in reading.problems] == []
    items = items_of(protocols)
    assert len(items) == 197
    assert sum(len(item.registrations) for item in items) == 762
    breaks = [one for item in items for one in item.breaks]
    assert (len(breaks), sum(one.minutes is None for one in breaks)) == (380, 7)
    transfers = [one for item in items for one in item.absences if one.transfer_to]
    assert len(transfers) == 1264
    assert sum(one.about is not None for one in transfers) == 20
    assert sum(not one.written_form for one in transfers) == 2
    assert sum(bool(item.absences) for item in items) == 193


def test_absent_deputies_are_as_many_as_there_are_names(protocols: list[tuple[Page, Reading]]) -> None:
    """Counted without the parser: runs of capitalised words outside of brackets."""
    wrong = {}
    total = 0
    for page, reading in protocols:
        names = 0
        for paragraph in re.findall(r"<p>На заседании отсутствуют депутаты:(.*?)</p>", page.text, re.DOTALL):
            bare = re.sub(r"\([^()]*\)", " ", _QUESTION.sub(")", fold_space(paragraph)))
            names += len(_PERSON.findall(bare))
        (item,) = items_of([(page, reading)])
        total += len(item.absences)
        if names != len(item.absences):
            wrong[page.url] = (names, len(item.absences))
    assert wrong == {}
    assert total == 1992


@pytest.mark.parametrize(
    ("number", "day", "note", "extraordinary"),
    [
        ("protocol:4524", date(2018, 10, 24), "year 2108 read as 2018", False),
        ("protocol:2447", date(2017, 6, 1), None, False),
        ("protocol:62", date(2016, 5, 19), None, False),
        ("protocol:2551", date(2017, 8, 25), None, True),
    ],
)
def test_days_of_protocols(
    protocols: list[tuple[Page, Reading]], number: str, day: date, note: str | None, extraordinary: bool
) -> None:
    (item,) = [item for item in items_of(protocols) if item.key == number]
    assert (item.day, item.day_note, item.extraordinary) == (day, note, extraordinary)


def test_only_one_day_was_repaired(protocols: list[tuple[Page, Reading]]) -> None:
    assert [item.key for item in items_of(protocols) if item.day_note] == ["protocol:4524"]


@pytest.mark.parametrize(
    ("recorded_kind", "kind", "linked", "count"),
    [("protocol-list", "protocol_list", "protocol", 197), ("vote-list-index", "vote_list_index", "vote_list", 11)],
)
def test_lists_of_articles(shared_data: Path, recorded_kind: str, kind: str, linked: str, count: int) -> None:
    found = readings(shared_data, recorded_kind, kind, article_list.read)
    assert [problem for _, reading in found for problem in reading.problems] == []
    keys = {link.key for _, reading in found for link in reading.links if link.kind == linked}
    assert len(keys) == count
    assert Counter(reading.last for _, reading in found) == {False: len(found) - 1, True: 1}
    listed = {link.url for _, reading in found for link in reading.links if link.kind == linked}
    there = {page.url for page in pages(shared_data / "kenesh-reconstructed", linked.replace("_", "-"), linked)}
    assert there == listed


def test_vote_lists(shared_data: Path) -> None:
    found = readings(shared_data, "vote-list", "vote_list", vote_list.read)
    assert [problem for _, reading in found for problem in reading.problems] == []
    items = [item for _, reading in found for item in reading.items if isinstance(item, VoteListItem)]
    lines = [line for item in items for line in item.lines]
    assert (len({item.day for item in items}), len(lines)) == (11, 121)
    assert all(line.ballot and line.ballot_url and line.ballot in line.ballot_url for line in lines)
    proposed = [line for line in lines if "вносится на" in line.item.text]
    assert len(proposed) == 105
    assert all(line.item.readings for line in proposed)


def test_press_releases(shared_data: Path) -> None:
    lists = readings(shared_data, "news-list", "press_list", press_list.read)
    bodies = readings(shared_data, "news", "press", press.read)
    assert [problem for _, reading in (*lists, *bodies) for problem in reading.problems] == []
    listed = {item.key for _, reading in lists for item in reading.items if isinstance(item, PressListItem)}
    told = {item.key for _, reading in bodies for item in reading.items if isinstance(item, PressItem)}
    assert (len(listed), len(told), len(told - listed)) == (442, 157, 0)
    images = [item.image_url for _, reading in lists for item in reading.items if isinstance(item, PressListItem)]
    assert sum(image is None for image in images) == 19


def test_deputies_of_2016_are_those_of_the_membership_list(shared_data: Path) -> None:
    (page,) = pages(shared_data / "kenesh" / "deputies-page-2016", "deputy-list", "deputies")
    reading = deputies.read(page)
    found = [item for item in reading.items if isinstance(item, DeputyItem)]
    with (shared_data / "kenesh/membership-snapshots/export/VI/2016-11.csv").open(encoding="utf-8", newline="") as file:
        listed = [(fold_space(row["name"]), fold_space(row["party"])) for row in csv.DictReader(file)]
    assert [(item.name, item.faction) for item in found] == listed
    assert {(item.convocation, item.shown_on) for item in found} == {("VI", date(2016, 11, 15))}
    assert (reading.problems, reading.notes, reading.last, len(found)) == ((), (), True, 118)
