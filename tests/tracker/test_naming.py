"""A person says whom a written name means; and who decides second about a link sees it."""

from dataclasses import replace
from datetime import date

import pytest

from db.audit import Audit
from db.links import Link, LinkDecision
from db.records import AgendaEntry
from scrapers.items import Absence
from tests.tracker.house import LAW, House, deputies, protocol, registered, vote_list
from tests.tracker.press_house import because, bill_of, log
from tracker.link_turns import LinkedMeanwhile
from tracker.linking import apart, decide, join_again, merge, release, split
from tracker.naming import decide_person, release_person
from tracker.timelines import sitting_timeline
from vocab.errors import UsageError
from vocab.numbers import BillNumber

PROTOCOL = "kenesh:protocol:5"
SPOT = ("sitting_record", PROTOCOL, "absence:1")
ABDIEV = "abdiev-almaz-akmatovich"
ONE, OTHER = "n-6-502-17", "n-6-503-17"


def linked(house: House) -> tuple[str | None, str]:
    [row] = house.rows(Link, record_key=PROTOCOL, place="absence:1", dossier_type="person")
    return row["dossier_id"], row["method"]


def test_a_name_is_decided_and_the_decision_taken_back(each_house: House) -> None:
    house = each_house.state(*deputies(date(2017, 5, 1)), protocol(absences=(Absence(seq=1, name="Абдыев Б.Б."),)))
    house.track()
    assert linked(house) == (None, "unknown")
    decide_person(house.engine, SPOT, ABDIEV, replace(because(), seen=0))
    assert linked(house) == (ABDIEV, "decided")
    with house.engine.connect() as conn:
        timeline = sitting_timeline(conn, "plenary-2017-05-17")
    assert timeline is not None
    assert [event.who.person_id for event in timeline.events if event.who] == [ABDIEV]
    with pytest.raises(LinkedMeanwhile):
        decide_person(house.engine, SPOT, None, replace(because(), seen=0))
    decide_person(house.engine, SPOT, None, because("nobody on the lists"))
    assert linked(house) == (None, "decided")
    release_person(house.engine, SPOT, because())
    assert linked(house) == (None, "unknown")
    assert house.rows(LinkDecision) == []
    assert [row[0] for row in log(house)] == ["moved", "moved", "released"]
    assert [row["action"] for row in house.rows(Audit)] == ["name moved", "name moved", "name released"]


def test_what_is_no_name_or_no_person_is_refused(house: House) -> None:
    house.state(*deputies(date(2017, 5, 1)), protocol(absences=(Absence(seq=1, name="Абдыев Б.Б."),))).track()
    with pytest.raises(UsageError, match="no name at"):
        decide_person(house.engine, (*SPOT[:2], "absence:9"), ABDIEV, because())
    with pytest.raises(UsageError, match="no person"):
        decide_person(house.engine, SPOT, "nobody", because())
    with pytest.raises(UsageError, match="nobody decided"):
        release_person(house.engine, SPOT, because())


def test_the_second_who_decides_about_a_bill_sees_it(house: House) -> None:
    house.state(registered(LAW), registered("О мёде", key="bill:2", number=BillNumber(6, 503, 17)))
    house.state(vote_list(LAW)).track()
    [key] = [row["key"] for row in house.rows(AgendaEntry)]
    line, fresh = f"agenda_entry:{key}", replace(because(), seen=0)
    decide(house.engine, line, OTHER, fresh)
    with pytest.raises(LinkedMeanwhile):
        decide(house.engine, line, None, fresh)
    with pytest.raises(LinkedMeanwhile):
        split(house.engine, line, fresh)
    release(house.engine, line, because())
    assert bill_of(house, key) == ONE
    for pair in (merge, apart):
        with pytest.raises(LinkedMeanwhile):
            pair(house.engine, ONE, OTHER, fresh)
    decide(house.engine, line, None, because())
    release(house.engine, line, because("it is one after all"))
    assert bill_of(house, key) == ONE


def test_bills_that_were_kept_apart_may_be_one_again(house: House) -> None:
    house.state(registered(LAW), registered("О мёде", key="bill:2", number=BillNumber(6, 503, 17))).track()
    with pytest.raises(UsageError, match="not kept apart"):
        join_again(house.engine, ONE, OTHER, because())
    apart(house.engine, ONE, OTHER, because())
    join_again(house.engine, OTHER, ONE, because())
    assert [row[0] for row in log(house)] == ["apart", "released"]
    with pytest.raises(UsageError, match="not kept apart"):
        join_again(house.engine, ONE, OTHER, because())
