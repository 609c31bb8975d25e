"""Papers that have to be there: by which day, for which reading, and what proves that one is not."""

import pytest

from tests.tracker.checks.judging import bill, event, judged, only, said
from tracker.judgement import Judgement
from vocab.timeline import Event, EventKind

KEPT, BROKEN, UNKNOWN = "kept", "broken", "cannot_tell"
FIVE = ("legal", "human_rights", "gender", "environmental", "anticorruption")


def paper(what: str, on: str, *readings: int, **told: object) -> Event:
    return event(EventKind.DOCUMENT, on, *readings, what=what, **told)


def review(on: str, **told: object) -> Event:
    return event(EventKind.COMMITTEE_DECISION, on, 1, **told)


def conclusions(dated: str, held: Event, **told: object) -> Judgement:
    return only("R08", bill(held, paper("gender", dated, **told), paper("linguistic", dated, **told)))


@pytest.mark.parametrize(
    ("dated", "verdict", "reason"),
    [
        ("2023-03-14", KEPT, "there"),
        ("2023-03-15", KEPT, "there"),
        ("2023-03-16", BROKEN, "afterwards"),
        ("2016-09-26", KEPT, "there"),
    ],
)
def test_conclusions_are_there_by_the_committee(dated: str, verdict: str, reason: str) -> None:
    held = review("2023-03-15" if dated > "2023" else "2016-09-27")
    one = conclusions(dated, held)
    assert said(one) == (verdict, reason)
    assert one.rule.verified == (dated > "2023")


def test_a_committee_that_met_by_then_leaves_open_what_was_there() -> None:
    assert said(conclusions("2023-03-14", review("2023-03-15", day_told=False))) == (UNKNOWN, "day_unknown")


def test_what_an_observer_saw_later_was_there_by_then() -> None:
    assert said(conclusions("2023-03-20", review("2023-03-15"), choice="positive", observer="a")) == (
        UNKNOWN,
        "day_unknown",
    )


def test_an_opinion_that_was_not_given_is_missing() -> None:
    told = {"choice": "none", "observer": "a"}
    one = conclusions("2023-03-15", review("2023-03-15"), **told)
    assert (*said(one), one.needs_review) == (BROKEN, "missing", "observer_only")
    assert conclusions("2023-03-14", review("2023-03-15"), **told).reason == "unknown"


def test_a_later_paper_in_a_complete_record_needs_no_other_doubt() -> None:
    complete = event(EventKind.DOCUMENTS_COMPLETE, "2023-03-20")
    late = (paper("legal", "2023-03-16"), paper("linguistic", "2023-03-16"))
    assert only("R08", bill(review("2023-03-15"), *late, complete)).needs_review == "complete_by_person"


def test_a_record_that_was_complete_before_the_day_proves_nothing() -> None:
    complete = event(EventKind.DOCUMENTS_COMPLETE, "2023-03-14")
    assert said(only("R08", bill(review("2023-03-15"), complete))) == (UNKNOWN, "unknown")


def five(on: str, *readings: int) -> list[Event]:
    return [paper(what, on, *readings) for what in FIVE]


@pytest.mark.parametrize(("dated", "verdict"), [("2023-04-13", KEPT), ("2023-04-14", BROKEN)])
def test_five_expertises_before_the_first_reading(dated: str, verdict: str) -> None:
    assert only("R09", bill(event(EventKind.CONSIDERED, "2023-04-13", 1), *five(dated))).verdict == verdict


def test_amendments_need_expertises_of_their_own() -> None:
    second = event(EventKind.ADOPTED, "2023-05-17", 2)
    read = event(EventKind.AMENDMENTS_READ, "2023-05-17", count=3, choice="read")
    assert said(only("R09", bill(second, read, *five("2023-05-10", 2)))) == (KEPT, "there")
    assert said(only("R09", bill(second, read, *five("2023-03-10", 1)))) == (UNKNOWN, "unknown")
    assert said(only("R09", bill(second))) == ("not_applicable", "no_amendments_known")


def test_readings_on_one_day_leave_no_amendments() -> None:
    assert set(judged("R09", bill(event(EventKind.ADOPTED, "2023-05-17", 1, 2)))) == {"2023-05-17:1"}


@pytest.mark.parametrize(
    ("stage", "start", "end", "verdict"),
    [
        ("draft", "2023-03-01", "2023-03-24", KEPT),
        ("draft", "2023-03-01", "2023-03-25", BROKEN),  # a worked Saturday
        ("draft", "2023-06-20", "2023-09-11", KEPT),
        ("draft", "2022-10-26", "2022-11-17", KEPT),
        ("amendments", "2023-03-01", "2023-03-09", KEPT),
        ("amendments", "2023-03-01", "2023-03-10", BROKEN),
        ("vetoed", "2023-03-01", "2023-03-09", KEPT),
        ("vetoed", "2023-03-01", "2023-03-10", "cannot_tell"),  # when the speaker sent it on is not told
        ("vetoed", "2023-03-01", "2023-03-11", "cannot_tell"),  # two working days to send it on, and five
        ("vetoed", "2023-03-01", "2023-03-12", BROKEN),
    ],
)
def test_terms_of_experts(stage: str, start: str, end: str, verdict: str) -> None:
    starts = {
        "draft": event(EventKind.RECEIVED, start, what="experts"),
        "amendments": event(EventKind.AMENDMENTS_UNTIL, start),
        "vetoed": event(EventKind.RECEIVED, start, what="vetoed_law"),
    }
    readings = (2,) if stage == "amendments" else ()
    one = judged("R10", bill(starts[stage], paper("legal", end, *readings)))[stage]
    assert one.verdict == verdict, one.figures


@pytest.mark.parametrize(("end", "reason"), [("2023-03-11", "in_time"), ("2023-03-13", "too_late")])
def test_the_term_on_a_vetoed_law_begins_when_the_experts_got_it(end: str, reason: str) -> None:
    got = event(EventKind.RECEIVED, "2023-03-03", what="experts", seq=1)
    veto = event(EventKind.RECEIVED, "2023-03-01", what="vetoed_law")
    found = judged("R10", bill(veto, got, paper("legal", end)))
    assert {case: one.reason for case, one in found.items()} == {"vetoed": reason}


def test_a_vetoed_law_whose_conclusion_is_dated_by_then_only() -> None:
    veto = event(EventKind.RECEIVED, "2023-03-01", what="vetoed_law")
    seen = event(EventKind.RECEIVED, "2023-03-01", what="vetoed_law", day_told=False)
    by_then = paper("legal", "2023-03-20", day_told=False)
    assert judged("R10", bill(veto, by_then))["vetoed"].reason == "day_unknown"
    assert judged("R10", bill(seen, paper("legal", "2023-03-09")))["vetoed"].reason == "sent_unknown"


def test_a_conclusion_after_a_veto_is_not_that_on_the_draft() -> None:
    veto = event(EventKind.RECEIVED, "2023-05-10", what="vetoed_law")
    sent = event(EventKind.RECEIVED, "2023-03-01", what="experts")
    found = judged("R10", bill(sent, paper("legal", "2023-03-10"), veto, paper("gender", "2023-05-11")))
    assert {case: (one.reason, one.figures["end"]) for case, one in found.items()} == {
        "draft": ("in_time", "2023-03-10"),
        "vetoed": ("in_time", "2023-05-11"),
    }


@pytest.mark.parametrize(
    ("title", "verdict"),
    [
        ("О внесении изменений в Закон «О дорогах»", BROKEN),
        ("«Жолдор жөнүндө» мыйзамга өзгөртүүлөрдү киргизүү тууралуу", BROKEN),
        ("О дорогах", "not_applicable"),
    ],
)
def test_a_title_says_that_a_law_is_amended(title: str, verdict: str) -> None:
    complete = event(EventKind.DOCUMENTS_COMPLETE, "2023-03-20")
    assert only("R15", bill(complete, title=title)).verdict == verdict


def test_a_table_on_the_day_of_each_edition() -> None:
    for on in ("2022-11-16", "2022-11-17", "2023-12-01", "2026-01-14"):
        one = only("R15", bill(paper("comparative_table", on), title="О внесении изменений в Закон"))
        assert (one.verdict, one.rule.verified) == (KEPT, on > "2022-11-16")


def test_a_bill_that_went_back_before_any_reading_is_not_judged_by_its_papers() -> None:
    complete = event(EventKind.DOCUMENTS_COMPLETE, "2023-03-20")
    back = event(EventKind.RETURNED, "2023-03-21")
    assert only("R17", bill(complete, back)).reason == "given_back"
    assert only("R17", bill(complete, back, event(EventKind.CONSIDERED, "2023-03-10", 1))).reason == "one_missing"


@pytest.mark.parametrize(("dated", "verdict"), [("2023-04-13", KEPT), ("2023-04-14", BROKEN)])
def test_the_opinion_on_costs_is_there_by_the_first_reading(dated: str, verdict: str) -> None:
    note = paper("explanatory_note", "2023-03-01", parts=frozenset({"costs"}))
    held = event(EventKind.CONSIDERED, "2023-04-13", 1)
    assert only("R40", bill(note, held, paper("government_opinion", dated))).verdict == verdict


def test_who_presents_is_asked_of_each_of_the_first_two_readings() -> None:
    readings = [event(EventKind.ADOPTED, on, reading) for on, reading in (("2023-03-01", 1), ("2023-05-17", 2))]
    last = event(EventKind.ADOPTED, "2023-06-15", 3)
    spoke = event(EventKind.PRESENTER, "2023-05-17", what="representative")
    other = event(EventKind.PRESENTER, "2023-05-17", 3, what="committee")
    found = judged("R47", bill(*readings, last, spoke, other))
    assert {case: one.reason for case, one in found.items()} == {
        "2023-03-01:1": "not_noted",
        "2023-05-17:2": "presented",
        "2023-06-15:3": "no_presenter_needed",
    }
