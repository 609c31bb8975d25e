"""What does not apply is counted by subject, and the counts follow what the checks say."""

from dataclasses import replace
from datetime import date
from typing import Any

from db.findings import Finding, NotApplicable
from scrapers.items import Absence
from tests.tracker.house import House, deputies, protocol
from tracker.editions import RuleBook
from tracker.judgement import Matter, Question
from tracker.not_applicable import counted
from vocab.timeline import Subject, SubjectKind
from vocab.verdicts import Verdict


def numbers(house: House, **same: Any) -> list[tuple[str, str, int]]:
    return [(row["subject_id"], row["reason"], row["number"]) for row in house.rows(NotApplicable, **same)]


def test_transfers_are_counted_and_no_findings(each_house: House) -> None:
    one = Absence(seq=1, name="Абдиев А.А.", transfer_to="Борубаеву Б.Б.", written_form=True)
    told = protocol(absences=(one, replace(one, seq=2, name="Касымов К.К.")))
    each_house.state(*deputies(told.day), told).track()
    assert numbers(each_house, check_id="R27") == [("plenary-2017-05-17", "written_transfer_allowed", 2)]
    assert each_house.rows(Finding, check_id="R27") == []
    assert each_house.rows(Finding, verdict=Verdict.NOT_APPLICABLE) == []
    before = each_house.rows(NotApplicable)
    each_house.track(everything=True)
    assert each_house.rows(NotApplicable) == before
    each_house.state(replace(told, absences=(one,))).track()
    assert numbers(each_house, check_id="R27") == [("plenary-2017-05-17", "written_transfer_allowed", 1)]
    each_house.state(replace(told, absences=())).track()
    assert numbers(each_house, check_id="R27") == []


def test_years_and_editions_are_counted_apart() -> None:
    book, days = RuleBook.load(), (date(2016, 5, 1), date(2016, 6, 1), date(2017, 5, 1), date(2023, 5, 1))
    said = [judgement for day in days for judgement in Question(check_id="R38", day=day).ask(book, _silent)]
    rows = counted(Subject(kind=SubjectKind.BILL, id="b", title="b"), said)
    assert sorted((row["year"], row["number"]) for row in rows) == [(2016, 2), (2017, 1), (2023, 1)]
    assert len({row["edition"] for row in rows}) == 2


def _silent(matter: Matter) -> Any:
    return matter.not_applicable(SubjectKind.BILL, {})
