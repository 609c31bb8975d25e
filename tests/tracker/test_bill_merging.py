"""Bills that turn out to be one, and what proposes it; on both databases where SQL matters."""

from datetime import date

from db.bills import Bill, BillAlias, BillKey
from db.findings import Finding
from db.happenings import HappeningAbout
from db.links import Link, LinkChange
from db.sittings import AgendaItem
from tests.tracker.house import LAW, NUMBER, House, registered, vote_list
from tests.tracker.press_house import RELEASE, TITLE, alike, because, bill_of, bills, event_at, later, log, tell, told
from tracker.link_review import changes, proposals, unsure_links
from tracker.linking import apart, decide, merge
from vocab.numbers import BillNumber, ResolutionNumber

FIRST = f"{LAW} (вносится на первое чтение)"
PRESS = f"press_record:{RELEASE}"
VETS = "О проекте Закона «О ветеринарах»"
SECOND_NUMBER = BillNumber(6, 503, 17)
R = ResolutionNumber("71", date(2017, 3, 1))


def two_bills_and_a_number(house: House) -> str:
    """A vote list names a draft without a number, the register another title; then the list shows the number."""
    house.state(vote_list(FIRST)).track()
    [old] = bills(house)
    house.state(registered(VETS)).track()
    house.state(registered(LAW, key="bill:2", number=None, registered_on=later(-3))).track()
    assert bills(house) == ["n-6-502-17", old]
    return old


def test_a_number_shows_that_two_bills_are_one(each_house: House) -> None:
    house = each_house
    old = two_bills_and_a_number(house)
    tell(house, told("О ветеринарах", day=later(9), body="committee", action="approved", readings=[2])).track()
    assert bill_of(house, RELEASE, "event:0") == "n-6-502-17"
    house.state(registered(LAW, key="bill:2", registered_on=later(-3))).track()
    assert bills(house) == [old]
    [alias] = house.rows(BillAlias)
    assert (alias["alias"], alias["bill_id"], alias["method"]) == ("n-6-502-17", old, "number")
    assert set(log(house)) == {
        ("merged", "registry_entry", "n-6-502-17", old, "number"),
        ("merged", "press_record", "n-6-502-17", old, "number"),
    }
    assert {row["dossier_id"] for row in house.rows(Link, dossier_type="bill")} == {old}
    assert (
        {row["bill_id"] for row in house.rows(BillKey)} == {row["bill_id"] for row in house.rows(AgendaItem)} == {old}
    )
    [bill] = house.rows(Bill)
    assert (bill["number"], bill["title"]) == (str(NUMBER), TITLE)
    told_of = {row["happening_key"] for row in house.rows(HappeningAbout, dossier_id=old)}
    assert "bill_registered:n-6-502-17" in told_of
    assert not [row for row in house.rows(Finding, subject_id="n-6-502-17") if row["superseded_at"] is None]
    before = [house.rows(model) for model in (Bill, BillKey, Link, LinkChange, BillAlias)]
    house.track(everything=True)
    assert [house.rows(model) for model in (Bill, BillKey, Link, LinkChange, BillAlias)] == before


def test_bills_merged_in_one_run_end_as_if_in_several(house: House) -> None:
    by_resolution = f"{LAW} (инициатор – Правительство, постановление № 71 от 01.03.17)"
    both = f"{LAW} № {NUMBER} (вносится на второе чтение) (инициатор – Правительство, постановление № 71 от 01.03.17)"
    house.state(
        vote_list(by_resolution),
        registered(VETS, registered_on=later(3)),
        vote_list(both, key="vote_list:2", day=later(30)),
    ).track()
    assert bills(house) == ["gov-71-2017-03-01"]
    assert [row["alias"] for row in house.rows(BillAlias)] == ["n-6-502-17"]
    assert {row["record_type"] for row in house.rows(LinkChange)} == {"agenda_entry", "registry_entry"}
    assert {row["dossier_id"] for row in house.rows(Link, dossier_type="bill")} == {"gov-71-2017-03-01"}


def test_the_numbers_bill_is_meant_where_a_resolution_disagrees(house: House) -> None:
    other = registered(VETS, key="bill:2", number=None, resolutions=(R,), registered_on=date(2017, 2, 2))
    house.state(registered(LAW), other).track()
    both = f"{LAW} № {NUMBER} (инициатор – Правительство, постановление № 71 от 01.03.17)"
    house.state(vote_list(both)).track()
    [link] = house.rows(Link, record_type="agenda_entry", dossier_type="bill")
    assert (link["method"], link["candidates"]) == ("conflict", ["n-6-502-17", "gov-71-2017-03-01"])
    assert len(bills(house)) == 2
    with house.engine.connect() as conn:
        [unsure] = unsure_links(conn)
    assert (unsure.record, unsure.method, unsure.bill and unsure.bill.id) == (
        f"agenda_entry:{link['record_key']}",
        "conflict",
        "n-6-502-17",
    )
    assert [one.title for one in unsure.candidates] == [TITLE, "О ветеринарах"]
    # a person gives the numbers' record to the other bill: the line goes with the number
    decide(house.engine, f"kenesh:bill:{NUMBER}", "gov-71-2017-03-01", because())
    house.track(everything=True)
    assert log(house)[-1] == ("moved", "agenda_entry", "n-6-502-17", "gov-71-2017-03-01", "number")
    decide(house.engine, f"kenesh:bill:{NUMBER}", "n-6-502-17", because())


def test_a_resolution_of_one_title_shows_that_two_bills_are_one(house: House) -> None:
    other = registered(VETS, key="bill:2", number=None, resolutions=(R,), registered_on=date(2017, 2, 2))
    house.state(registered(LAW), other).track()
    both = f"{LAW} № {NUMBER} (инициатор – Правительство, постановление № 71 от 01.03.17)"
    house.state(vote_list(both)).track()
    house.state(registered(LAW, key="bill:2", number=None, resolutions=(R,), registered_on=date(2017, 2, 2))).track()
    house.track(everything=True)
    assert len(bills(house)) == 1


def test_what_may_be_one_bill_is_proposed(each_house: House) -> None:
    house = each_house
    two_bills_and_a_number(house)
    house.state(registered("О проекте Закона «О мёде»", key="bill:3", number=SECOND_NUMBER)).track()
    tell(house, told("О пчёлах", quoted=False)).track()
    n1, n2 = ("registry_entry", f"kenesh:bill:{NUMBER}", ""), ("registry_entry", "kenesh:bill:3", "")
    alike(house, ("registry_entry", "kenesh:bill:2", ""), n1, 0.91)
    alike(house, n1, n2, 0.99)  # two numbers: no likeness makes them one
    alike(house, event_at(), n2, 0.89).track()
    with house.engine.connect() as conn:
        [proposed] = proposals(conn)
        [unsure] = unsure_links(conn)
    old = next(one for one in bills(house) if one.startswith("t-"))
    assert (proposed.what, [one.id for one in proposed.bills], proposed.score, proposed.method, proposed.words) == (
        "merge",
        ["n-6-502-17", old],
        0.91,
        "title",
        ("мёд",),
    )
    assert (unsure.place, unsure.written, unsure.method, unsure.score) == ("event:0", "О пчёлах", "similar", 0.89)
    apart(house.engine, "n-6-502-17", old, because())
    with house.engine.connect() as conn:
        assert proposals(conn) == []
        assert [one.change for one in changes(conn)] == ["apart"]
        assert changes(conn, "n-6-503-17") == []


def test_a_shared_title_is_proposed_until_something_tells_two_apart(house: House) -> None:
    tell(house, told(readings=[2])).track()
    house.state(registered("О проекте Закона «О скоте»")).track()
    house.state(vote_list(f"{LAW} № {NUMBER} (вносится на третье чтение)", day=later(30))).track()
    with house.engine.connect() as conn:
        [proposed] = proposals(conn)
    assert (proposed.method, proposed.bills[0].id) == ("title", "n-6-502-17")
    one, other = proposed.bills
    merge(house.engine, one.id, other.id, because())
    assert len(bills(house)) == 1
    tell(house, told(day=later(900)), number=2).track()
    with house.engine.connect() as conn:
        assert proposals(conn) == []
    tell(house, told(day=later(905), initiator="Абдиев А.А."), number=3)
    tell(house, told(day=later(905), initiator="Кабинет министров", readings=[2]), number=4).track()
    with house.engine.connect() as conn:
        assert proposals(conn) == []
