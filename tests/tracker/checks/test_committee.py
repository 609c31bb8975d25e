"""The committee's terms: the day on each side of the limit, across feasts, the recess and the change of editions."""

import pytest

from tests.tracker.checks.judging import bill, day, event, judged, only, said
from tracker.calendar import KyrgyzCalendar, Stretch
from vocab.bodies import Body
from vocab.timeline import Event, EventKind

KEPT, BROKEN, UNKNOWN = "kept", "broken", "cannot_tell"


def received(on: str, **told: object) -> Event:
    return event(EventKind.RECEIVED, on, what="committee", **told)


def review(on: str, *readings: int, **told: object) -> Event:
    return event(EventKind.COMMITTEE_DECISION, on, *(readings or (1,)), choice="adopt", **told)


@pytest.mark.parametrize(
    ("start", "end", "verdict", "edition"),
    [
        ("2022-02-01", "2022-03-16", KEPT, "Закон КР от 25.11.2011"),  # two feasts, and a worked Saturday
        ("2022-02-01", "2022-03-17", BROKEN, "Закон КР от 25.11.2011"),
        ("2022-10-03", "2022-11-16", KEPT, "Закон КР от 25.11.2011"),  # a day before the Rules of 2022
        ("2022-10-05", "2022-11-17", KEPT, "Регламент Жогорку Кенеша от 20.10.2022"),
        ("2023-03-01", "2023-04-14", KEPT, "Регламент Жогорку Кенеша от 20.10.2022"),
        ("2023-03-01", "2023-04-17", BROKEN, "Регламент Жогорку Кенеша от 20.10.2022"),
        ("2023-06-12", "2023-09-25", KEPT, "Регламент Жогорку Кенеша от 20.10.2022"),  # terms stand still in summer
        ("2023-06-12", "2023-09-26", BROKEN, "Регламент Жогорку Кенеша от 20.10.2022"),
        ("2023-10-20", "2023-12-01", KEPT, "с изменениями от 29.11.2023"),
        ("2025-12-01", "2026-01-19", KEPT, "с изменениями от 24.12.2025"),
    ],
)
def test_thirty_working_days_for_the_first_look(start: str, end: str, verdict: str, edition: str) -> None:
    one = only("R11", bill(received(start), review(end)))
    assert one.verdict == verdict, one.figures
    assert edition in one.rule.edition
    assert ("unverified_rule" in (one.needs_review or "")) == (verdict == BROKEN and "223" in one.rule.edition)


def test_weeks_in_the_constituencies_lengthen_the_term() -> None:
    week = Stretch(day("2023-04-10"), day("2023-04-14"))
    known = KyrgyzCalendar([week], known=[Stretch(day("2023-01-01"), day("2023-06-30"))])
    timeline = bill(received("2023-03-01"), review("2023-04-21"))
    assert said(only("R11", timeline)) == (BROKEN, "too_late")
    assert said(only("R11", timeline, known)) == (KEPT, "in_time")
    late = only("R11", bill(received("2023-03-01"), review("2023-05-23")), known)
    assert (late.verdict, late.needs_review) == (BROKEN, None)


def test_a_reading_in_time_shows_that_the_committee_was_in_time() -> None:
    held = event(EventKind.CONSIDERED, "2023-04-13", 1)
    assert said(only("R11", bill(received("2023-03-01"), held))) == (KEPT, "in_time")
    late = event(EventKind.CONSIDERED, "2023-06-13", 1)
    assert said(only("R11", bill(received("2023-03-01"), late))) == (UNKNOWN, "day_unknown")


def test_a_decision_that_names_no_reading_was_for_the_first_one_if_none_came_before() -> None:
    nameless = event(EventKind.COMMITTEE_DECISION, "2023-03-10")
    assert said(only("R11", bill(received("2023-03-01"), nameless))) == (KEPT, "in_time")
    read = event(EventKind.ADOPTED, "2023-03-09", 1)
    assert only("R11", bill(nameless, read, received("2023-03-01"))).figures["end"] == "2023-03-09"


def test_a_committee_that_considers_is_a_review_and_the_plenary_is_none() -> None:
    seen = event(EventKind.CONSIDERED, "2023-03-10", 1, body=Body.COMMITTEE)
    assert only("R11", bill(received("2023-03-01"), seen)).figures["end"] == "2023-03-10"
    assert judged("R11", bill(event(EventKind.CONSIDERED, "2023-03-10", 1))) == {}


def test_what_an_observer_heard_of_a_committee_was_decided_by_then() -> None:
    heard = review("2023-05-10", observer="a")
    assert said(only("R11", bill(received("2023-03-01"), heard))) == (UNKNOWN, "day_unknown")


@pytest.mark.parametrize(
    ("registered", "end", "reason"),
    [("2023-03-01", "2023-04-14", "surely_in_time"), ("2023-03-01", "2023-04-17", "start_unknown")],
)
def test_registration_is_the_earliest_start(registered: str, end: str, reason: str) -> None:
    assert only("R11", bill(event(EventKind.REGISTERED, registered), review(end))).reason == reason
    untold = event(EventKind.REGISTERED, registered, day_told=False)
    assert only("R11", bill(untold, review(end))).reason == "start_unknown"


def test_withdrawn_after_the_term_is_not_excused() -> None:
    gone = event(EventKind.WITHDRAWN, "2023-04-17")
    assert said(only("R11", bill(received("2023-03-01"), gone))) == (UNKNOWN, "end_unknown")


@pytest.mark.parametrize(
    ("not_before", "posted", "decided", "verdict"),
    [
        ("2023-03-01", "2023-03-02", "2023-03-16", KEPT),
        ("2023-03-01", "2023-03-02", "2023-03-15", BROKEN),
        ("2023-02-25", "2023-03-02", "2023-03-15", UNKNOWN),  # between the two looks the site was not seen
        (None, "2023-03-02", "2023-03-16", KEPT),
        (None, "2023-03-02", "2023-03-15", UNKNOWN),
        ("2022-11-02", "2022-11-03", "2022-11-17", KEPT),
        ("2023-06-26", "2023-06-27", "2023-09-11", KEPT),  # 3 days in June, 11 in September
        ("2023-06-26", "2023-06-27", "2023-09-10", BROKEN),
    ],
)
def test_two_weeks_for_remarks(not_before: str | None, posted: str, decided: str, verdict: str) -> None:
    there = event(EventKind.PUBLISHED, posted, what="bill", not_before=not_before and day(not_before))
    one = only("R13", bill(there, review(decided)))
    assert one.verdict == verdict, one.figures


def test_too_early_only_because_of_the_recess_is_looked_at() -> None:
    there = event(EventKind.PUBLISHED, "2023-06-27", what="bill", not_before=day("2023-06-26"))
    assert only("R13", bill(there, review("2023-09-06"))).needs_review == "derived recess"


def test_a_bill_that_was_not_on_the_site_when_the_committee_decided() -> None:
    absent = event(EventKind.NOT_PUBLISHED, "2023-03-14", what="bill")
    assert said(only("R13", bill(absent, review("2023-03-15")))) == (BROKEN, "too_early")
    assert said(only("R13", bill(absent, review("2023-05-15")))) == (UNKNOWN, "posting_unknown")
    there = event(EventKind.PUBLISHED, "2023-03-10", what="bill")
    assert said(only("R13", bill(there, absent, review("2023-03-24")))) == (KEPT, "long_enough")


@pytest.mark.parametrize(("decided", "verdict"), [("2023-03-14", BROKEN), ("2023-03-15", UNKNOWN)])
def test_on_the_day_of_a_look_in_vain_a_bill_may_have_come_later(decided: str, verdict: str) -> None:
    absent = event(EventKind.NOT_PUBLISHED, "2023-03-01", what="bill")
    there = event(EventKind.PUBLISHED, "2023-03-10", what="bill")
    assert only("R13", bill(absent, there, review(decided))).verdict == verdict


def test_the_day_of_a_decision_that_is_only_known_by_then_proves_no_wait() -> None:
    there = event(EventKind.PUBLISHED, "2023-03-02", what="bill", not_before=day("2023-03-01"))
    assert only("R13", bill(there, review("2023-03-20", day_told=False))).verdict == UNKNOWN
    assert only("R13", bill(there, review("2023-03-15", day_told=False))).verdict == BROKEN


@pytest.mark.parametrize(
    ("until", "end", "verdict"),
    [
        ("2023-03-15", "2023-04-14", KEPT),
        ("2023-03-15", "2023-04-17", BROKEN),
        ("2023-06-20", "2023-09-19", KEPT),
        ("2023-06-20", "2023-09-20", BROKEN),
        ("2022-10-26", "2022-11-23", KEPT),
    ],
)
def test_twenty_working_days_for_amendments(until: str, end: str, verdict: str) -> None:
    timeline = bill(event(EventKind.AMENDMENTS_UNTIL, until), review(end, 2))
    one = only("R20", timeline)
    assert one.verdict == verdict, one.figures


@pytest.mark.parametrize(
    ("adopted", "until", "verdict"),
    [
        ("2023-03-01", "2023-03-15", KEPT),
        ("2023-03-01", "2023-03-16", BROKEN),
        ("2023-06-29", "2023-09-13", KEPT),
        ("2023-06-29", "2023-09-14", BROKEN),
        ("2022-11-16", "2022-11-30", KEPT),
        ("2022-11-16", "2022-12-01", BROKEN),
        ("2026-01-14", "2026-01-28", KEPT),
    ],
)
def test_ten_working_days_for_handing_in_amendments(adopted: str, until: str, verdict: str) -> None:
    timeline = bill(event(EventKind.ADOPTED, adopted, 1), event(EventKind.AMENDMENTS_UNTIL, until))
    one = only("R19", timeline)
    assert one.verdict == verdict, one.figures
    assert one.rule.verified == (adopted >= "2022-11-17")  # the edition is that of the resolution


@pytest.mark.parametrize(
    ("held", "signed", "verdict"),
    [
        ("2023-03-01", "2023-03-06", KEPT),
        ("2023-03-01", "2023-03-07", BROKEN),
        ("2023-06-28", "2023-09-03", KEPT),
        ("2023-06-28", "2023-09-04", BROKEN),
        ("2022-11-14", "2022-11-19", KEPT),
    ],
)
def test_five_days_for_signing(held: str, signed: str, verdict: str) -> None:
    paper = event(EventKind.DOCUMENT, signed, what="committee_conclusion")
    one = judged("R46", bill(review(held), paper))["signed"]
    assert one.verdict == verdict, one.figures
    assert set(judged("R46", bill(review(held), paper))) == {"signed"}


def test_a_conclusion_on_amendments_is_not_that_on_the_draft() -> None:
    paper = event(EventKind.DOCUMENT, "2023-03-03", 2, what="committee_conclusion")
    assert judged("R46", bill(review("2023-03-01"), paper))["signed"].reason == "end_unknown"
    assert judged("R46", bill(paper)) == {}
