"""Press releases → bills: by keys, exact titles and likeness; on both databases where SQL matters."""

from datetime import date
from pathlib import Path

import pytest

from db.bills import Bill, BillKey
from db.engine import open_engine
from db.links import Link, LinkChange
from db.migrate import upgrade
from db.records import AgendaEntry
from scrapers.items import Item
from tests.tracker.house import DAY, LAW, NUMBER, House, act, registered, vote_list
from tests.tracker.press_house import RELEASE, TITLE, alike, bills, event_at, later, orders, tell, told
from tracker import dirty
from vocab.numbers import BillNumber

OTHER = "О мёде"
TITLED = "t-o-veterinarii-"


def linked(house: House, record_type: str = "press_record") -> dict[str, tuple[str | None, str]]:
    rows = house.rows(Link, record_type=record_type, dossier_type="bill")
    return {f"{row['record_key']} {row['place']}".strip(): (row["dossier_id"], row["method"]) for row in rows}


def test_releases_of_one_draft_make_one_bill(each_house: House) -> None:
    tell(each_house, told(body="committee", action="approved", initiator="Кабинет министров"), told(OTHER))
    tell(each_house, told(day=later(20)), told("законопроект о мёде", quoted=False), number=2)
    tell(each_house, told(day=later(40), readings=[2, 3], action="rejected"), number=3)
    tell(each_house, told("О составе комитетов", kind="resolution"), number=4)
    each_house.track()
    bill, honey = sorted(each_house.rows(Bill), key=lambda row: str(row["title"]))
    assert (bill["title"], bill["kind"], bill["initiator"], bill["first_day"]) == (TITLE, "law", "government", DAY)
    assert bill["id"].startswith(TITLED)
    assert linked(each_house) == {
        f"{RELEASE} event:0": (bill["id"], "title"),
        f"{RELEASE} event:1": (honey["id"], "title"),
        "kenesh:press:2 event:0": (bill["id"], "title"),
        "kenesh:press:2 event:1": (None, "unknown"),
        "kenesh:press:3 event:0": (bill["id"], "title"),
    }
    before = [each_house.rows(model) for model in (Bill, BillKey, Link, LinkChange)]
    assert each_house.track(everything=True).happenings == 0
    assert [each_house.rows(model) for model in (Bill, BillKey, Link, LinkChange)] == before


def test_official_records_come_to_the_bill_of_a_release(each_house: House) -> None:
    tell(each_house, told("О Ветеринарии", kind="code")).track()
    [made] = each_house.rows(Bill)
    each_house.state(vote_list(f"{LAW} (вносится на первое чтение) (инициатор – депутат Абдиев А.А.)")).track()
    each_house.state(registered(LAW)).track()
    [bill] = each_house.rows(Bill)
    assert (bill["id"], bill["number"], bill["title"], bill["kind"]) == (made["id"], str(NUMBER), TITLE, "law")
    assert bill["initiator"] == "deputies"
    tell(each_house, told(f"О животных № {NUMBER}", day=later(30), quoted=False), number=2).track()
    assert linked(each_house)["kenesh:press:2 event:0"] == (bill["id"], "number")


ARRIVING: list[tuple[Item, ...]] = [
    (registered(LAW),),
    (vote_list(f"{LAW} (вносится на первое чтение)", "О проекте Закона «О мёде» (вносится на первое чтение)"),),
    (act(f"Закон «{TITLE}»"),),
]


@pytest.mark.parametrize("order", orders([0, 1, 2, 3]))
def test_ids_do_not_depend_on_the_order_within_a_run(house: House, order: tuple[int, ...]) -> None:
    for one in order:
        if one == 3:
            tell(house, told(), told(OTHER, day=later(30), readings=[2]))
        else:
            house.state(*ARRIVING[one])
    house.track()
    assert bills(house)[0] == "n-6-502-17"
    assert [method for _, method in linked(house).values()] == ["title", "title"]
    assert linked(house, "act_record") == {"kenesh:act:1": ("n-6-502-17", "title")}
    assert len(bills(house)) == 2


@pytest.mark.parametrize("size", [1, 2, 5])
def test_batches_end_in_the_same_bills(
    house: House, tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = House(open_engine(f"sqlite:///{tmp_path / 'whole.sqlite'}"))
    upgrade(whole.engine)
    for one in (house, whole):
        one.state(*(item for items in ARRIVING for item in items))
        tell(one, told(), told("О ветеринарной службе"))
        tell(one, told(OTHER, day=later(30), readings=[2]), told("закон о пчёлах", quoted=False), number=2)
        alike(one, event_at(2, 1), event_at(1, 1))
    whole.track()
    monkeypatch.setattr(dirty, "BATCH", size)
    house.track()
    tables = (Bill, BillKey, Link, LinkChange)
    assert [house.rows(model) for model in tables] == [whole.rows(model) for model in tables]
    assert linked(house)["kenesh:press:2 event:1"][1] == "similar"
    whole.engine.dispose()


@pytest.mark.parametrize(
    ("second", "together"),
    [
        (told(day=later(200), readings=[2]), True),
        (told(day=later(5)), True),  # the same decision, told again
        (told(day=later(8)), False),  # adopted in the first reading once more: another draft of that title
        (told(day=later(30), body="committee", action="approved"), False),
        (told(day=later(30), body="committee", action="approved", readings=[]), True),
        (told(day=later(400), readings=[2]), False),  # a year of silence
        (told(day=later(30), readings=[2], initiator="Абдиев А.А., Касымов К.К."), False),
        (told(day=later(30), readings=[2], initiator="Президент"), True),
    ],
)
def test_a_title_is_used_again(house: House, second: dict[str, object], *, together: bool) -> None:
    tell(house, told(initiator="Председатель Кабинета министров"))
    tell(house, second, number=2).track()
    assert len(bills(house)) == (1 if together else 2)
    if not together:
        assert bills(house)[1] == f"{bills(house)[0]}-2"


@pytest.mark.parametrize("action", ["signed", "sent_to_president"])
def test_a_law_is_not_drafted_again(house: House, action: str) -> None:
    tell(house, told(action=action, readings=[]))
    tell(house, told(day=later(30)), number=2).track()
    assert len(bills(house)) == 2


def test_a_law_of_the_registry_ends_its_bill(house: House) -> None:
    house.state(registered(LAW, registered_on=None), act(TITLE, adopted_on=date(2026, 11, 2))).track()
    tell(house, told(day=date(2026, 12, 20)), number=2).track()
    assert len(bills(house)) == 2


def test_general_titles_tell_nothing(house: House) -> None:
    general = "О внесении изменений в некоторые законодательные акты Кыргызской Республики"
    about = f"{general} в сфере закупок"
    acts = f"{general} (в законы «О мёде», «О пчёлах»)"
    tell(house, told(general), told(about), told(acts), told("(что-то) и что-то ещё)"), told("…"))
    tell(house, told(general), told(about, readings=[2]), told(acts, readings=[2]), number=2).track()
    assert {row["title"] for row in house.rows(Bill)} == {about, acts, "(что-то) и что-то ещё)"}
    unknown = [place for place, (_, method) in linked(house).items() if method == "unknown"]
    assert unknown == [f"{RELEASE} event:0", f"{RELEASE} event:4", "kenesh:press:2 event:0"]


@pytest.mark.parametrize("draft", ["", "…", "\t", "«««", "(в " * 100_000, "в Закон «А», " * 50_000, "6-" * 300_000])
def test_what_is_no_title_makes_no_bill(house: House, draft: str) -> None:
    tell(house, told(draft, initiator=draft)).track()
    assert bills(house) == []
    assert linked(house) == {f"{RELEASE} event:0": (None, "unknown")}


def test_a_bill_known_officially_is_meant(house: House) -> None:
    tell(house, told()).track()
    house.state(registered("О проекте Закона «О скоте»")).track()
    house.state(vote_list(f"{LAW} № {NUMBER} (вносится на второе чтение)")).track()
    assert len(bills(house)) == 2
    tell(house, told(day=later(2), readings=[2]), number=2).track()
    assert linked(house)["kenesh:press:2 event:0"] == ("n-6-502-17", "title")
    other = registered(LAW, key="bill:2", number=BillNumber(6, 503, 17))
    house.state(other).track()
    tell(house, told(day=later(3), readings=[2]), number=3).track()
    [link] = house.rows(Link, record_key="kenesh:press:3")
    [second] = [row["id"] for row in house.rows(Bill, number="6-503/17")]
    assert (link["dossier_id"], link["method"], link["candidates"]) == (None, "ambiguous", ["n-6-502-17", second])
    # the text layer tells them apart
    alike(house, event_at(3), ("registry_entry", "kenesh:bill:2", "")).track()
    assert linked(house)["kenesh:press:3 event:0"] == (second, "similar")


def test_likeness_joins_where_no_key_does(each_house: House) -> None:
    each_house.state(registered(LAW))
    tell(each_house, told("законопроект о ветеринарах", quoted=False), told("О ветеринарной службе"))
    line = ("registry_entry", f"kenesh:bill:{NUMBER}", "")
    alike(each_house, event_at(), line, 0.93)
    alike(each_house, event_at(seq=1), line, 0.87).track()
    links = linked(each_house)
    assert links[f"{RELEASE} event:0"] == ("n-6-502-17", "similar")
    assert links[f"{RELEASE} event:1"][1] == "title"
    assert len(bills(each_house)) == 2
    # its wording is no name of the bill
    keys = each_house.rows(BillKey, bill_id="n-6-502-17")
    assert {row["kind"] for row in keys} == {"number", "title"}


def test_likeness_that_contradicts_joins_nothing(house: House) -> None:
    first = registered(LAW)
    second = registered("О проекте Закона «О ветеринарах»", key="bill:2", number=BillNumber(6, 503, 17))
    house.state(first, second)
    alike(house, ("registry_entry", "kenesh:bill:2", ""), ("registry_entry", f"kenesh:bill:{NUMBER}", ""), 0.99).track()
    assert len(bills(house)) == 2
    line = ("registry_entry", "kenesh:bill:2", ""), ("registry_entry", f"kenesh:bill:{NUMBER}", "")
    tell(house, told("закон о врачах", quoted=False), told("закон о зверях", quoted=False), number=2)
    alike(house, event_at(2), line[0], 0.95)
    alike(house, event_at(2), line[1], 0.94).track()
    [link] = house.rows(Link, record_key="kenesh:press:2", place="event:0")
    assert (link["method"], link["candidates"]) == ("ambiguous", ["n-6-503-17", "n-6-502-17"])
    # two drafts of one release, in one reading, are two
    tell(house, told(TITLE), told("О ветеринаре"), number=3)
    alike(house, event_at(3, 1), line[1], 0.99).track()
    assert linked(house)["kenesh:press:3 event:1"][1] == "title"


def test_official_records_use_likeness_after_their_keys(house: House) -> None:
    house.state(registered(LAW), vote_list("О проекте Закона «О ветеринарах» (вносится на первое чтение)"))
    [entry] = [row["key"] for row in house.rows(AgendaEntry)]
    alike(house, ("agenda_entry", entry, ""), ("registry_entry", f"kenesh:bill:{NUMBER}", "")).track()
    assert linked(house, "agenda_entry") == {entry: ("n-6-502-17", "similar")}
    house.state(vote_list("О проекте Закона «О ветеринарах» (второе чтение)", key="vote_list:2", day=later(30))).track()
    assert {bill for bill, _ in linked(house, "agenda_entry").values()} == {"n-6-502-17"}
    assert bills(house) == ["n-6-502-17"]


def test_laws_use_likeness_after_their_title(house: House) -> None:
    house.state(registered(LAW), registered("О проекте Закона «О мёде»", key="bill:2", number=BillNumber(6, 503, 17)))
    house.state(act("О ветеринарах"), act("О пчёлах", key="2"), act("О скоте", key="3", adopted_on=date(2026, 1, 1)))
    one, two = ("registry_entry", f"kenesh:bill:{NUMBER}", ""), ("registry_entry", "kenesh:bill:2", "")
    alike(house, ("act_record", "kenesh:act:1", ""), one)
    alike(house, ("act_record", "kenesh:act:2", ""), one, 0.95)
    alike(house, ("act_record", "kenesh:act:2", ""), two, 0.95)
    alike(house, ("act_record", "kenesh:act:3", ""), one).track()
    assert linked(house, "act_record") == {
        "kenesh:act:1": ("n-6-502-17", "similar"),
        "kenesh:act:2": (None, "ambiguous"),
        "kenesh:act:3": (None, "unknown"),
    }


def test_a_release_is_numbered_anew(house: House) -> None:
    tell(house, told(), told(OTHER)).track()
    bill, honey = (linked(house)[f"{RELEASE} event:{seq}"][0] for seq in (0, 1))
    tell(house, told("О пчёлах"), told(), told(OTHER)).track()
    assert [linked(house)[f"{RELEASE} event:{seq}"][0] for seq in (1, 2)] == [bill, honey]
    assert len(bills(house)) == 3
    assert house.rows(LinkChange) == []


def test_a_bill_read_in_other_words_stays_that_bill(house: House) -> None:
    tell(house, told("О ветеринари", body="working_group")).track()
    [made] = bills(house)
    tell(house, told(body="working_group")).track()
    assert bills(house) == [made]
    [bill] = house.rows(Bill)
    assert bill["title"] == TITLE
    assert len(house.rows(BillKey)) == 1
    # what no text tells of any more, and nobody was told of, goes
    tell(house).track()
    assert (bills(house), house.rows(Link, dossier_type="bill")) == ([], [])


def test_a_bill_that_people_were_told_of_keeps_its_page(house: House) -> None:
    tell(house, told()).track()
    tell(house).track()
    assert len(bills(house)) == 1
    assert house.rows(BillKey) == []
    # the same draft is that bill again
    tell(house, told(), number=2).track()
    assert len(bills(house)) == 1
    assert len(house.rows(BillKey)) == 1


def test_other_words_may_be_another_bill(house: House) -> None:
    tell(house, told("О ветеринари"), number=1)
    tell(house, told(OTHER), number=2).track()
    wrong, honey = (linked(house)[f"kenesh:press:{number} event:0"][0] for number in (1, 2))
    tell(house, told(OTHER), number=1).track()
    assert linked(house)[f"{RELEASE} event:0"][0] == honey
    assert wrong in bills(house)  # told of in the feeds
    assert house.rows(BillKey, bill_id=wrong) == []
