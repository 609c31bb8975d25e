"""What stands on the site by a day, on each side of the limit: across feasts, the recess and the editions."""

from collections.abc import Sequence
from datetime import date

import pytest

from tracker.access import AccessDeadline, access_deadline
from tracker.calendar import KyrgyzCalendar
from tracker.checks import CHECKS, judge_all
from tracker.editions import RuleBook, read_rules
from tracker.judgement import Judgement, Surroundings
from vocab.bodies import Body
from vocab.timeline import Event, EventKind, Evidence, Subject, SubjectKind, Timeline, Votes

RULES = RuleBook.load()
AROUND = Surroundings(calendar=KyrgyzCalendar())
CASE = Evidence(record="case")
BILL = Subject(kind=SubjectKind.BILL, id="b", title="О дорогах", bill_kind="law")
PARLIAMENT = Subject(kind=SubjectKind.BODY, id="p", title="Жогорку Кенеш", body=Body.PLENARY)


def day(text: str) -> date:
    return date.fromisoformat(text)


def event(kind: EventKind, on: str, what: str | None = None, not_before: str | None = None, **more: object) -> Event:
    before = day(not_before) if not_before else None
    return Event(kind=kind, day=day(on), evidence=CASE, what=what, not_before=before, **more)  # type: ignore[arg-type]


def sitting(on: str, body: Body = Body.PLENARY) -> Subject:
    return Subject(kind=SubjectKind.SITTING, id="s", title="s", body=body, day=day(on))


def said(check: str, subject: Subject, events: Sequence[Event]) -> list[tuple[str, str, str | None]]:
    ordered = tuple(sorted(events, key=lambda one: (one.day, one.seq)))
    found = judge_all(Timeline(subject=subject, events=ordered), RULES, AROUND)
    return [(one.verdict.value, one.reason, one.needs_review) for one in found if one.check_id == check]


def one(check: str, subject: Subject, events: Sequence[Event]) -> Judgement:
    (found,) = (
        judgement
        for judgement in judge_all(Timeline(subject=subject, events=tuple(events)), RULES, AROUND)
        if judgement.check_id == check
    )
    return found


@pytest.mark.parametrize(
    ("held", "seen", "verdict"),
    [
        ("2022-11-16", "2022-11-13", ("kept", "in_time", None)),  # the day before the Rules of 2022
        ("2022-11-16", "2022-11-14", ("broken", "late", "exception_of_law unverified_rule")),
        ("2022-11-17", "2022-11-14", ("kept", "in_time", None)),
        ("2022-11-17", "2022-11-15", ("broken", "late", "exception_of_law")),
        ("2023-11-30", "2023-11-28", ("broken", "late", "exception_of_law")),
        ("2023-12-01", "2023-11-28", ("kept", "in_time", None)),  # as amended in 2023
        ("2026-01-14", "2026-01-12", ("broken", "late", "exception_of_law")),  # as amended in 2025
        ("2023-08-25", "2023-08-22", ("kept", "in_time", None)),  # in the recess: a notice never stands still
        ("2023-08-25", "2023-08-23", ("broken", "late", "exception_of_law")),
        ("2023-01-10", "2023-01-07", ("kept", "in_time", None)),  # feasts count like other days
    ],
)
def test_a_bill_stands_on_the_site_three_days_before(
    held: str, seen: str, verdict: tuple[str, str, str | None]
) -> None:
    """The day before it was seen, it was not there."""
    before = date.fromordinal(day(seen).toordinal() - 1).isoformat()
    events = [
        event(EventKind.PUBLISHED, seen, "bill", before),
        event(EventKind.CONSIDERED, held, readings=frozenset({1})),
    ]
    assert said("R06", BILL, events) == [verdict]


def test_a_bill_that_was_read_by_a_day_may_have_been_read_before_it() -> None:
    read = event(EventKind.CONSIDERED, "2023-02-16", readings=frozenset({1}), day_told=False)
    in_time = event(EventKind.PUBLISHED, "2023-02-01", "bill")
    late = event(EventKind.PUBLISHED, "2023-02-15", "bill", "2023-02-13")
    assert said("R06", BILL, [in_time, read]) == [("cannot_tell", "day_unknown", None)]
    assert said("R06", BILL, [late, read]) == [("broken", "late", "exception_of_law")]


def test_a_bill_that_came_after_it_was_considered() -> None:
    read = event(EventKind.CONSIDERED, "2023-02-16", readings=frozenset({1}))
    seen = event(EventKind.PUBLISHED, "2023-02-20", "bill", "2023-02-17")
    found = one("R06", BILL, [read, seen])
    assert (found.verdict.value, "days" in found.figures) == ("broken", False)


def test_a_look_in_vain_moves_the_coming_on() -> None:
    """Looked for on the 9th in vain, seen on the 10th; the last day is the 6th: it came on the 9th at the earliest."""
    vote = event(EventKind.VOTE, "2023-03-02", votes=Votes(in_favour=60))
    looks = [event(EventKind.NOT_PUBLISHED, on, "roll_call") for on in ("2023-03-03", "2023-03-07", "2023-03-09")]
    seen = event(EventKind.PUBLISHED, "2023-03-10", "roll_call", "2023-03-03")
    found = one("R31", sitting("2023-03-02"), [vote, *looks, seen])
    assert found.reason == "late"
    again = event(EventKind.NOT_PUBLISHED, "2023-04-10", "roll_call")  # taken down: it had been there
    assert one("R31", sitting("2023-03-02"), [vote, seen, again]).reason == "day_unknown"


@pytest.mark.parametrize(
    ("held", "deadline"),
    [
        ("2023-03-02", "2023-03-06"),  # a Thursday: the weekend does not count
        ("2023-03-07", "2023-03-10"),  # 8 March does not count
        ("2023-03-10", "2023-03-13"),  # Saturday, 11 March is worked
        ("2023-06-29", "2023-09-01"),  # terms stand still between sessions
        ("2016-05-04", "2016-05-07"),  # law 223: 5 May is a feast, Saturday 7 May is worked
    ],
)
def test_a_roll_call_has_two_working_days(held: str, deadline: str) -> None:
    vote = event(EventKind.PUT_TO_VOTE, held, votes=Votes())
    late = date.fromordinal(day(deadline).toordinal() + 1).isoformat()
    in_time = [vote, event(EventKind.PUBLISHED, deadline, "roll_call")]
    too_late = [vote, event(EventKind.PUBLISHED, late, "roll_call", deadline)]
    assert one("R31", sitting(held), in_time).figures["deadline"] == deadline
    assert one("R31", sitting(held), in_time).verdict.value == "kept"
    assert one("R31", sitting(held), too_late).verdict.value == "broken"


@pytest.mark.parametrize(("looked", "reason"), [("2023-03-06", "not_seen"), ("2023-03-07", "not_there")])
def test_a_look_on_the_last_day_proves_nothing(looked: str, reason: str) -> None:
    vote = event(EventKind.VOTE, "2023-03-02", votes=Votes(in_favour=60))
    assert (
        one("R31", sitting("2023-03-02"), [vote, event(EventKind.NOT_PUBLISHED, looked, "roll_call")]).reason == reason
    )


def test_no_roll_call_is_due_without_a_vote_and_no_protocol_of_a_sitting_that_was_only_announced() -> None:
    agenda = [event(EventKind.ANNOUNCED, "2023-03-02"), event(EventKind.PUBLISHED, "2023-02-27", "agenda")]
    assert said("R31", sitting("2023-03-02"), agenda) == []
    assert said("R32", sitting("2023-03-02"), agenda) == []


def test_only_a_whole_closed_sitting_has_no_protocol() -> None:
    item = event(EventKind.CLOSED, "2023-03-02", about="О бюджете")
    assert said("R32", sitting("2023-03-02"), [item]) == [("cannot_tell", "not_seen", None)]


def test_what_somebody_else_received_is_no_transcript() -> None:
    other = event(EventKind.RECEIVED, "2023-03-20", "president")
    registered = event(EventKind.REGISTRATION, "2023-03-02", count=80)
    assert said("R32", sitting("2023-03-02"), [registered, other]) == [("cannot_tell", "not_seen", None)]


def test_registered_by_a_day_the_publication_may_have_been_due_earlier() -> None:
    registered = event(EventKind.REGISTERED, "2023-02-06", day_told=False)
    seen = event(EventKind.PUBLISHED, "2023-02-08", "bill")
    assert said("R12", BILL, [registered, seen]) == [("cannot_tell", "day_unknown", None)]
    assert said("R12", BILL, []) == []


@pytest.mark.parametrize(
    ("on", "body", "last"),
    [
        ("2018-10-02", Body.COMMITTEE, "2018-09-27"),
        ("2018-10-03", Body.PLENARY, "2018-09-23"),
        ("2026-12-03", Body.PLENARY, "2026-11-23"),
        ("2026-03-04", Body.PLENARY, "2026-02-22"),
    ],
)
def test_until_when_to_ask_to_be_let_in(on: str, body: Body, last: str) -> None:
    known = access_deadline(RULES, day(on), body)
    assert known == AccessDeadline(request_by=day(last), is_conflict=None)
    assert access_deadline(RULES, day(on), body, day(last)) == AccessDeadline(request_by=day(last), is_conflict=False)
    after = date.fromordinal(day(last).toordinal() + 1)
    assert access_deadline(RULES, day(on), body, after) == AccessDeadline(request_by=day(last), is_conflict=True)


def test_nobody_knows_until_when_to_ask_before_there_was_a_rule() -> None:
    assert access_deadline(RULES, date(2013, 5, 1), Body.PLENARY) is None
    assert access_deadline(read_rules("editions: {}\nrules: []\n"), date(2026, 5, 1), Body.PLENARY) is None


def test_without_a_rule_nothing_is_asked() -> None:
    vote = event(EventKind.VOTE, "1999-03-02", votes=Votes(in_favour=60))
    assert said("R31", sitting("1999-03-02"), [vote]) == []
    assert said("R32", sitting("1999-03-02"), [vote]) == []
    assert said("R50", sitting("2023-03-02"), []) == []
    assert said("R07", sitting("2023-03-02", Body.COMMITTEE), []) == []


@pytest.mark.parametrize(
    ("adopted", "reason"),
    [
        ("2016-10-15", "adopted_in_time"),
        ("2016-10-16", "adopted_late"),
        ("2018-06-01", "adopted_late"),  # in June for the session that began in September 2017
        ("2025-12-20", "first_session"),
    ],
)
def test_a_session_has_its_plan_by_mid_october(adopted: str, reason: str) -> None:
    plan = event(EventKind.ADOPTED, adopted, "session_plan")
    assert said("R45", PARLIAMENT, [plan])[0][1] == reason


def test_other_adoptions_are_no_plans_and_committees_have_none() -> None:
    plan = event(EventKind.ADOPTED, "2023-10-20", "session_plan")
    assert said("R45", PARLIAMENT, [event(EventKind.ADOPTED, "2023-10-20")]) == []
    committee = Subject(kind=SubjectKind.BODY, id="c", title="c", body=Body.COMMITTEE)
    assert said("R45", committee, [plan]) == []
    assert said("R43", PARLIAMENT, [event(EventKind.MEMBER, "2023-10-20")]) == []
    assert said("R43", committee, []) == []


@pytest.mark.parametrize("number", [7, 8])
def test_a_committee_has_eight_members(number: int) -> None:
    committee = Subject(kind=SubjectKind.BODY, id="c", title="c", body=Body.COMMITTEE)
    members = [event(EventKind.MEMBER, "2023-10-20", seq=place) for place in range(number)]
    verdicts = [verdict for verdict, reason, _ in said("R43", committee, members) if "members" in reason]
    assert verdicts == ["kept" if number == 8 else "broken"]


@pytest.mark.parametrize(
    ("began", "read", "told", "verdict"),
    [
        ("2023-01-31", "2023-02-28", True, "kept"),  # the last day of a shorter month
        ("2023-01-31", "2023-02-27", True, "broken"),
        ("2016-01-14", "2016-02-14", True, "kept"),
        ("2016-01-15", "2016-02-14", True, "broken"),
        ("2023-01-31", "2023-02-28", False, "kept"),  # it began by then: even longer
        ("2023-02-15", "2023-02-28", False, "cannot_tell"),
    ],
)
def test_a_bill_is_discussed_for_a_month(began: str, read: str, told: bool, verdict: str) -> None:
    events = [
        event(EventKind.PUBLIC_DISCUSSION, began, day_told=told),
        event(EventKind.CONSIDERED, read, readings=frozenset({1})),
    ]
    assert said("R18", BILL, events)[0][0] == verdict


def test_a_first_reading_by_a_day_may_have_been_too_early() -> None:
    began = event(EventKind.PUBLIC_DISCUSSION, "2023-01-10")
    read = event(EventKind.ADOPTED, "2023-02-20", readings=frozenset({1}), day_told=False)
    assert said("R18", BILL, [began, read])[0][:2] == ("cannot_tell", "day_unknown")
    second = event(EventKind.CONSIDERED, "2023-02-20", readings=frozenset({2}))
    assert said("R18", BILL, [began, second]) == []


def test_hearings_by_a_day_were_announced_or_recorded_nobody_knows_when() -> None:
    hearing = event(EventKind.HEARING, "2023-02-20", day_told=False)
    told = event(EventKind.HEARING_ANNOUNCED, "2023-02-10")
    record = event(EventKind.PUBLISHED, "2023-02-22", "hearing_record")
    found = said("R39", BILL, [told, hearing]) + said("R49", BILL, [hearing, record])
    assert [reason for _, reason, _ in found] == ["held", "announcement_day_unknown", "day_unknown"]


def test_the_checks_of_this_family_name_what_they_look_at() -> None:
    subjects = {check.id: check.subject.value for check in CHECKS}
    assert {subjects[one] for one in ("R43", "R45")} == {"body"}
