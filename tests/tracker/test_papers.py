"""The files that a bill's records offer: which papers they are, what their texts hold, what was known of them when."""

from datetime import UTC, date, datetime, timedelta

import pytest

from db.annotations import TopicDecision, TopicRow
from db.bills import Bill, BillAlias
from db.documents import Document, DocumentText
from db.engine import reader
from scrapers.items import DocumentLink
from tests.tracker.house import START, House, registered
from tracker.papers import PaperRow, PaperWords, paper_events
from tracker.timelines import bill_timeline
from vocab.papers import EXPERTISES, Paper
from vocab.timeline import EventKind, Timeline

NOTE = "https://kenesh.kg/files/spravka.docx"
TITLE = "О внесении изменений в Закон «О ветеринарии»"
TEXT = (
    "Целью законопроекта является защита животных. Негативных последствий не ожидается. Проект не противоречит "
    "законам и не потребует финансовых затрат."
)
HELD = frozenset({"purposes", "consequences", "conformity", "funding", "no_costs", "costs"})
WORDS = PaperWords.load()


@pytest.mark.parametrize(
    ("kind", "title", "papers"),
    [
        ("bill_text", "Проект закона о гендерной экспертизе", {Paper.TEXT}),
        ("note", "Справка-обоснование", {Paper.EXPLANATORY_NOTE}),
        ("comparative_table", "Сравнительная таблица", {Paper.COMPARATIVE_TABLE}),
        ("comparative_table", "Сравнительная таблица поправок", {Paper.AMENDMENTS_TABLE}),
        ("conclusion", "Заключение юридической экспертизы", {Paper.LEGAL}),
        ("conclusion", "Лингвистикалык экспертизанын корутундусу", {Paper.LINGUISTIC}),
        ("conclusion", "Заключение Отдела проведения экспертиз", EXPERTISES - {Paper.LEGAL}),
        ("conclusion", "Заключение", {Paper.OTHER}),
        ("other", "Сопроводительное письмо", {Paper.COVER_LETTER}),
        ("rollcall", "Поимённое голосование", {Paper.OTHER}),
    ],
)
def test_what_a_file_is(kind: str, title: str, papers: set[Paper]) -> None:
    assert set(WORDS.papers(kind, title)) == papers


def test_for_which_reading_a_file_is() -> None:
    assert WORDS.readings_of("Заключение комитета ко второму чтению") == {2}
    assert WORDS.readings_of("Заключение комитета") == frozenset()


def test_a_file_that_holds_several_expertises_is_several_papers() -> None:
    row = PaperRow(
        record_type="registry_entry",
        record_key="k",
        url="https://kenesh.kg/1.docx",
        kind="conclusion",
        title="Заключение Отдела проведения экспертиз",
        language="ru",
        first_seen=datetime(2026, 11, 1, 20, tzinfo=UTC),
    )
    events = list(paper_events([row], WORDS))
    assert {event.what for event in events} == EXPERTISES - {Paper.LEGAL}
    assert {event.day for event in events} == {date(2026, 11, 2)}  # it is after midnight in Bishkek
    assert not any(event.day_told for event in events)
    assert {event.parts for event in events} == {None}


def test_a_note_without_a_text_has_no_parts_that_we_know() -> None:
    assert WORDS.parts_in(Paper.EXPLANATORY_NOTE, TEXT) == HELD
    assert WORDS.parts_in(Paper.TEXT, TEXT) is None


def offered(house: House) -> str:
    """A registered bill with its text and a note that was read a day later; its id."""
    files = (
        DocumentLink(url=NOTE, title="Справка-обоснование", kind="note"),
        DocumentLink(url="https://kenesh.kg/files/ky.docx", title="Долбоор", kind="bill_text", language="ky"),
    )
    house.state(registered(TITLE, documents=files)).track()
    read(house, TEXT, START + timedelta(days=1))
    return str(house.rows(Bill)[0]["id"])


def read(house: House, text: str, at: datetime, *, failure: str | None = None) -> None:
    row = {"url": NOTE, "sha256": f"{at:%d%H}", "media": "docx", "method": "python-docx", "code_version": "1"}
    told = {"text": text, "language": "ru", "failure": failure, "first_seen": at, "read_at": at, "page_id": None}
    house.put(DocumentText, [row | told], "url", "sha256")


def timeline(house: House, bill: str, as_of: date | None = None) -> Timeline:
    with reader(house.engine) as conn:
        found = bill_timeline(conn, bill, as_of=as_of)
    assert found is not None
    return found


def test_the_papers_of_a_bill_stand_in_its_timeline(each_house: House) -> None:
    events = timeline(each_house, offered(each_house)).of(EventKind.DOCUMENT)
    told = {(event.what, event.lang, event.parts) for event in events}
    assert told == {
        (Paper.TEXT, "ky", None),
        (Paper.EXPLANATORY_NOTE, "ru", HELD),
    }
    assert {event.evidence.url for event in events} == {NOTE, "https://kenesh.kg/files/ky.docx"}


def test_papers_as_they_were_known(house: House) -> None:
    bill = offered(house)
    read(house, "", START + timedelta(days=3), failure="broken")
    before, then, now = START.date() - timedelta(days=1), START.date(), None
    assert timeline(house, bill, before).of(EventKind.DOCUMENT) == ()
    for day in (then, now):  # not read yet; another version that could not be read
        notes = [
            event for event in timeline(house, bill, day).of(EventKind.DOCUMENT) if event.what == "explanatory_note"
        ]
        assert [(event.lang, event.parts) for event in notes] == [(None, None)]


def test_a_file_of_another_record_with_the_same_key_is_not_the_bills(house: House) -> None:
    bill = offered(house)
    [row, *_] = house.rows(Document)
    house.put(
        Document,
        [row | {"record_type": "press_record", "url": "https://kenesh.kg/x"}],
        "url",
        "record_type",
        "record_key",
    )
    assert len(timeline(house, bill).of(EventKind.DOCUMENT)) == 2


def topics(house: House, bill: str, as_of: date | None = None) -> frozenset[int]:
    return timeline(house, bill, as_of).subject.topics


def test_topics_are_those_that_are_sure_or_that_a_person_chose(house: House) -> None:
    bill = offered(house)
    key = {"record_type": "registry_entry", "record_key": house.rows(Document)[0]["record_key"]}
    rows = [
        key | {"rank": 1, "topic": 15, "score": 0.5, "method": "lexicon", "words": []},
        key | {"rank": 2, "topic": 7, "score": 0.3, "method": "lexicon", "words": []},
        key | {"record_type": "press_record", "rank": 1, "topic": 3, "score": 0.9, "method": "lexicon", "words": []},
    ]
    house.put(TopicRow, rows, "record_type", "record_key", "rank")
    assert topics(house, bill) == {15}
    house.put(BillAlias, [{"alias": "former", "bill_id": bill, "method": "decided", "since": START}], "alias")
    chosen = {"subject_type": "bill", "decided_by": "л", "reason": "p", "decided_at": START + timedelta(days=2)}
    house.put(TopicDecision, [chosen | {"id": 1, "subject_id": "former", "topics": [4]}], "id")
    assert topics(house, bill) == {4}
    house.put(TopicDecision, [chosen | {"id": 2, "subject_id": bill, "topics": [7, 21]}], "id")
    assert topics(house, bill) == {7, 21}
    assert topics(house, bill, START.date()) == {15}
