"""Videos and interviews: kept once, told once, withdrawn with a reason; a video goes with its sitting."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from db.audit import Act, newest, verify
from db.bills import Bill
from db.happenings import Happening, HappeningAbout
from db.media import Interview, LiveVideo
from db.media_queries import interviews_of, topic_of, videos_of, withdrawn_media
from db.people import Person
from db.sittings import Sitting
from db.upsert import table_of
from tests.tracker.house import DAY, LAW, NUMBER, House, agenda, deputies, registered, vote_list
from tracker.linking import Decision, merge
from tracker.media import add_interview, approve_quote, attach_video, withdraw_interview, withdraw_video
from tracker.media_reading import (
    MediaFault,
    MediaRefused,
    NewInterview,
    NewVideo,
    Refusal,
    read_approval,
    read_interview,
    read_new_video,
)
from tracker.stored_media import interviews_kept, quotes_waiting, videos_kept
from tracker.week.sittings import move
from vocab.dates import BISHKEK
from vocab.errors import UsageError
from vocab.ids import bill_number_key
from vocab.media import AddressFault

TODAY = date(2026, 11, 27)
ACT = Act(who="user:1", at=datetime(2026, 11, 3, 6, 0, tzinfo=UTC))
LATER = Act(who="user:2", at=datetime(2026, 11, 5, 6, 0, tzinfo=UTC))
URL = "https://www.youtube.com/watch?v=aB3_-efghij"
PLENARY, NEXT_DAY = f"plenary-{DAY}", "plenary-2017-05-18"
WHO, BILL = "abdiev-almaz-akmatovich", bill_number_key(NUMBER)
SAID = {"title": "О ветеринарии", "language": "ru", "url": "https://gazeta.kg/1", "day": "2026-11-20"}
QUOTE = {"quote": "Закон нужен сёлам."}
APPROVAL = {"approver": "А. Абдиев", "approved_how": "письмо от 19 ноября", "approved_on": "2026-11-19"}


def done(house: House, work: Any, *values: Any, act: Act = ACT) -> Any:
    with house.engine.begin() as conn:
        return work(conn, *values, act)


def video(starts: str = "", day: date = DAY) -> NewVideo:
    return read_new_video({"url": f"{URL}&utm_source=x", "starts": starts}, day)


def interview(bill: str | None = None, **said: str) -> NewInterview:
    return read_interview(SAID | said, WHO, bill, TODAY)


def shown(house: House, sitting: str = PLENARY) -> list[tuple[str, datetime | None]]:
    with house.engine.connect() as conn:
        return [(row["url"], row["starts_at"]) for row in videos_of(conn, [sitting]).get(sitting, ())]


def told(house: House) -> list[tuple[str, dict[str, Any]]]:
    rows = [row for row in house.rows(Happening) if "video" in row["kind"] or "interview" in row["kind"]]
    return [(row["key"], row["facts"]) for row in sorted(rows, key=lambda row: int(row["seq"]))]


def test_a_video_is_attached_once_told_once_and_taken_back(each_house: House) -> None:
    house = each_house
    house.state(agenda(committee="Комитет по спорту", starts_at=time(14, 0))).track()
    [sitting] = house.rows(Sitting)
    number = done(house, attach_video, sitting["id"], video())
    begins = datetime(2017, 5, 17, 14, 0, tzinfo=BISHKEK)
    assert done(house, attach_video, sitting["id"], video("14:00"), act=LATER) == number
    with pytest.raises(UsageError, match="with another beginning"):
        done(house, attach_video, sitting["id"], video("15:00"))
    assert shown(house, sitting["id"]) == [(URL, begins)]
    first = ("live_video:1", {"url": URL, "platform": "youtube", "starts_at": "2017-05-17T14:00:00+06:00"})
    assert told(house) == [first]
    about = {(row["dossier_type"], row["dossier_id"]) for row in house.rows(HappeningAbout, happening_key=first[0])}
    assert about == {("sitting", sitting["id"]), ("committee", sitting["committee_id"])}
    with pytest.raises(UsageError, match="give a reason"):
        done(house, withdraw_video, number, " \0")
    done(house, withdraw_video, number, "чужое заседание", act=LATER)
    with pytest.raises(UsageError, match="no video 1 stands"):
        done(house, withdraw_video, number, "ещё раз")
    assert shown(house, sitting["id"]) == []
    assert told(house) == [first, ("live_video_withdrawn:1", {"told": "live_video:1"})]
    again = done(house, attach_video, sitting["id"], video(), act=LATER)
    assert (again, shown(house, sitting["id"])) == (2, [(URL, begins)])
    with house.engine.connect() as conn:
        rows, topics = videos_kept(conn, 10), {topic_of(key, facts) for key, facts in told(house)}
        assert [(row["id"], row["withdrawn_reason"]) for row in rows] == [(2, None), (1, "чужое заседание")]
        assert withdrawn_media(conn, topics | {"live_video:x", "protocol_published:1"}) == {"live_video:1"}
        assert [row["action"] for row in newest(conn, 3)] == ["video added", "video withdrawn", "video added"]
        assert verify(conn) is None


def test_a_video_goes_with_its_sitting_and_the_hour_of_the_old_day_does_not(house: House) -> None:
    house.state(agenda(starts_at=time(10, 0)), agenda("agenda:2", date(2017, 5, 18))).track()
    done(house, attach_video, PLENARY, video("2017-05-17T09:30+06:00"))
    assert shown(house) == [(URL, datetime(2017, 5, 17, 9, 30, tzinfo=BISHKEK))]
    with house.engine.begin() as conn:
        move(conn, PLENARY, NEXT_DAY, "", LATER)
    assert (shown(house), shown(house, NEXT_DAY)) == ([], [(URL, None)])
    assert done(house, attach_video, PLENARY, video(day=date(2017, 5, 18)), act=LATER) == 1
    with house.engine.connect() as conn:
        assert videos_of(conn, [NEXT_DAY], known_by=ACT.at) == {}
    house.put(LiveVideo, [{**house.rows(LiveVideo)[0], "id": 9, "sitting_id": "gone"}], "id")
    assert shown(house, "gone") == [(URL, datetime(2017, 5, 17, 9, 30, tzinfo=BISHKEK))]
    with pytest.raises(UsageError, match="there is no sitting gone"):
        done(house, attach_video, "gone", video())


def with_people(house: House) -> House:
    house.state(*deputies(date(2016, 12, 1)), registered(LAW)).track()
    return house


def test_a_quote_is_nowhere_before_its_approval_and_the_interview_leaves_with_it(each_house: House) -> None:
    house = with_people(each_house)
    number = done(house, add_interview, interview(BILL, **QUOTE))
    assert done(house, add_interview, interview(BILL, **QUOTE), act=LATER) == number
    with pytest.raises(UsageError, match="with other words"):
        done(house, add_interview, interview(BILL, quote="Иначе."))
    name = house.rows(Person, id=WHO)[0]["name"]
    [(key, facts)] = told(house)
    assert (key, facts["quote"], facts["interview"], facts["language"]) == ("interview_published:1", None, 1, "ru")
    with house.engine.connect() as conn:
        [row] = interviews_of(conn, person=WHO)
        assert (row["quote"], row["approver"], row["person"], row["bill_id"]) == (None, None, name, BILL)
        assert interviews_of(conn, bill=BILL, known_by=ACT.at) == []
        assert quotes_waiting(conn) == 1
    done(house, approve_quote, number, read_approval(APPROVAL, TODAY), act=LATER)
    for again in (number, 99):
        with pytest.raises(UsageError, match="waits for an approval"):
            done(house, approve_quote, again, read_approval(APPROVAL, TODAY))
    with house.engine.connect() as conn:
        [row] = interviews_of(conn, bill=BILL)
    assert (row["quote"], row["approver"], row["approved_on"]) == (QUOTE["quote"], "А. Абдиев", date(2026, 11, 19))
    assert "approved_how" not in row
    key, facts = told(house)[1]
    assert (key, facts["told"], facts["quote"]) == (
        "interview_published:1:quote",
        "interview_published:1",
        row["quote"],
    )
    assert "письмо" not in str(told(house))
    done(house, withdraw_interview, number, "просьба", act=LATER)
    withdrawn = house.rows(Happening, kind="interview_withdrawn")
    assert [(row["title"], row["facts"]) for row in withdrawn] == [(name, {"told": "interview_published:1"})]
    about = house.rows(HappeningAbout, happening_key="interview_withdrawn:1")
    assert {row["dossier_id"] for row in about} == {WHO, BILL}
    with house.engine.connect() as conn:
        assert (interviews_of(conn, person=WHO), quotes_waiting(conn)) == ([], 0)
        assert [(row["person"], row["withdrawn_reason"]) for row in interviews_kept(conn, 9)] == [(name, "просьба")]
        assert verify(conn) is None


def test_an_interview_goes_with_its_bill_and_needs_a_person_and_a_bill_that_are_there(house: House) -> None:
    with_people(house).state(vote_list("О проекте Закона «О пчёлах»", key="vote_list:2")).track()
    [other] = {row["id"] for row in house.rows(Bill)} - {BILL}
    done(house, add_interview, interview(other, **QUOTE, **APPROVAL))
    kept = merge(house.engine, BILL, other, Decision(who="editor", reason="one draft", now=LATER.at))
    with house.engine.connect() as conn:
        assert [(row["bill_id"], row["quote"]) for row in interviews_of(conn, bill=kept)] == [(kept, QUOTE["quote"])]
    assert done(house, add_interview, interview(kept, **QUOTE, **APPROVAL)) == 1
    assert done(house, add_interview, interview()) == 2
    with pytest.raises(UsageError, match="there is no bill n-9"):
        done(house, add_interview, interview("n-9"))
    with pytest.raises(UsageError, match="there is no person nobody"):
        done(house, add_interview, read_interview(SAID, "nobody", None, TODAY))
    row = {**house.rows(Interview)[1], "id": 7, "quote": "", "approved_on": TODAY}
    with pytest.raises(IntegrityError), house.engine.begin() as conn:
        conn.execute(insert(table_of(Interview)).values(**row))


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (
            {"url": "https://evil.example/", "starts": "soon"},
            {"url": AddressFault.FOREIGN_HOST, "starts": "not_a_time"},
        ),
        ({"url": "https://evil.example/"}, {"url": AddressFault.FOREIGN_HOST}),
        ({"url": URL, "starts": "2017-05-18 10:00"}, {"starts": MediaFault.OTHER_DAY}),
        ({"url": URL, "starts": "2017-05-17T20:00+00:00"}, {"starts": MediaFault.OTHER_DAY}),
    ],
)
def test_a_wrong_video_is_refused_with_every_reason(said: dict[str, str], wrong: dict[str, str]) -> None:
    with pytest.raises(MediaRefused) as refused:
        read_new_video(said, DAY)
    assert {one.name: one.fault for one in refused.value.refusals} == wrong
    assert ("foreign host (taken are" in str(refused.value)) == ("url" in wrong)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"title": " \0", "language": "de", "url": "x", "day": "soon"}, "title language url day"),
        ({"day": "2026-11-28", "title": "ж" * 301}, "title day"),
        (APPROVAL, "quote"),
        (QUOTE | {"approver": "А. Абдиев"}, "approved_how approved_on"),
        (QUOTE | APPROVAL | {"approved_on": "2026-12-01"}, "approved_on"),
    ],
)
def test_a_wrong_interview_is_refused_with_every_reason(said: dict[str, str], wrong: str) -> None:
    with pytest.raises(MediaRefused) as refused:
        interview(**said)
    assert [one.name for one in refused.value.refusals] == wrong.split()


def test_an_approval_by_itself_is_whole_or_refused() -> None:
    with pytest.raises(MediaRefused) as refused:
        read_approval({}, TODAY)
    assert refused.value.refusals[0] == Refusal("approver", MediaFault.MISSING)
