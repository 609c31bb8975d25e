"""What a run says is new: once, with its day, the moment we knew, and everybody whom it concerns."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from db.happenings import Happening, HappeningAbout
from scrapers.items import Absence, PressItem, PressListItem
from tests.tracker.house import (
    DAY,
    LAW,
    NUMBER,
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

SOON = START.date() + timedelta(days=9)


def said(house: House, **same: Any) -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in house.rows(Happening, **same)}


def about(house: House, key: str) -> set[tuple[str, str]]:
    rows = house.rows(HappeningAbout, happening_key=key)
    return {(row["dossier_type"], row["dossier_id"]) for row in rows}


def test_an_agenda_is_announced_changed_and_cancelled(each_house: House) -> None:
    social = "Комитет по социальной политике"
    each_house.state(agenda(day=SOON, committee=social)).track()
    announced_at = each_house.now
    each_house.state(agenda(day=SOON, committee=social, place="Малый зал", lines=(line("О разном"),))).track()
    changed_at = each_house.now
    each_house.vanish("agenda").track()
    announced, changed, cancelled = sorted(said(each_house).values(), key=lambda row: row["seq"])
    sitting = announced["subject_id"]
    assert [announced["key"], changed["key"], cancelled["key"]] == [
        f"sitting_announced:{sitting}",
        "agenda_changed:kenesh:agenda:1:2",
        f"sitting_cancelled:{sitting}:{START.date().isoformat()}",
    ]
    assert [row["seen_at"] for row in (announced, changed, cancelled)] == [announced_at, changed_at, each_house.now]
    assert {row["day"] for row in (announced, changed, cancelled)} == {SOON}
    assert changed["facts"]["changes"] == ["lines: added «О разном»", "place"]
    assert announced["evidence"][0]["url"] == "https://kenesh.kg/ru/1"
    assert about(each_house, announced["key"]) == {("sitting", sitting), ("committee", sitting[10:-11])}


def test_an_announcement_that_comes_back_is_said_again(house: House) -> None:
    house.state(agenda(day=SOON)).track()
    house.vanish("agenda").track()
    house.now += timedelta(days=1)
    house.state(agenda(day=SOON)).track()
    house.track(everything=True)
    back = said(house, kind="sitting_announced")
    assert list(back) == [f"sitting_announced:plenary-{SOON}", f"sitting_announced:plenary-{SOON}:2"]
    assert back[f"sitting_announced:plenary-{SOON}:2"]["seen_at"] == house.now
    house.vanish("agenda").track()
    assert len(said(house, kind="sitting_cancelled")) == 2


def test_the_first_of_two_agendas_announces(house: House) -> None:
    house.state(agenda("agenda:2", day=SOON)).track()
    house.state(agenda("agenda:1", day=SOON)).track()
    [announced] = said(house).values()
    assert announced["evidence"][0]["record"] == "sitting_record:kenesh:agenda:2"
    house.vanish("agenda").track()
    assert len(said(house, kind="sitting_cancelled")) == 1


def test_a_protocol_concerns_all_whom_it_names(house: House) -> None:
    absence = Absence(seq=2, name="Абдиев А.А.", transfer_to="Касымову К.К.")
    house.state(*deputies(date(2017, 5, 1)), protocol(absences=(absence, Absence(seq=3, name="Никто Н.Н.")))).track()
    [published] = said(house).values()
    assert (published["kind"], published["title"], published["day"], published["facts"]["number"]) == (
        "protocol_published",
        "Протокол № 5 от 17.05.2017 г.",
        DAY,
        "5",
    )
    assert about(house, published["key"]) == {
        ("sitting", "plenary-2017-05-17"),
        ("person", "abdiev-almaz-akmatovich"),
        ("person", "kasymov-kanat-kubatovich"),
    }


def test_the_way_of_a_bill(house: House) -> None:
    by = "(инициатор – депутат Абдиев А.А.)"
    house.state(
        *deputies(date(2017, 5, 1)),
        registered(LAW),
        agenda(day=DAY, lines=(line(f"{LAW} (первое чтение)"),)),
        vote_list(f"{LAW} (вносится на второе чтение) {by}", f"{LAW} (вносится на третье чтение)", "О разном"),
        act("О ветеринарии"),
    ).track()
    rows = said(house, subject_kind="bill")
    bill, sitting = f"n-6-502-{NUMBER.year}", "plenary-2017-05-17"
    assert {
        key: (row["day"], row["facts"].get("readings"), row["facts"].get("number")) for key, row in rows.items()
    } == {
        f"bill_registered:{bill}": (date(2017, 2, 1), None, str(NUMBER)),
        f"bill_scheduled:{bill}:{sitting}": (DAY, [1], None),
        f"bill_put_to_vote:{bill}:{sitting}": (DAY, [2, 3], None),
        "act_published:kenesh:act:1": (date(2017, 7, 1), None, None),
    }
    assert about(house, f"bill_put_to_vote:{bill}:{sitting}") == {
        ("bill", bill),
        ("sitting", sitting),
        ("person", "abdiev-almaz-akmatovich"),
    }
    assert about(house, "act_published:kenesh:act:1") == {("bill", bill)}
    house.state(vote_list(f"{LAW} (вносится на второе чтение) {by}")).track()
    assert said(house, subject_kind="bill") == rows


def test_what_is_no_bill_is_no_news(house: House) -> None:
    house.state(vote_list("О разном"), act("О другом", adopted_on=None)).track()
    rows = said(house)
    assert [(key, row["subject_kind"], row["day"]) for key, row in rows.items()] == [
        ("act_published:kenesh:act:1", "act", START.date())
    ]
    assert about(house, "act_published:kenesh:act:1") == set()


@pytest.mark.parametrize("listed", [True, False])
def test_a_press_release_is_said_once(house: House, *, listed: bool) -> None:
    published = datetime(2023, 4, 27, 20, 0, tzinfo=UTC)
    url = "https://kenesh.kg/ru/news/show/1"
    if listed:
        house.state(
            PressListItem(key="press:1", url=url, title="Новость", published_at=published, summary="о чём")
        ).track()
    house.state(PressItem(key="press:1", url=url, body="Текст")).track()
    [row] = said(house).values()
    day = date(2023, 4, 28) if listed else START.date()
    assert (row["kind"], row["subject_kind"], row["title"], row["day"]) == (
        "press_released",
        "press",
        "Новость" if listed else "",
        day,
    )


def test_a_bill_of_the_register_without_a_day(house: House) -> None:
    house.state(registered(LAW, registered_on=None)).track()
    [row] = said(house).values()
    assert row["day"] == START.date()
