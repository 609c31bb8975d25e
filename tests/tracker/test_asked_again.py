"""Reviewers ask the observers again."""

from datetime import date, timedelta
from typing import Any

import pytest

from db.engine import reader
from db.findings import Finding, FindingReview
from db.sittings import Sitting
from tests.tracker.house import DAY, START, House, agenda, protocol
from tracker.asked_again import AskedAgain, asked_again
from vocab.observation import ObservationKind

NEXT = date(2026, 11, 26)


@pytest.fixture
def parliament(each_house: House) -> House:
    """A sitting of 2017, and three that are still to come: one of a committee, and two of the plenary."""
    committee = agenda("agenda:3", NEXT - timedelta(days=1), "Комитет по праву")
    each_house.state(protocol(), committee, agenda(day=NEXT), agenda("agenda:2", NEXT + timedelta(days=7))).track()
    return each_house


def ask(house: House, finding: str, decision: str = "asked_again", number: int = 1) -> None:
    row = {"id": number, "finding_id": finding, "decision": decision, "reason": f"вопрос {number}"}
    house.put(FindingReview, [{**row, "decided_by": "lawyer", "decided_at": START}], "id")


def finding(house: House, **changes: Any) -> str:
    [row] = house.rows(Finding, check_id="R23", subject_id=f"plenary-{DAY}")
    house.put(Finding, [{**row, "id": "f", **changes}], "id")
    return "f"


def asked(house: House, sitting: str, *bills: str) -> list[AskedAgain]:
    with reader(house.engine) as conn:
        [row] = house.rows(Sitting, id=sitting)
        return asked_again(conn, row, bills)


def test_a_sitting_is_asked_about_itself_and_the_next_one_after_it(parliament: House) -> None:
    ask(parliament, finding(parliament))
    for sitting in (f"plenary-{DAY}", f"plenary-{NEXT}"):
        [one] = asked(parliament, sitting)
        assert (one.words, one.check_id, one.kind, one.bill) == ("вопрос 1", "R23", ObservationKind.NOTE, None)
    assert asked(parliament, f"plenary-{NEXT + timedelta(days=7)}") == []
    [committee] = [row["id"] for row in parliament.rows(Sitting, body="committee")]
    assert asked(parliament, committee) == []


def test_a_bill_is_asked_about_where_it_is_taken_up(parliament: House) -> None:
    ask(parliament, finding(parliament, subject_kind="bill", subject_id="b", check_id="R25", reason="no_figures"))
    [one] = asked(parliament, f"plenary-{NEXT}", "a", "b")
    assert (one.kind, one.bill) == (ObservationKind.VOTE, "b")
    assert asked(parliament, f"plenary-{NEXT}", "a") == []


@pytest.mark.parametrize(
    "changes",
    [
        {"superseded_at": START},
        {"subject_kind": "body", "subject_id": "parliament"},
        {"subject_id": "plenary-2000-01-01"},
    ],
)
def test_what_is_not_asked(parliament: House, changes: dict[str, Any]) -> None:
    ask(parliament, finding(parliament, **changes))
    assert asked(parliament, f"plenary-{NEXT}") == []


def test_a_later_decision_ends_the_question(parliament: House) -> None:
    ask(parliament, finding(parliament))
    ask(parliament, "f", "dismissed", 2)
    assert asked(parliament, f"plenary-{NEXT}") == []
