"""Timelines as they could be known on a day: the same merge over the versions seen by then."""

from datetime import date, timedelta

import pytest

from db.engine import reader
from db.happenings import Happening
from scrapers.items import Registration
from tests.tracker.house import DAY, LAW, START, House, agenda, line, protocol, vote_list
from tracker.timelines import bill_timeline, bill_timelines, sitting_timeline, sitting_timelines
from vocab.timeline import EventKind, Timeline

SITTING, TODAY = "plenary-2017-05-17", START.date()


def sitting(house: House, identity: str = SITTING, as_of: date | None = None) -> Timeline:
    with reader(house.engine) as conn:
        found = sitting_timeline(conn, identity, as_of=as_of)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("as_of", "counts"),
    [(TODAY - timedelta(days=1), []), (TODAY, [95]), (TODAY + timedelta(days=2), [95]), (date.max, [60]), (None, [60])],
)
def test_a_sitting_as_it_was_known(each_house: House, as_of: date | None, counts: list[int]) -> None:
    each_house.state(protocol())
    each_house.now += timedelta(days=3)
    each_house.state(protocol(registrations=(Registration(seq=1, count=60),))).track()
    timeline = sitting(each_house, as_of=as_of)
    assert [event.count for event in timeline.of(EventKind.REGISTRATION)] == counts
    assert timeline.as_of == as_of


def test_a_cancelled_sitting_was_not_cancelled_before(house: House) -> None:
    soon = TODAY + timedelta(days=9)
    house.state(agenda(day=soon, lines=(line(LAW),)))
    house.now += timedelta(days=3)
    house.vanish("agenda").track()
    identity = f"plenary-{soon}"
    assert sitting(house, identity).subject.cancelled
    assert not sitting(house, identity, TODAY).subject.cancelled
    [bill] = {event.bill_id for event in sitting(house, identity).of(EventKind.SCHEDULED)}
    with reader(house.engine) as conn:
        now, then = (bill_timeline(conn, str(bill), as_of=day) for day in (None, TODAY))
    assert now
    assert then
    assert [event.kind for event in now.events] == [EventKind.CANCELLED, EventKind.SCHEDULED]
    assert [event.kind for event in then.events] == [EventKind.SCHEDULED]


def test_a_sitting_that_moved_stays_cancelled(house: House) -> None:
    house.state(agenda()).track()
    house.state(agenda(day=DAY + timedelta(days=1))).track()
    assert sitting(house).subject.cancelled
    assert sitting(house).events == ()
    assert len(house.rows(Happening, kind="sitting_announced")) == 2


def test_a_line_that_was_taken_off_is_no_event(house: House) -> None:
    house.state(vote_list(LAW, "О разном")).track()
    house.state(vote_list("О разном")).track()
    assert [event.about for event in sitting(house).events] == ["О разном"]


def test_unknown_ids_are_left_out(house: House) -> None:
    with reader(house.engine) as conn:
        assert sitting_timelines(conn, ["nothing"]) == {}
        assert bill_timelines(conn, ["nothing"]) == {}
        assert sitting_timeline(conn, "nothing") is None
