"""Committees out of the lists of deputies: who is in them, since when, and what the checks say of them."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import delete

from db.engine import reader
from db.findings import Finding
from db.upsert import table_of
from scrapers.items import DeputyItem, Item
from tests.tracker.house import START, House, deputies
from tracker.bodies import bodies_of, body_ids, body_timeline
from tracker.committees import ListedDeputy, Stand, committee_timelines, committees_named
from tracker.rows import local_day
from tracker.run import all_dossiers
from vocab.ids import committee_id
from vocab.timeline import Evidence

LAWS, MONEY = "Комитет по законности", "Комитет по бюджету"
TODAY = local_day(START)


def listed(committees: Mapping[int, tuple[str, ...]], faction: str | None = "Ала-Тоо", day: date = TODAY) -> list[Item]:
    """The site's own list, by the deputies' numbers."""
    return [
        DeputyItem(
            key=f"deputy_api:{number}",
            name=f"Касымов{'аб'[number % 2]}{'вгдежзик'[number % 8]} Канат Кубатович",
            convocation="VIII",
            faction=faction,
            shown_on=day,
            committees=own,
        )
        for number, own in committees.items()
    ]


def findings(house: House) -> set[tuple[str, str, str, date]]:
    rows = house.rows(Finding, subject_kind="body", superseded_at=None)
    return {(row["subject_id"], row["case_key"], row["reason"], row["day"]) for row in rows}


def test_a_change_of_the_rosters_is_judged_and_nothing_else(each_house: House) -> None:
    house = each_house
    house.state(*deputies(date(2017, 5, 1)), *listed(dict.fromkeys(range(7), (LAWS,)))).track()
    laws = committee_id(LAWS)
    assert findings(house) == {
        (laws, "size", "too_few_members", TODAY),
        (laws, "factions", "above_limit", TODAY),
    }
    (size,) = house.rows(Finding, check_id="R43", case_key="size")
    assert (size["figures"]["committee"], size["needs_review"]) == (LAWS, "list_of_site unverified_rule")
    before = house.rows(Finding)
    house.now += timedelta(days=3)
    house.state(*listed(dict.fromkeys(range(7), (LAWS,)), day=TODAY + timedelta(days=3))).track()
    assert house.rows(Finding) == before  # another day's list of the same members says nothing new
    house.now += timedelta(days=3)
    house.state(*listed({6: (MONEY,), 7: (LAWS,)}, None, TODAY + timedelta(days=6))).track()
    now = TODAY + timedelta(days=6)
    assert findings(house) == {
        (laws, "size", "too_few_members", now),
        (laws, "factions", "above_limit", now),
        (committee_id(MONEY), "size", "too_few_members", now),
        (committee_id(MONEY), "factions", "within_limit", now),
    }


def test_committees_are_among_all_that_is_judged_again(house: House) -> None:
    house.state(*listed({0: (LAWS,), 1: (LAWS, MONEY)})).track()
    with house.engine.begin() as conn:
        ids = all_dossiers(conn)
        assert body_ids(conn) <= set(ids)
        conn.execute(delete(table_of(Finding)))
    counts = house.track(only=ids)
    assert {row["subject_id"] for row in house.rows(Finding, check_id="R43")} == {
        committee_id(LAWS),
        committee_id(MONEY),
    }
    assert counts.findings == len(house.rows(Finding))


def test_who_is_in_a_committee(house: House) -> None:
    house.state(*listed({0: (LAWS,), 1: (LAWS, MONEY), 2: ()})).track()
    with reader(house.engine) as conn:
        assert body_ids(conn) == {committee_id(LAWS), committee_id(MONEY)}
        assert bodies_of(conn, ["kenesh:deputy_api:2"]) == body_ids(conn)
        assert bodies_of(conn, []) == frozenset()
        money = body_timeline(conn, committee_id(MONEY))
        assert body_timeline(conn, "nobody") is None
        assert body_timeline(conn, committee_id(LAWS), as_of=TODAY - timedelta(days=9)) is None
    assert money is not None
    (member,) = money.events
    assert member.who is not None
    assert (member.who.faction, member.day) == ("Ала-Тоо", TODAY)
    assert member.who.person_id is not None
    assert member.evidence.record == "kenesh:deputy_api:1".join(("deputy_record:", ""))


def test_who_vanishes_from_the_list_leaves_the_committee(house: House) -> None:
    house.state(*listed({0: (LAWS,)})).track()
    house.now += timedelta(days=2)
    house.vanish("deputy_api", "deputy_record").track()
    assert findings(house) == set()


def test_lists_that_name_no_committees_concern_none(house: House) -> None:
    house.state(*deputies(date(2017, 5, 1))).track()
    with reader(house.engine) as conn:
        assert bodies_of(conn, ["kenesh:membership:VI:2017-05-01:0"]) == frozenset()


def deputy(name: str, *stands: tuple[int, tuple[str, ...], str | None]) -> ListedDeputy:
    made = tuple(
        Stand(since=date(2026, 1, day), committees=frozenset(committees), faction=faction)
        for day, committees, faction in stands
    )
    return ListedDeputy(name=name, person_id=None, evidence=Evidence(record=f"deputy_record:{name}"), stands=made)


def since(*deputies: ListedDeputy) -> date:
    return committee_timelines(deputies)[committee_id(LAWS)].events[0].day


def test_since_when_a_committee_is_made_up_as_it_is() -> None:
    stays = deputy("А", (1, (LAWS,), "Ала-Тоо"), (9, (LAWS, MONEY), "Ала-Тоо"))
    assert since(stays) == date(2026, 1, 1)
    assert since(stays, deputy("Б", (3, (), None), (20, (MONEY,), None))) == date(2026, 1, 1)  # never in it
    assert since(stays, deputy("Б", (3, (LAWS,), None), (20, (), None))) == date(2026, 1, 20)  # left
    assert since(stays, deputy("Б", (3, (LAWS,), None), (15, (LAWS,), "Ак-Суу"))) == date(2026, 1, 15)  # of a faction


def test_a_committee_without_members_has_no_timeline_but_is_remembered() -> None:
    left = [deputy("А", (1, (LAWS,), None), (2, (), None))]
    assert committee_timelines(left) == {}
    assert committees_named(left) == {committee_id(LAWS)}
