"""Lines, register and registry → bills; on both databases where SQL matters."""

from datetime import date, timedelta

import pytest

from db.bills import Bill, BillKey
from db.links import Link
from db.sittings import AgendaItem
from scrapers.items import (
    ActItem,
)
from tests.tracker.house import DAY, LAW, NUMBER, House, act, agenda, decide, deputies, line, registered, vote_list
from vocab.numbers import BillNumber, ResolutionNumber


def test_readings_and_the_register_are_one_bill(each_house: House) -> None:
    by = "(инициатор – депутат Абдиев А.А.)"
    each_house.state(
        *deputies(date(2017, 5, 1)),
        registered(LAW, initiators=("Абдиев А.А.",)),
        vote_list(f"{LAW} (вносится на первое чтение) {by}", f"{LAW} (вносится на второе чтение)", "О разном"),
        agenda(lines=(line(f"{LAW} № {NUMBER} (третье чтение)"),), day=DAY + timedelta(days=14)),
    ).track()
    [bill] = each_house.rows(Bill)
    assert (bill["id"], bill["title"], bill["kind"], bill["number"], bill["initiator"], bill["first_day"]) == (
        "n-6-502-17",
        "О ветеринарии",
        "law",
        str(NUMBER),
        "deputies",
        date(2017, 2, 1),
    )
    links = {(row["method"], row["score"]) for row in each_house.rows(Link, dossier_type="bill")}
    assert links == {("number", 1.0), ("title_initiators", 1.0), ("title", 0.8)}
    assert {row["kind"] for row in each_house.rows(BillKey)} == {"number", "title_initiators", "title"}
    items = each_house.rows(AgendaItem)
    assert [(row["bill_id"], row["kind"]) for row in items if row["bill_id"] is None] == [(None, "other")]
    assert len(items) == 4
    [initiator] = each_house.rows(Link, record_type="agenda_entry", dossier_type="person")
    assert (initiator["place"], initiator["dossier_id"]) == ("initiator:1", "abdiev-almaz-akmatovich")


def test_the_register_gives_a_bill_its_title_and_kind(house: House) -> None:
    untitled = registered("—", key="bill:x")
    house.state(untitled).track()
    assert [(row["kind"], row["title"]) for row in house.rows(Bill)] == [("other", "—")]
    house.state(registered("О проекте Конституционного закона «О судах»", key="bill:y")).track()
    [bill] = house.rows(Bill)
    assert (bill["kind"], bill["title"]) == ("constitutional_law", "О судах")


def test_a_bill_of_two_resolutions_is_kept_open(house: House) -> None:
    one, two = (ResolutionNumber(number, date(2017, 3, 1)) for number in ("71", "72"))
    house.state(
        registered("О проекте Закона «О первом»", key="bill:1", number=None, resolutions=(one,)),
        registered("О проекте Закона «О втором»", key="bill:2", number=None, resolutions=(two,)),
        registered(
            "О проекте Закона «О третьем»", key="bill:3", number=None, resolutions=(one, two), registered_on=DAY
        ),
    ).track()
    links = {row["record_key"]: row for row in house.rows(Link, dossier_type="bill")}
    conflict = links["kenesh:bill:3"]
    assert (conflict["method"], conflict["dossier_id"], conflict["candidates"]) == (
        "conflict",
        "gov-71-2017-03-01",
        ["gov-71-2017-03-01", "gov-72-2017-03-01"],
    )
    assert len(house.rows(Bill)) == 2
    house.track(everything=True)
    assert {row["record_key"]: row for row in house.rows(Link, dossier_type="bill")} == links


def test_a_persons_decision_on_a_bill_wins(house: House) -> None:
    house.state(
        vote_list(f"{LAW} (инициатор – депутат Абдиев А.А.)", "О проекте Закона «О ветеринарах»", "О разном")
    ).track()
    assert len(house.rows(Link, record_type="agenda_entry", dossier_type="bill")) == 2
    items = sorted(house.rows(AgendaItem), key=lambda row: row["position"])
    keys = [f"kenesh:vote_list:1:{item['id'].rpartition('-')[2]}" for item in items]
    bill = items[0]["bill_id"]
    decide(house, "agenda_entry", keys[1], "bill", bill)
    decide(house, "agenda_entry", keys[2], "bill", bill)
    house.track()
    assert {row["bill_id"] for row in house.rows(AgendaItem)} == {bill}
    decide(house, "agenda_entry", keys[0], "bill", None)
    decide(house, "agenda_entry", keys[2], "bill", "no-such-bill")
    house.track()
    items = sorted(house.rows(AgendaItem), key=lambda row: row["position"])
    assert [item["bill_id"] for item in items] == [None, bill, None]


@pytest.mark.parametrize(
    ("item", "linked"),
    [
        (act("Закон Кыргызской Республики «О ветеринарии»"), ("title", "n-6-502-17", [])),
        (act("О ветеринарии"), ("title", "n-6-502-17", [])),
        (act("О ветеринарах"), ("unknown", None, [])),
        (act("О ветеринарии", adopted_on=date(2020, 10, 1)), ("unknown", None, [])),
        (act("О ветеринарии", adopted_on=None), None),
        (act("О ветеринарии", kind="Указ"), None),
        (act("О ветеринарии", kind=None), None),
        (act("?"), None),
    ],
)
def test_a_law_is_joined_to_its_bill_by_title(
    house: House, item: ActItem, linked: tuple[str, str | None, list[str]] | None
) -> None:
    house.state(registered(LAW), item).track()
    found = [
        (row["method"], row["dossier_id"], row["candidates"]) for row in house.rows(Link, record_type="act_record")
    ]
    assert found == ([linked] if linked else [])


def test_a_law_of_two_bills_stays_open(house: House) -> None:
    other = registered(LAW, key="bill:2", number=BillNumber(6, 503, 17))
    house.state(registered(LAW), other, act("О ветеринарии")).track()
    [link] = house.rows(Link, record_type="act_record")
    assert (link["dossier_id"], link["method"], link["candidates"]) == (
        None,
        "ambiguous",
        ["n-6-502-17", "n-6-503-17"],
    )


def test_a_government_among_the_initiators_is_no_person(house: House) -> None:
    house.state(vote_list(f"{LAW} (инициатор – Правительство, постановление № 494 от 29.08.14)")).track()
    assert house.rows(Link, dossier_type="person") == []
    assert [row["initiator"] for row in house.rows(Bill)] == ["government"]
