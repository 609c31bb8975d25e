"""What press releases tell of bills: events, happenings, and what the checks make of them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from db.annotations import PressEventRow
from db.bills import Bill
from db.engine import reader
from db.happenings import Happening, HappeningAbout
from db.links import LinkDecision
from db.upsert import upsert
from publish.wording import happening_title, load_words
from scrapers.items import PressListItem
from tests.tracker.house import DAY, LAW, START, House, act, deputies, registered, vote_list
from tests.tracker.press_house import RELEASE, TITLE, alike, event_at, later, tell, told
from tests.tracker.test_merge import PEOPLE, record
from tracker.checks.steps import on_days_told
from tracker.press_news import press_news
from tracker.rows import PressRow, press_row
from tracker.timelines import bill_timelines
from tracker.told_by_press import UNSURE, told_by_press
from vocab.bodies import Body
from vocab.timeline import Event, EventKind, Evidence, Subject, SubjectKind, Timeline, Votes, Who

BILL = Subject(kind=SubjectKind.BILL, id="b", title=TITLE, bill_kind="law")
COMMITTEE = "Комитет по аграрной политике"


def row(**said: Any) -> PressRow:
    return press_row(record("press_record", RELEASE, {"body": "Текст"}, version=1), {"seq": 0, **told(**said)})


def event(**said: Any) -> Event:
    [found] = told_by_press([row(**said)], PEOPLE)
    return found


@pytest.mark.parametrize(
    ("said", "kind", "body", "choice"),
    [
        ({"action": "adopted"}, EventKind.ADOPTED, Body.PLENARY, None),
        ({"action": "approved"}, EventKind.ADOPTED, Body.PLENARY, None),
        ({"action": "presented"}, EventKind.CONSIDERED, Body.PLENARY, None),
        ({"action": "considered"}, EventKind.CONSIDERED, Body.PLENARY, None),
        ({"action": "considered", "votes_for": 61}, EventKind.VOTE, Body.PLENARY, None),
        ({"action": "rejected", "votes_for": 31}, EventKind.REJECTED, Body.PLENARY, None),
        ({"action": "returned"}, EventKind.RETURNED, Body.PLENARY, None),
        ({"action": "postponed"}, EventKind.POSTPONED, Body.PLENARY, None),
        ({"action": "something new"}, EventKind.PRESS, Body.PLENARY, None),
        ({"action": "registered"}, EventKind.REGISTERED, Body.PLENARY, None),
        ({"action": "scheduled", "body": "committee"}, EventKind.SCHEDULED, Body.COMMITTEE, None),
        ({"action": "withdrawn", "body": "faction"}, EventKind.WITHDRAWN, None, None),
        ({"action": "sent_to_president"}, EventKind.SENT_TO_PRESIDENT, Body.PLENARY, None),
        ({"action": "signed"}, EventKind.SIGNED, Body.PLENARY, None),
        ({"action": "vetoed"}, EventKind.VETOED, Body.PLENARY, None),
        ({"action": "public_discussion", "body": "public_hearing"}, EventKind.PUBLIC_DISCUSSION, None, None),
        ({"action": "considered", "body": "public_hearing"}, EventKind.PUBLIC_DISCUSSION, None, None),
        ({"action": "approved", "body": "committee"}, EventKind.COMMITTEE_DECISION, Body.COMMITTEE, "approve"),
        ({"action": "rejected", "body": "committee"}, EventKind.COMMITTEE_DECISION, Body.COMMITTEE, "reject"),
        ({"action": "considered", "body": "committee"}, EventKind.CONSIDERED, Body.COMMITTEE, None),
        ({"action": "approved", "body": "faction"}, EventKind.FACTION_OPINION, None, "approve"),
        ({"action": "considered", "body": "faction"}, EventKind.FACTION_OPINION, None, "considered"),
        ({"action": "considered", "body": "working_group"}, EventKind.PRESS, None, "working_group"),
    ],
)
def test_what_is_told_becomes_an_event(
    said: dict[str, Any], kind: EventKind, body: Body | None, choice: str | None
) -> None:
    found = event(**said)
    assert (found.kind, found.body, found.choice) == (kind, body, choice)
    assert found.votes == (Votes(in_favour=said["votes_for"]) if "votes_for" in said else None)
    assert (found.evidence.place, found.evidence.is_press, found.about) == ("event:0", True, TITLE)


@pytest.mark.parametrize("action", ["rejected", "vetoed", "withdrawn", "returned", "signed"])
def test_what_is_grave_and_unsure_is_only_that_a_release_tells(action: str) -> None:
    unsure = event(action=action, score=0.85)
    assert (unsure.kind, unsure.uncertain) == (EventKind.PRESS, UNSURE)
    assert event(action=action, score=0.9).kind is not EventKind.PRESS
    assert event(action="adopted", score=0.6).kind is EventKind.ADOPTED


@pytest.mark.parametrize(
    ("draft", "quoted", "is_believed"),
    [
        (TITLE, True, True),
        ("законопроект о врачах", False, False),
        ("законопроект о врачах № 6-502/17", False, True),
        ("проект, внесённый постановлением Правительства № 71 от 1 марта 2017 года", False, True),
        ("проект, внесённый постановлением Правительства № 71 от 31.02.2017", False, False),
    ],
)
def test_what_is_grave_is_believed_of_a_draft_that_is_named(draft: str, *, quoted: bool, is_believed: bool) -> None:
    kind = event(draft=draft, quoted=quoted, action="rejected").kind
    assert kind is (EventKind.REJECTED if is_believed else EventKind.PRESS)


def test_what_is_assumed_is_said() -> None:
    plain = event(presenter="Алмаз Абдиев")
    assert (plain.uncertain, plain.day_told) == (None, True)
    assert plain.who == Who(written="Алмаз Абдиев", person_id="abdiev", faction="Тоо")
    assert event(presenter="Алмас Абдиев").who == Who(written="Алмас Абдиев")
    published = event(day_stated=False)
    assert (published.uncertain, published.day_told) == (
        "the day of publication: the text does not tell the day",
        False,
    )
    changed = record("press_record", RELEASE, {"body": "Текст"}, version=2)
    [later_read] = told_by_press([press_row(changed, {"seq": 0, **told()})], PEOPLE)
    assert later_read.uncertain == "read in the release as it stands now"


def timelines(house: House, as_of: date | None = None) -> dict[str, Timeline]:
    with reader(house.engine) as conn:
        ids = [found["id"] for found in house.rows(Bill)]
        return bill_timelines(conn, ids, as_of=as_of)


def test_one_timeline_of_all_sources(each_house: House) -> None:
    house = each_house
    house.state(
        *deputies(date(2017, 5, 1)),
        registered(LAW),
        vote_list(f"{LAW} (вносится на первое чтение)"),
        act(TITLE, adopted_on=later(60)),
    )
    tell(
        house,
        told(body="committee", committee=COMMITTEE, action="approved", day=later(-9)),
        told(readings=[1], votes_for=70, votes_against=5, presenter="Алмаз Абдиев"),
    ).track()
    [timeline] = timelines(house).values()
    assert [(one.day, one.kind) for one in timeline.events] == [
        (date(2017, 2, 1), EventKind.REGISTERED),
        (later(-9), EventKind.COMMITTEE_DECISION),
        (DAY, EventKind.PUT_TO_VOTE),
        (DAY, EventKind.ADOPTED),
        (later(60), EventKind.ENACTED),
    ]
    assert timeline.sources == {"registry_entry", "vote_list", "press_record", "act_record"}
    assert timeline.events[-1].uncertain == "joined by its title alone"
    about = {found["dossier_id"] for found in house.rows(HappeningAbout, dossier_type="person")}
    assert "abdiev-almaz-akmatovich" in about


def test_likeness_is_said_in_the_timeline(house: House) -> None:
    house.state(registered(LAW))
    tell(house, told("закон о врачах", quoted=False, day_stated=False))
    alike(house, event_at(), ("registry_entry", "kenesh:bill:6-502/17", "")).track()
    [timeline] = timelines(house).values()
    assert timeline.events[-1].uncertain == (
        "the day of publication: the text does not tell the day; joined by the likeness of the titles"
    )


def test_the_past_knows_what_had_been_seen(house: House) -> None:
    tell(house, told()).track()
    [timeline] = timelines(house, as_of=START.date()).values()
    assert [one.kind for one in timeline.events] == [EventKind.ADOPTED]
    [before] = timelines(house, as_of=START.date() - timedelta(days=1)).values()
    assert before.events == ()


def test_the_past_knows_no_text_that_was_seen_later(house: House) -> None:
    listed = PressListItem(key="press:1", url="https://kenesh.kg/1", title="Новость", published_at=START, summary="…")
    house.state(listed)
    with house.engine.begin() as conn:
        upsert(conn, PressEventRow, [{"record_key": RELEASE, "seq": 0, **told()}], key=("record_key", "seq"))
    house.track()
    [by_the_list] = timelines(house, as_of=START.date()).values()
    assert len(by_the_list.events) == 1
    house.now += timedelta(days=2)
    tell(house, told()).track()
    [unread] = timelines(house, as_of=START.date()).values()
    [read] = timelines(house).values()
    assert (unread.events, len(read.events)) == ((), 1)


def test_what_is_read_anew_waits_for_the_tracker(house: House) -> None:
    tell(house, told(), told("О мёде")).track()
    tell(house, told("О пчёлах"))
    assert [timeline.events for timeline in timelines(house).values()] == [(), ()]


def test_happenings_are_said_once(each_house: House) -> None:
    house = each_house
    tell(house, told(votes_for=70), told("О мёде", body="working_group")).track()
    [happening] = house.rows(Happening, kind="bill_told_adopted")
    assert (happening["subject_kind"], happening["title"], happening["day"]) == ("bill", TITLE, DAY)
    assert happening["facts"] == {
        "body": "plenary",
        "committee": None,
        "readings": [1],
        "in_favour": 70,
        "against": None,
    }
    tell(house, told("О пчёлах"), told(votes_for=70)).track()
    said = house.rows(Happening, kind="bill_told_adopted")
    assert [one["title"] for one in said] == [TITLE, "О пчёлах"]
    assert house.track(everything=True).happenings == 0


@pytest.mark.parametrize(
    "said",
    [
        *({"action": action} for action in ("adopted", "considered", "rejected", "returned", "postponed", "vetoed")),
        *({"action": action} for action in ("registered", "scheduled", "signed", "sent_to_president", "withdrawn")),
        {"action": "public_discussion"},
        {"action": "considered", "votes_for": 50},
        *(
            {"action": action, "body": body, "committee": COMMITTEE if body == "committee" else None}
            for action in ("adopted", "approved", "considered", "rejected", "returned", "postponed")
            for body in ("committee", "faction")
        ),
    ],
)
def test_every_happening_says_that_a_release_tells_it(said: dict[str, Any]) -> None:
    seen = replace(event(**said), evidence=Evidence(record=f"press_record:{RELEASE}", seen_at=START))
    [news] = press_news(Timeline(subject=BILL, events=(seen,)), [RELEASE])
    assert news.kind in load_words("happenings")["kinds"]
    assert "(сообщает пресс-служба): О ветеринарии" in happening_title(news.kind, news.title, news.day, news.facts)
    assert news.about >= {("bill", "b")}
    assert press_news(Timeline(subject=BILL, events=(seen,)), []) == []


def retold(day: date, **said: Any) -> Event:
    return event(day=day, day_stated=False, **said)


OFFICIAL = replace(event(), kind=EventKind.PUT_TO_VOTE, evidence=Evidence(record="agenda_entry:1"))


@pytest.mark.parametrize(
    ("press", "day"),
    [
        (retold(later(1)), DAY),
        (retold(later(7)), DAY),
        (retold(later(8)), later(8)),
        (retold(later(1), readings=[2]), later(1)),
        (retold(later(1), body="committee", action="approved"), later(1)),
        (event(day=later(1)), later(1)),
        (retold(later(1), action="signed"), later(1)),
    ],
)
def test_a_retelling_stands_on_the_day_it_tells_of(press: Event, day: date) -> None:
    events = on_days_told(Timeline(subject=BILL, events=(OFFICIAL, press))).events
    assert [one.day for one in events] == [DAY, day]


def test_a_persons_word_on_a_presenter_wins(house: House) -> None:
    house.state(*deputies(date(2017, 5, 1)))
    tell(house, told(presenter="Б. Министров")).track()
    decision: dict[str, Any] = {"record_type": "press_record", "record_key": RELEASE, "place": "event:0:presenter"}
    decision |= {"dossier_type": "person", "dossier_id": "abdiev-almaz-akmatovich", "decided_by": "editor"}
    decision |= {"decided_at": START, "reason": "asked"}
    house.put(LinkDecision, [decision], "record_type", "record_key", "place", "dossier_type")
    [timeline] = timelines(house).values()
    who = timeline.events[0].who
    assert who is not None
    assert (who.written, who.person_id) == ("Б. Министров", "abdiev-almaz-akmatovich")
