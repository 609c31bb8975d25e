"""Notes → events. Pure."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from tests.tracker.noting import SITTING
from tracker.identify.people import People
from tracker.identify.resolver import Resolver, Stretch
from tracker.merge import BillTold, SittingTold, merge_bill, merge_sitting
from tracker.observed import OTHER_DAY, observed_events
from tracker.rows import ObservationRow
from vocab.bodies import Body
from vocab.observation import ObservationKind
from vocab.timeline import Event, EventKind, Evidence, Subject, SubjectKind, Votes, Who

DAY, SEEN = date(2017, 5, 17), datetime(2017, 5, 17, 5, 2, 10, tzinfo=UTC)
PEOPLE = People(lambda _: Resolver([("abdiev", "Абдиев Алмаз Акматович")], [Stretch("abdiev", DAY, DAY, "Тоо")]), {})
ABDIEV = Who(written="Абдиев А.А.", person_id="abdiev", faction="Тоо")
SLIP = Who(written="Абдиев А.Ж.", person_id="abdiev", faction="Тоо")
BILL = Subject(kind=SubjectKind.BILL, id="n-6-502-17", title="О ветеринарии", bill_kind="law")
HALL = Subject(kind=SubjectKind.SITTING, id=SITTING, title="Заседание", body=Body.PLENARY, day=DAY)


def note(kind: str, marks: str | None = None, **value: Any) -> ObservationRow:
    return ObservationRow(
        uuid=kind,
        sitting_id=SITTING,
        kind=kind,
        value=value,
        day=DAY,
        observed_at=SEEN,
        received_at=SEEN,
        observer="o1",
        marks=marks,
    )


VOTE: dict[str, Any] = {"for": 94, "against": 6, "bill": BILL.id, "readings": [2, 3]}
AGENDA: dict[str, Any] = {"for": 94, "against": 6}
FIGURES = Votes(in_favour=94, against=6)


@pytest.mark.parametrize(
    ("row", "kind", "expected"),
    [
        (note("started", at="10:20"), EventKind.STARTED, {"at": time(10, 20)}),
        (note("ended"), EventKind.ENDED, {"at": time(11, 2)}),
        (note("registration", count=95), EventKind.OBSERVED_REGISTRATION, {"count": 95}),
        (note("head_count", count=54), EventKind.HEAD_COUNT, {"count": 54, "votes": None, "at": time(11, 2)}),
        (note("agenda_vote", **AGENDA), EventKind.AGENDA_VOTE, {"votes": FIGURES}),
        (note("absent", person="Абдиев А.А."), EventKind.OBSERVED_ABSENT, {"who": ABDIEV, "uncertain": None}),
        (
            note("present", person="abdiev"),
            EventKind.OBSERVED_PRESENT,
            {"who": replace(ABDIEV, written="Абдиев Алмаз Акматович")},
        ),
        (note("presenter", role="initiator"), EventKind.PRESENTER, {"what": "initiator", "who": None}),
        (
            note("materials", handed_out=False, paper="text"),
            EventKind.MATERIALS,
            {"choice": "not_handed_out", "what": "text"},
        ),
        (note("amendments", read=True, count=4), EventKind.AMENDMENTS_READ, {"choice": "read", "count": 4}),
        (note("combined", readings=[2, 3], ground="editorial"), EventKind.NOTE, {"ground": "editorial"}),
        (note("vote", **VOTE), EventKind.OBSERVED_VOTE, {"votes": FIGURES, "bill_id": BILL.id, "what": None}),
        (
            note("vote", counted=True, outcome="adopted"),
            EventKind.OBSERVED_VOTE,
            {"votes": Votes(), "what": "counted", "choice": "adopted"},
        ),
        (note("vote", counted=False), EventKind.OBSERVED_VOTE, {"what": "announced", "choice": None}),
        (
            note("proxy", **{"from": "Абдиев А.А.", "to": "Абдиев А.Ж."}),
            EventKind.OBSERVED_PROXY,
            {"who": ABDIEV, "to": SLIP, "uncertain": "slip of the pen: initial_differs"},
        ),
        (note("proxy_announced", **{"from": "Абдиев А.А."}), EventKind.PROXY_ANNOUNCED, {"who": ABDIEV, "to": None}),
        (note("postponed"), EventKind.POSTPONED, {"choice": None}),
        (note("postponed", by_committee=True), EventKind.POSTPONED, {"choice": "by_committee"}),
        (note("postponed", by_committee=False), EventKind.POSTPONED, {"choice": "by_plenary"}),
        (note("break", minutes=15), EventKind.OBSERVED_BREAK, {"minutes": 15}),
        (note("closed", text="о бюджете"), EventKind.CLOSED, {"about": "о бюджете"}),
        (
            note("document", paper="legal", dated="2017-05-10", language="ky"),
            EventKind.DOCUMENT,
            {"what": "legal", "lang": "ky", "day": date(2017, 5, 10), "day_told": True},
        ),
        (note("document", paper="legal"), EventKind.DOCUMENT, {"day": DAY, "day_told": False}),
        (note("document", paper="legal", dated="2017-05-20"), EventKind.DOCUMENT, {"day": DAY}),
        (note("quote", person="Абдиев А.А.", text="да"), EventKind.QUOTE, {"who": ABDIEV, "about": "да"}),
        (note("note", text="Материалов нет", item=3), EventKind.NOTE, {"about": "Материалов нет", "who": None}),
        (
            note("opinion", given_by="committee", name="Комитет по праву", stance="positive", readings=[2]),
            EventKind.COMMITTEE_DECISION,
            {"committee": "Комитет по праву", "choice": "positive", "body": Body.COMMITTEE, "readings": {2}},
        ),
        (
            note("opinion", given_by="faction", name="Тоо", stance="negative"),
            EventKind.FACTION_OPINION,
            {"about": "Тоо", "choice": "negative", "body": None},
        ),
        (note("opinion", given_by="government"), EventKind.DOCUMENT, {"what": "government_opinion"}),
        (note("opinion", given_by="expert"), EventKind.DOCUMENT, {"what": "other"}),
        (note("opinion", given_by="expert", paper="gender"), EventKind.DOCUMENT, {"what": "gender"}),
        (note("note", "clock_corrected other_day", text="x"), EventKind.NOTE, {"uncertain": OTHER_DAY}),
    ],
)
def test_what_observers_saw(row: ObservationRow, kind: EventKind, expected: dict[str, Any]) -> None:
    timeline = merge_sitting(HALL, SittingTold(observations=(row,)), PEOPLE)
    [event] = timeline.events
    assert (event.kind, event.seq, event.sitting_id, event.observer) == (kind, 1, SITTING, "o1")
    assert {name: getattr(event, name) for name in expected} == expected
    place = "item:3" if "item" in row.value else None
    assert event.evidence == Evidence(record=f"observation:{row.uuid}", seen_at=SEEN, place=place)
    assert timeline.sources == {"observation"}
    assert merge_bill(BILL, BillTold(observations=(row,)), PEOPLE).events == timeline.events


@pytest.mark.parametrize("kind", ["photo", "interview", "video"])
def test_some_notes_tell_the_checks_nothing(kind: str) -> None:
    assert observed_events([note(kind)], PEOPLE) == []


def test_every_kind_of_note_is_handled() -> None:
    told: dict[str, Any] = {"handed_out": True, "read": True, "paper": "legal", "given_by": "expert"}
    silent = [kind for kind in ObservationKind if not observed_events([note(kind, **told)], PEOPLE)]
    assert silent == [ObservationKind.PHOTO, ObservationKind.INTERVIEW, ObservationKind.VIDEO]


def test_an_old_note_without_an_observer() -> None:
    [event] = observed_events([replace(note("head_count", count=1), observer="")], PEOPLE)
    assert isinstance(event, Event)
    assert event.observer is None
