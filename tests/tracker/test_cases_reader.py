"""Cases are read strictly: what a field says is taken, what is no field is refused with its place."""

from datetime import date, time

import pytest

from tracker.cases import read_cases
from vocab.bodies import Body
from vocab.errors import ConfigError
from vocab.timeline import EventKind, Votes, Who
from vocab.verdicts import Verdict

CASE = """
name: a case
source: https://example.org/told
subject: {kind: sitting, day: 2017-05-17, extraordinary: true}
events:
  - {kind: vote, day: 2017-05-17, readings: [2, 3], votes: {for: 61, against: 2, abstained: 1}, count: 90}
  - {kind: transfer, day: 2017-05-17, who: Асанов А.А., to: {name: Усенову У.У., person: u, faction: Ф}, record: page}
  - {kind: break, day: 2017-05-16, minutes: 15, body: committee}
expected:
  - {check: R23, verdict: kept, reason: quorum_present, review: [x],
     figures: {day: 2017-05-17, days: [2017-05-17], n: 1}}
"""


def test_a_case_is_read_whole() -> None:
    (case,) = read_cases(CASE)
    assert (case.name, case.source) == ("a case", "https://example.org/told")
    assert case.timeline.subject.body is Body.PLENARY
    assert case.timeline.subject.extraordinary
    earlier, vote, transfer = case.timeline.events
    assert (earlier.day, earlier.seq, earlier.minutes, earlier.body) == (date(2017, 5, 16), 3, 15, Body.COMMITTEE)
    assert (vote.kind, vote.votes, vote.count) == (EventKind.VOTE, Votes(in_favour=61, against=2, abstained=1), 90)
    assert vote.readings == {2, 3}
    assert (vote.evidence.record, vote.evidence.url, vote.evidence.place) == ("case", case.source, "event:1")
    assert transfer.who == Who(written="Асанов А.А.")
    assert transfer.to == Who(written="Усенову У.У.", person_id="u", faction="Ф")
    assert transfer.evidence.record == "page"
    (expected,) = case.expected or ()
    assert (expected.check, expected.case, expected.verdict) == ("R23", "", Verdict.KEPT)
    assert expected.figures == {"day": "2017-05-17", "days": ["2017-05-17"], "n": 1}
    assert expected.review == {"x"}


def test_what_was_seen_and_what_stood_on_the_site_is_read() -> None:
    (case,) = read_cases("""
name: committee
sources: [agenda]
subject: {kind: body, body: committee, committee: Комитет, topics: [13, 2]}
events:
  - {kind: published, day: 2026-11-10, what: agenda, lang: ky, not_before: 2026-11-09, parts: [purposes]}
  - {kind: started, day: 2026-11-12, at: "10:05", observer: a, record: "observation:1"}
""")
    assert (case.timeline.subject.body, case.timeline.subject.topics) == (Body.COMMITTEE, frozenset({2, 13}))
    assert case.timeline.sources == {"agenda"}
    posted, started = case.timeline.events
    assert (posted.what, posted.lang, posted.not_before) == ("agenda", "ky", date(2026, 11, 9))
    assert (posted.parts, started.parts) == (frozenset({"purposes"}), None)
    assert (started.at, started.observer) == (time(10, 5), "a")


def test_a_bill_has_no_body() -> None:
    (case,) = read_cases("name: a bill\nsubject: {kind: bill}\nevents: []\n")
    assert case.timeline.subject.body is None


def test_a_case_may_expect_nothing() -> None:
    assert [case.expected for case in read_cases(CASE[: CASE.index("expected:")])] == [None]


def test_a_file_holds_several_cases() -> None:
    assert [case.name for case in read_cases(f"{CASE}---{CASE.replace('a case', 'another')}")] == ["a case", "another"]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("name: a case", "", "case.yml, case 1: KeyError: 'name'"),
        ("name: a case", "title: a case", "other keys"),
        ("kind: sitting", "kind: session", "'session' is none of bill, sitting, person, body"),
        ("kind: sitting,", "kind: sitting, colour: red,", "other keys"),
        ("kind: vote", "kind: voting", "voting"),
        ("count: 90", "counts: 90", "other keys"),
        ("day: 2017-05-16", "day: 16.05.2017", "is not a day"),
        ("day: 2017-05-17, extraordinary", "day: soon, extraordinary", "is not a day"),
        ("minutes: 15", "at: half past ten", "isoformat"),
        ("against: 2", "versus: 2", "other keys"),
        ("person: u", "id: u", "other keys"),
        ("who: Асанов А.А.", "who: [Асанов А.А.]", "other keys"),
        ("verdict: kept", "verdict: held", "held"),
        ("reason: quorum_present,", "", "reason"),
        ("expected:", "expected: [", "case.yml: "),
        ("day: 2017-05-16", "day: 2017-02-30", "case.yml: day is out of range"),
        ("day: 2017-05-16", "day: 2017-05-16 10:00:00", "is not a day"),
        ("day: 2017-05-16", "day: 9999-12-31", "from 1900 to 2100"),
        ("minutes: 15", 'at: "10:05+06:00"', "is not a time"),
        ("minutes: 15", "minutes: 15.5", "minutes: '15.5' is not a whole number"),
        ("count: 90", "count: [90]", "is not a whole number"),
        ("count: 90", "count: true", "is not a whole number"),
        ("count: 90", "count: -1", "is not a whole number"),
        ("readings: [2, 3]", "readings: 23", "a list of numbers"),
        ("readings: [2, 3]", "readings: [null]", "a list of numbers"),
        ("record: page", "record: [page]", "is not text"),
        ("name: a case", "name: 5", "name: '5' is not text"),
        ("extraordinary: true", "extraordinary: 1", "true or false"),
        ("figures: {day: 2017-05-17, days: [2017-05-17], n: 1}", "figures: [1]", "figures by name"),
        ("name: a case", "name: &a [a, a]\nsources: [*a, *a]", "case.yml: an alias"),
        ("name: a case", f"name: {'[' * 3000}", "case.yml: lists in lists"),
    ],
)
def test_what_is_no_case_is_refused(before: str, after: str, words: str) -> None:
    assert before in CASE
    with pytest.raises(ConfigError) as refused:
        read_cases(CASE.replace(before, after), "case.yml")
    assert words in str(refused.value)
