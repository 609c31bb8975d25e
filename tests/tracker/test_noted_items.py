"""Notes about an item of the agenda, and the bill that this item is about."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from db.engine import reader
from db.findings import Finding
from scrapers.items import Item
from tests.tracker.house import DAY, LAW, House, agenda, line, vote_list
from tests.tracker.noting import SITTING, said, send
from tracker.timelines import bill_timeline, sitting_timeline
from vocab.timeline import Event, EventKind

OTHER = "О проекте Закона «О дорогах»"
LINES = (line(OTHER, 1), line(LAW, 5), line("О разном", 6))


def heard(house: House, ago: timedelta = timedelta(0), **value: object) -> None:
    """The figures of a vote as announced, noted some time ago and sent now."""
    note = said(1, "vote", value={"for": 60, "counted": False} | value, device_at=(house.now - ago).isoformat())
    send(house.engine, note, now=house.now)
    house.track()


def events(house: House, *kinds: EventKind) -> Sequence[Event]:
    with reader(house.engine) as conn:
        found = sitting_timeline(conn, SITTING)
    assert found
    return found.of(*kinds)


def test_a_note_on_an_item_is_about_its_bill(each_house: House) -> None:
    house = each_house
    house.state(agenda(lines=LINES)).track()
    house.now += timedelta(hours=1)
    heard(house, item=5)
    [vote] = events(house, EventKind.OBSERVED_VOTE)
    [bill] = {one.bill_id for one in events(house, EventKind.SCHEDULED) if one.item == 5}
    assert (vote.item, vote.bill_id) == (5, bill)
    with reader(house.engine) as conn:
        timeline = bill_timeline(conn, str(bill))
    assert timeline
    assert len(timeline.of(EventKind.OBSERVED_VOTE)) == 1


@pytest.mark.parametrize(
    ("then", "item"),
    [
        ((agenda(lines=LINES),), 6),  # an item that is about no bill
        ((agenda(lines=LINES),), 7),  # an item that the agenda does not have
        ((agenda(lines=LINES), agenda("agenda:2", lines=LINES)), 5),  # two agendas of the day
        ((agenda(lines=LINES), vote_list("О разном", LAW)), 2),  # a list that numbers otherwise
    ],
)
def test_where_the_item_does_not_tell_the_bill_nobody_guesses(house: House, then: Sequence[Item], item: int) -> None:
    house.state(*then).track()
    house.now += timedelta(hours=1)
    heard(house, item=item)
    [vote] = events(house, EventKind.OBSERVED_VOTE)
    assert (vote.item, vote.bill_id) == (item, None)


def test_a_line_that_changed_between_the_note_and_its_arrival_is_not_taken(house: House) -> None:
    house.state(agenda(lines=LINES)).track()
    house.now += timedelta(hours=3)
    house.state(agenda(lines=(line(OTHER, 5), line(LAW, 1)))).track()
    heard(house, timedelta(hours=2), item=5)
    [vote] = events(house, EventKind.OBSERVED_VOTE)
    assert (vote.item, vote.bill_id) == (5, None)


def test_a_note_from_before_we_had_the_agenda_is_about_its_line(house: House) -> None:
    house.state(agenda(lines=LINES)).track()
    heard(house, timedelta(hours=2), item=5)
    [vote] = events(house, EventKind.OBSERVED_VOTE)
    assert vote.bill_id


def test_a_note_that_came_before_the_agenda_gets_its_bill_later(house: House) -> None:
    house.state(vote_list("О разном")).track()
    heard(house, item=5)
    assert [one.bill_id for one in events(house, EventKind.OBSERVED_VOTE)] == [None]
    house.state(agenda(lines=LINES)).track()
    [vote] = events(house, EventKind.OBSERVED_VOTE)
    assert vote.bill_id


def test_heard_on_an_item_and_recorded_of_its_bill(house: House) -> None:
    house.state(agenda(lines=LINES), vote_list(LAW, day=DAY)).track()
    house.now += timedelta(hours=1)
    heard(house, item=5)
    [finding] = house.rows(Finding, check_id="D02", superseded_at=None)
    assert (finding["verdict"], finding["reason"]) == ("cannot_tell", "votes_not_recorded")
    assert finding["case_key"].startswith("vote:")
    assert finding["case_key"] != "vote:1"
