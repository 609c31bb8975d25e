"""The same engine over the bills of Ukraine and of France, each with its own rule file."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from tests.tracker.other_parliaments import french_bills, rada_bills
from tracker.calendar import SessionCalendar
from tracker.cases import read_cases
from tracker.checks import judge_all
from tracker.editions import RuleBook
from tracker.judgement import Judgement, Surroundings
from vocab.timeline import Timeline
from vocab.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Parliament:
    """A rule file, and the calendar that it asks for."""

    rules: RuleBook
    around: Surroundings

    def judge(self, timeline: Timeline) -> tuple[Judgement, ...]:
        return judge_all(timeline, self.rules, self.around)

    def said(self, story: str) -> dict[tuple[str, str], Judgement]:
        """The judgements on a made-up story, by check and case."""
        (case,) = read_cases(f"name: story\n{story}")
        return {(one.check_id, one.case): one for one in self.judge(case.timeline)}


def parliament(code: str) -> Parliament:
    path = Path(str(files("tracker").joinpath("reglament", f"{code}.yml")))
    rules = RuleBook.load(path)
    return Parliament(rules, Surroundings(calendar=SessionCalendar(rules.parliament)))


@pytest.fixture(scope="module")
def rada() -> Parliament:
    return parliament("ua")


@pytest.fixture(scope="module")
def france() -> Parliament:
    return parliament("fr")


def by_reason(judgements: Iterable[Judgement]) -> Counter[tuple[str, str]]:
    return Counter((one.check_id, one.reason) for one in judgements)


def test_the_bills_of_the_rada(rada: Parliament, shared_data: Path) -> None:
    bills = list(rada_bills(shared_data / "ua-rada-bills"))
    said = [one for bill in bills for one in rada.judge(bill)]
    reasons = by_reason(said)
    adopted = sum(any(event.kind == "adopted" for event in bill.events) for bill in bills)
    assert (len(bills), adopted) == (139, 112)
    # each of them was adopted as a whole on one day; how many voted the record does not tell
    assert reasons["R01", "all_readings"] == reasons["R03", "no_interval"] - reasons["R01", "not_adopted"] == adopted
    assert reasons["R25", "no_figures"] == adopted + 1  # one was rejected
    assert {one.check_id for one in said} == {"R01", "R02", "R03", "R25"}
    assert not [one for one in said if one.verdict is Verdict.BROKEN]


def test_agreements_of_ukraine_are_adopted_at_once_and_the_ground_of_others_is_not_told(
    rada: Parliament, shared_data: Path
) -> None:
    for bill in rada_bills(shared_data / "ua-rada-bills"):
        combined = {one.reason for one in rada.judge(bill) if one.check_id == "R02"}
        if combined and bill.subject.bill_kind == "ratification":
            assert combined <= {"lawful_ground", "committee_unknown", "taken_apart"}, bill.subject
        else:
            assert combined <= {"ground_unknown", "taken_apart"}, bill.subject


@pytest.mark.parametrize(
    ("kind", "votes", "verdict"),
    [("law", 226, "kept"), ("law", 225, "broken"), ("constitutional_law", 300, "kept"),
     ("constitutional_law", 299, "broken")],
)  # fmt: skip
def test_the_majority_of_the_rada(rada: Parliament, kind: str, votes: int, verdict: str) -> None:
    story = f"""
subject: {{kind: bill, bill_kind: {kind}}}
events: [{{kind: adopted, day: 2016-06-02, readings: [3], votes: {{for: {votes}}}}}]
"""
    found = rada.said(story)["R25", "2016-06-02:3"]
    assert found.verdict == verdict
    assert found.figures["seats"] == 450
    assert found.needs_review == ("unverified_rule" if verdict == "broken" else None)


def test_three_readings_of_the_rada_and_the_time_between_them(rada: Parliament) -> None:
    story = """
subject: {kind: bill, bill_kind: law}
events:
  - {kind: adopted, day: 2016-05-10, readings: [1], votes: {for: 240}}
  - {kind: adopted, day: 2016-05-19, readings: [2], votes: {for: 230}}
  - {kind: adopted, day: 2016-06-02, readings: [3], votes: {for: 231}}
"""
    said = rada.said(story)
    assert said["R01", ""].reason == "all_readings"
    assert (said["R03", "1-2"].reason, said["R03", "1-2"].figures["days"]) == ("too_short", 9)
    assert (said["R03", "2-3"].reason, said["R03", "2-3"].figures["days"]) == ("long_enough", 14)
    backwards = story.replace("readings: [1]", "readings: [9]").replace("readings: [2]", "readings: [1]")
    assert rada.said(backwards.replace("readings: [9]", "readings: [2]"))["R01", ""].reason == "out_of_order"


def test_the_bills_of_france(france: Parliament, shared_data: Path) -> None:
    said = {bill.subject.id: france.judge(bill) for bill in french_bills(shared_data / "fr-lawfactory")}
    assert len(said) == 6
    for judgements in said.values():
        assert {one.reason for one in judgements if one.check_id == "R01"} == {"all_readings"}
    terms = {
        bill: [(one.verdict, one.reason) for one in found if one.check_id == "R03"] for bill, found in said.items()
    }
    assert terms["pjl11-350"] == [(Verdict.KEPT, "long_enough")]
    assert terms["pjl07-365"] == []  # before the term was made
    fast = {"pjl09-200", "pjl12-688", "pjl16-580", "ppl11-290"}
    assert all(terms[bill] == [(Verdict.NOT_APPLICABLE, "emergency")] for bill in fast)


def test_the_term_of_the_second_chamber_is_counted_in_days(france: Parliament) -> None:
    story = """
subject: {kind: bill, bill_kind: law}
events:
  - {kind: adopted, day: 2012-02-09, readings: [1]}
  - {kind: put_to_vote, day: 2012-03-DD, readings: [2]}
"""
    early, late = (france.said(story.replace("DD", day))["R03", "1-2"] for day in ("07", "08"))
    assert (early.verdict, early.figures["days"], early.needs_review) == (Verdict.BROKEN, 27, "unverified_rule")
    assert (late.verdict, late.figures["days"]) == (Verdict.KEPT, 28)


def test_a_law_that_one_chamber_never_saw(france: Parliament) -> None:
    story = """
subject: {kind: bill, bill_kind: law}
events:
  - {kind: adopted, day: 2012-02-09, readings: [1]}
  - {kind: enacted, day: 2012-03-09}
  - {kind: note, day: 2012-03-09, choice: complete_record}
"""
    found = france.said(story)["R01", ""]
    assert (found.reason, found.figures["missing"]) == ("reading_missing", [2])


@pytest.mark.parametrize(
    ("day", "verdict"), [("2012-06-29", "kept"), ("2012-07-02", "broken"), ("2012-09-30", "broken"),
                         ("2012-10-01", "kept")],
)  # fmt: skip
def test_the_ordinary_session_of_france(france: Parliament, day: str, verdict: str) -> None:
    story = f"subject: {{kind: sitting, day: {day}}}\nsources: [protocol]\nevents: []\n"
    assert france.said(story)["R35", ""].verdict == verdict


def test_feasts_are_those_of_the_country(rada: Parliament, france: Parliament) -> None:
    independence, bastille = date(2017, 8, 24), date(2017, 7, 14)
    assert not rada.around.calendar.is_working(independence)
    assert rada.around.calendar.is_working(bastille)
    assert not france.around.calendar.is_working(bastille)
    assert not any(calendar.is_suspended(bastille) for calendar in (rada.around.calendar, france.around.calendar))
