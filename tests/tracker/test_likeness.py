"""Links made by likeness go when no edge supports them any more; on both databases where SQL matters."""

import pytest
from sqlalchemy import delete

from db.annotations import DraftEdge
from db.bills import Bill, BillKey
from db.happenings import Happening
from db.links import Link
from db.pending import mark_pending
from db.records import AgendaEntry
from db.upsert import table_of
from tests.tracker.house import LAW, NUMBER, House, registered, vote_list
from tests.tracker.press_house import Side, alike, because, bill_of, bills, event_at, later, log, tell, told
from tracker.linking import decide
from vocab.numbers import BillNumber

VETS = "О проекте Закона «О ветеринарах»"
REGISTER = ("registry_entry", f"kenesh:bill:{NUMBER}", "")
BILL = "n-6-502-17"
DESCRIBED = told("закон о врачах", quoted=False, action="considered")


def unlike(house: House, *sides: Side) -> House:
    """No edges any more, as after another reading; these records are looked at again."""
    with house.engine.begin() as conn:
        conn.execute(delete(table_of(DraftEdge)))
        for record_type, key, _ in sides:
            mark_pending(conn, record_type, [key])
    return house


def steady(house: House) -> None:
    """Taking everything in anew changes nothing."""
    tables = (Bill, BillKey, Link)
    before = [house.rows(model) for model in tables], log(house)
    assert house.track(everything=True).happenings == 0
    assert ([house.rows(model) for model in tables], log(house)) == before


def test_a_described_draft_loses_its_bill(each_house: House) -> None:
    house = each_house
    house.state(registered(LAW))
    alike(tell(house, DESCRIBED), event_at(), REGISTER).track()
    steady(house)
    unlike(house, event_at()).track()
    [link] = house.rows(Link, record_type="press_record", dossier_type="bill")
    assert (link["dossier_id"], link["method"]) == (None, "unknown")
    assert log(house) == [("moved", "press_record", BILL, None, "unknown")]
    assert bills(house) == [BILL]
    [correction] = house.rows(Happening, kind="bill_told_corrected")
    assert correction["subject_id"] == BILL
    steady(house)


@pytest.mark.parametrize(("score", "stays"), [(0.88, True), (0.87, False)])
def test_an_edge_has_to_be_sure_enough(house: House, score: float, *, stays: bool) -> None:
    house.state(registered(LAW))
    alike(tell(house, DESCRIBED), event_at(), REGISTER).track()
    alike(unlike(house), event_at(), REGISTER, score).track()
    assert bill_of(house, event_at()[1], "event:0") == (BILL if stays else None)


def test_a_line_gets_a_bill_of_its_own_and_takes_its_title_along(each_house: House) -> None:
    house = each_house
    house.state(registered(LAW), vote_list(f"{VETS} (вносится на первое чтение)"))
    [line] = [("agenda_entry", row["key"], "") for row in house.rows(AgendaEntry)]
    alike(house, line, REGISTER).track()
    assert bill_of(house, line[1]) == BILL
    unlike(house, line).track()
    [own] = [one for one in bills(house) if one != BILL]
    assert bill_of(house, line[1]) == own
    assert log(house) == [("moved", "agenda_entry", BILL, own, "title")]
    titles = {row["bill_id"]: row["value"] for row in house.rows(BillKey, kind="title")}
    assert len(set(titles.values())) == len(titles) == 2
    steady(house)


def test_another_bill_may_resemble_more(house: House) -> None:
    house.state(registered(LAW), registered(VETS, key="bill:2", number=BillNumber(6, 503, 17)))
    alike(tell(house, DESCRIBED), event_at(), REGISTER).track()
    alike(unlike(house), event_at(), ("registry_entry", "kenesh:bill:2", "")).track()
    assert log(house) == [("moved", "press_record", BILL, "n-6-503-17", "similar")]
    steady(house)


def test_what_resembles_only_what_is_forsaken_goes_with_it(house: House) -> None:
    house.state(registered(LAW))
    tell(house, DESCRIBED)
    tell(house, told("закон о докторах", quoted=False, action="considered", day=later(2)), number=2)
    alike(house, event_at(), REGISTER)
    alike(house, event_at(2), event_at()).track()
    assert bill_of(house, event_at(2)[1], "event:0") == BILL
    alike(unlike(house), event_at(2), event_at()).track()
    assert {bill_of(house, event_at(number)[1], "event:0") for number in (1, 2)} == {None}
    steady(house)


def test_the_last_place_of_a_bill_stays(house: House) -> None:
    tell(house, told(), told("закон о врачах", quoted=False, action="considered"))
    tell(house, told("закон о докторах", quoted=False, action="considered", day=later(2)), number=2)
    alike(house, event_at(2), event_at()).track()
    [made] = bills(house)
    # the release does not name the draft any more
    unlike(tell(house), event_at(2)).track()
    assert bill_of(house, event_at(2)[1], "event:0") == made
    assert log(house) == []
    steady(house)


def test_words_that_move_within_a_release_keep_their_bill(house: House) -> None:
    house.state(registered(LAW))
    alike(tell(house, DESCRIBED), event_at(), REGISTER).track()
    alike(unlike(tell(house, told("О мёде"), DESCRIBED)), event_at(seq=1), REGISTER).track()
    assert bill_of(house, event_at()[1], "event:1") == BILL
    assert log(house) == []
    # and lose it where the edge is gone with the old number
    unlike(tell(house, DESCRIBED), event_at()).track()
    assert bill_of(house, event_at()[1], "event:0") is None
    steady(house)


def test_what_a_person_decided_needs_no_edge(house: House) -> None:
    house.state(registered(LAW))
    alike(tell(house, DESCRIBED), event_at(), REGISTER).track()
    decide(house.engine, f"press_record:{event_at()[1]}", BILL, because(), place="event:0")
    unlike(house, event_at()).track()
    assert bill_of(house, event_at()[1], "event:0") == BILL
    steady(house)
