"""Sittings by a person's word, marks, duties and applications; on both databases."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from db.audit import Act, Audit
from db.bills import Bill
from db.findings import Finding
from db.planning import AccessRequest, Duty, PlannedSitting, SittingMark, WatchedCommittee
from db.sittings import Sitting
from db.users import User
from tests.tracker.house import DAY, START, House, agenda, protocol
from tests.tracker.noting import said, send
from tracker.marks import BY_TRACKER
from tracker.observations import Answer, Mark, Unplaced
from tracker.timelines import sitting_timeline
from tracker.week import duties
from tracker.week.sittings import Plan, call_off, drop_plan, move, plan_sitting, unmark
from vocab.bodies import Body
from vocab.errors import UsageError
from vocab.roles import Role
from vocab.timeline import EventKind

ACT = Act(who="7", at=START)
PLENARY, LATER = "plenary-2017-05-17", "plenary-2017-05-18"
SOCIAL = "Комитет по социальной политике"
PLAN = Plan(body=Body.PLENARY, day=DAY, title="Пленарное заседание", place="Большой зал")


def at(house: House, work: Any, *values: Any) -> Any:
    with house.engine.begin() as conn:
        return work(conn, *values, ACT)


def sittings(house: House) -> list[tuple[str, str, bool]]:
    return [(row["id"], row["title"], row["cancelled"]) for row in house.rows(Sitting)]


def note(house: House, sitting: str, number: int = 1, count: int = 54) -> Answer:
    [answer] = send(house.engine, said(number, sitting=sitting, value={"count": count}))
    return answer


def counts(house: House, sitting: str) -> list[int | None]:
    with house.engine.connect() as conn:
        timeline = sitting_timeline(conn, sitting)
    assert timeline is not None
    return [event.count for event in timeline.of(EventKind.HEAD_COUNT)]


def observer(house: House, number: int, *roles: Role, active: bool = True) -> int:
    row: dict[str, Any] = {"id": number, "login": f"o{number}", "name": f"Наблюдатель {number}", "language": "ru"}
    row |= {"roles": list(roles or (Role.OBSERVER,)), "active": active, "created_at": START, "recovery_codes": []}
    house.put(User, [row], "id")
    return number


def test_an_agenda_joins_the_sitting_that_was_entered_before(each_house: House) -> None:
    assert at(each_house, plan_sitting, PLAN) == PLENARY
    assert sittings(each_house) == [(PLENARY, "Пленарное заседание", False)]
    each_house.state(agenda(starts_at=time(10, 0))).track()
    [row] = each_house.rows(Sitting)
    assert (row["title"], row["starts_at"], row["place"]) == ("Повестка дня на 17.05.2017", time(10), "Большой зал")
    at(each_house, plan_sitting, PLAN)
    assert sittings(each_house) == [(PLENARY, "Повестка дня на 17.05.2017", False)]


def test_a_committee_sits_by_the_name_that_agendas_write(house: House) -> None:
    plan = Plan(body=Body.COMMITTEE, day=DAY, title="Заседание", committee=SOCIAL, starts_at=time(14))
    found = at(house, plan_sitting, plan)
    house.state(agenda(committee=SOCIAL)).track()
    assert [(row["id"], row["starts_at"], row["committee"]) for row in house.rows(Sitting)] == [
        (found, time(14), SOCIAL)
    ]
    for wrong in (
        Plan(body=Body.COMMITTEE, day=DAY, title="x"),
        Plan(body=Body.PLENARY, day=DAY, title="x", committee="y"),
    ):
        with pytest.raises(UsageError, match="names its committee"):
            at(house, plan_sitting, wrong)


def test_a_sitting_entered_by_mistake_is_dropped(house: House) -> None:
    at(house, plan_sitting, PLAN)
    at(house, duties.assign, PLENARY, observer(house, 3))
    at(house, drop_plan, PLENARY)
    assert house.rows(Sitting) == house.rows(PlannedSitting) == house.rows(Duty) == []
    with pytest.raises(UsageError, match="not entered by hand"):
        at(house, drop_plan, PLENARY)


def test_a_plan_with_notes_is_not_dropped_and_one_with_pages_stays(house: House) -> None:
    at(house, plan_sitting, PLAN)
    house.state(agenda()).track()
    at(house, drop_plan, PLENARY)
    assert sittings(house) == [(PLENARY, "Повестка дня на 17.05.2017", False)]
    at(house, plan_sitting, PLAN)
    note(house, PLENARY)
    with pytest.raises(UsageError, match="wrote notes"):
        at(house, drop_plan, PLENARY)


def test_a_sitting_by_hand_is_called_off_and_takes_place_again(house: House) -> None:
    at(house, plan_sitting, PLAN)
    at(house, call_off, PLENARY, "звонили из аппарата")
    assert sittings(house) == [(PLENARY, "Пленарное заседание", True)]
    at(house, unmark, PLENARY)
    at(house, unmark, PLENARY)
    assert sittings(house) == [(PLENARY, "Пленарное заседание", False)]
    with pytest.raises(UsageError, match="no sitting 'nowhere'"):
        at(house, call_off, "nowhere", "")


def test_a_page_is_not_overruled_by_a_mark(house: House) -> None:
    house.state(protocol()).track()
    at(house, call_off, PLENARY, "")
    house.track()
    assert [row["cancelled"] for row in house.rows(Sitting)] == [False]


def test_notes_and_duties_go_with_a_sitting(each_house: House) -> None:
    each_house.state(agenda(), agenda("agenda:2", day=DAY + timedelta(days=1))).track()
    at(each_house, duties.assign, PLENARY, observer(each_house, 3))
    note(each_house, PLENARY)
    each_house.track()
    at(each_house, move, PLENARY, LATER, "перенесено")
    each_house.track()
    assert (counts(each_house, PLENARY), counts(each_house, LATER)) == ([], [54])
    with each_house.engine.connect() as conn:
        assert duties.duties_of(conn, [PLENARY, LATER]) == {LATER: [3]}
    note(each_house, PLENARY, 2, 60)
    each_house.track()
    assert counts(each_house, LATER) == [54, 60]
    with pytest.raises(UsageError, match="take that back first"):
        at(each_house, move, LATER, PLENARY, "")
    at(each_house, unmark, PLENARY)
    each_house.track()
    assert (counts(each_house, PLENARY), counts(each_house, LATER)) == ([54, 60], [])


def test_findings_follow_the_notes(house: House) -> None:
    house.state(protocol(), protocol(DAY + timedelta(days=1), "6")).track()
    note(house, PLENARY)
    house.track()

    def counted(sitting: str) -> bool:
        rows = house.rows(Finding, check_id="R23", subject_id=sitting, superseded_at=None)
        return any("54" in str(row["figures"].values()) for row in rows)

    before = counted(PLENARY), counted(LATER)
    assert before == (True, False)
    at(house, move, PLENARY, LATER, "")
    house.track()
    assert (counted(LATER), counted(PLENARY)) == before


def test_notes_of_an_unknown_sitting_are_placed_with_those_that_come_later(house: House) -> None:
    house.state(agenda()).track()
    phone = "2f0c0000-0000-4000-8000-00000000abcd"
    assert note(house, phone).unplaced is Unplaced.SITTING_UNKNOWN
    at(house, move, phone, PLENARY, "то же заседание")
    later = note(house, phone, 2, 60)
    assert (later.unplaced, Mark.OTHER_DAY in later.marks) == (None, False)
    house.track()
    assert counts(house, PLENARY) == [54, 60]


def test_an_agenda_that_changes_its_day_takes_everything_along(house: House) -> None:
    later = DAY + timedelta(days=1)
    house.state(agenda()).track()
    at(house, duties.assign, PLENARY, observer(house, 3))
    house.state(agenda(day=later)).track()
    [mark] = house.rows(SittingMark)
    assert (mark["sitting_id"], mark["moved_to"], mark["marked_by"]) == (PLENARY, LATER, BY_TRACKER)
    with house.engine.connect() as conn:
        assert duties.duties_of(conn, [LATER]) == {LATER: [3]}
    house.state(agenda()).track()
    assert [(row["sitting_id"], row["moved_to"]) for row in house.rows(SittingMark)] == [(LATER, PLENARY)]


def test_a_persons_mark_is_not_taken_off_by_an_agenda(house: House) -> None:
    house.state(agenda()).track()
    at(house, call_off, PLENARY, "")
    house.state(agenda(day=DAY + timedelta(days=1))).track()
    assert [row["change"] for row in house.rows(SittingMark)] == ["cancelled"]


def test_two_agendas_that_part_move_nothing(house: House) -> None:
    house.state(agenda(), protocol()).track()
    house.state(agenda(day=DAY + timedelta(days=1)), protocol(DAY + timedelta(days=2))).track()
    assert house.rows(SittingMark) == []


def test_one_or_two_observers_go(house: House) -> None:
    house.state(agenda()).track()
    for number in (3, 4, 4):
        at(house, duties.assign, PLENARY, observer(house, number))
    with pytest.raises(UsageError, match="has 2 observers already"):
        at(house, duties.assign, PLENARY, observer(house, 5))
    at(house, duties.relieve, PLENARY, 3)
    at(house, duties.relieve, PLENARY, 3)
    at(house, duties.assign, PLENARY, 5)
    assert [row["user_id"] for row in house.rows(Duty)] == [4, 5]
    acts = [row["action"] for row in house.rows(Audit)]
    assert acts == ["observer assigned", "observer assigned", "observer taken off", "observer assigned"]


@pytest.mark.parametrize("who", ["unknown", "lawyer", "inactive"])
def test_only_an_active_observer_goes(house: House, who: str) -> None:
    house.state(agenda()).track()
    observer(house, 3, Role.LAWYER)
    observer(house, 4, active=False)
    number = {"unknown": 9, "lawyer": 3, "inactive": 4}[who]
    with pytest.raises(UsageError, match="not an active observer"):
        at(house, duties.assign, PLENARY, number)
    with pytest.raises(UsageError, match="no sitting"):
        at(house, duties.assign, "nowhere", number)


def test_committees_are_watched(each_house: House) -> None:
    at(each_house, duties.watch, {SOCIAL: True, "Комитет по бюджету": False})
    at(each_house, duties.watch, {SOCIAL: True})
    with each_house.engine.connect() as conn:
        assert [row["name"] for row in duties.watched(conn)] == [SOCIAL]
    at(each_house, duties.watch, {SOCIAL: False})
    assert each_house.rows(WatchedCommittee) == []
    assert len(each_house.rows(Audit)) == 2


def test_an_application_is_sent_answered_and_taken_back(each_house: House) -> None:
    each_house.state(agenda()).track()
    for work, values, match in (
        (duties.request_sent, ("nowhere", DAY), "no sitting"),
        (duties.request_answered, (PLENARY, "granted", DAY, ""), "no application"),
        (duties.request_answered, (PLENARY, "perhaps", DAY, ""), "neither"),
    ):
        with pytest.raises(UsageError, match=match):
            at(each_house, work, *values)
    at(each_house, duties.request_sent, PLENARY, DAY - timedelta(days=12))
    at(each_house, duties.request_answered, PLENARY, "granted", DAY - timedelta(days=3), "два места")
    [row] = each_house.rows(AccessRequest)
    assert (row["sent_on"], row["answer"], row["note"]) == (date(2017, 5, 5), "granted", "два места")
    at(each_house, duties.request_taken_back, PLENARY)
    assert each_house.rows(AccessRequest) == []


def test_the_same_transaction_tells_the_audit_log(house: House) -> None:
    def fail(conn: Connection, act: Act) -> None:
        plan_sitting(conn, PLAN, act)
        raise UsageError("stop")

    with pytest.raises(UsageError, match="stop"):
        at(house, fail)
    assert house.rows(Audit) == house.rows(Sitting) == house.rows(Bill) == []
