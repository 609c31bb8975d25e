"""How the best peer's alerts fail (domain/users.md), and that ours do not: over both databases."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from lxml import etree
from sqlalchemy import Engine, select, update

from db.bills import Bill, BillAlias
from db.engine import reader
from db.following import SavedMatch
from db.happenings import HappeningAbout
from db.pending import mark_for_followers
from db.sittings import AgendaItem, Sitting
from db.upsert import table_of, upsert
from publish.fitting import Followed
from publish.lapsing import lapsed, note_asked
from publish.making import bill_calendar
from publish.run import publish, publish_list
from publish.saved_searches import TooLong, asked, look, save, saved
from publish.settings import PublicSettings
from tests.publish.test_publish import tell
from vocab.languages import LANGUAGES
from vocab.lists import ListKind, canonical

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
SITE = "https://baikoo.example"
ATOM = "{http://www.w3.org/2005/Atom}"
OLD, OTHER = "n-6-1-26", "n-6-2-26"


class Reader:
    """Somebody who follows bills about bees, and the days that go by."""

    def __init__(self, engine: Engine, out: Path) -> None:
        self.engine, self.out, self.now = engine, out, NOW
        self.list = self.follow(text="пчёл")

    def follow(self, kind: ListKind = ListKind.BILLS, **filters: object) -> Followed:
        one = asked(kind, canonical(kind, filters), (), self.now)
        assert save(self.engine, one)
        publish_list(self.engine, self.out, one.id, public=PublicSettings(public_url=SITE))
        return one

    def bill(self, key: str = OLD, title: str = "О пчёлах", **more: Any) -> None:
        with self.engine.begin() as conn:
            upsert(conn, Bill, [{"id": key, "title": title, "kind": "law", "made_at": NOW, **more}], key=("id",))
            mark_for_followers(conn, "bill", [key])

    def tell(self, key: str, about: str = OLD, **more: Any) -> None:
        minutes = int((self.now - NOW).total_seconds() // 60)
        with self.engine.begin() as conn:
            tell(conn, key, minutes=minutes, subject_id=about, about=[("bill", about)], **more)

    def next_day(self) -> list[str]:
        """Publish, and read what came since yesterday."""
        before = self.ids()
        publish(self.engine, self.out, public=PublicSettings(public_url=SITE), now=self.now)
        self.now += timedelta(days=1)
        return [one for one in self.ids() if one not in before]

    def entries(self, lang: str = "ru", one: Followed | None = None) -> list[Any]:
        path = self.out / f"feeds/{lang}/search/{(one or self.list).id}.atom"
        return etree.parse(path).findall(f"{ATOM}entry")

    def ids(self) -> list[str]:
        return [entry.findtext(f"{ATOM}id").removeprefix("urn:baikoo:") for entry in self.entries()]


@pytest.fixture
def eve(engine: Engine, tmp_path: Path) -> Reader:
    """A reader whose list is followed since a day, with a bill about mice."""
    with engine.begin() as conn:
        rows = [{"id": key, "title": "О мышах", "kind": "law", "made_at": NOW} for key in (OLD, OTHER)]
        upsert(conn, Bill, rows, key=("id",))
        tell(conn, "before")
    one = Reader(engine, tmp_path)
    assert one.ids() == [f"search:{one.list.id}"]
    assert one.next_day() == []
    return one


def test_an_old_bill_that_begins_to_fit_is_told_once_with_the_reason(eve: Reader) -> None:
    eve.bill()
    eve.tell("why")
    began = f"match:{eve.list.id}:{OLD}"
    assert sorted(eve.next_day()) == sorted([began, "why"])
    assert eve.next_day() == []
    (entry,) = [one for one in eve.entries() if one.findtext(f"{ATOM}id").endswith(began)]
    assert entry.findtext(f"{ATOM}title") == "Теперь в списке: О пчёлах"
    assert entry.findtext(f"{ATOM}summary") == "Теперь подходит: слова – пчёл."
    assert {lang: len(eve.entries(lang)) for lang in LANGUAGES} == dict.fromkeys(LANGUAGES, 3)


def test_a_new_bill_is_told_by_what_happened_to_it_and_by_itself_where_nothing_did(eve: Reader) -> None:
    eve.now += timedelta(hours=1)
    eve.bill("n-6-9-26", made_at=eve.now)
    eve.tell("registered", about="n-6-9-26")
    eve.bill("n-6-8-26", made_at=eve.now)
    assert sorted(eve.next_day()) == [f"match:{eve.list.id}:n-6-8-26", "registered"]


@pytest.mark.parametrize(
    "day", [date(2017, 5, 17), date(2026, 9, 2), date(2026, 12, 1)], ids=["late", "same day", "to come"]
)
def test_what_happens_is_told_when_we_know_it_whatever_its_day(eve: Reader, day: date) -> None:
    eve.bill()
    eve.next_day()
    eve.tell("one", day=day)
    assert eve.next_day() == ["one"]
    eve.tell("two", day=day)
    assert eve.next_day() == ["two"]
    assert eve.next_day() == []


def test_what_fits_no_more_is_silent_and_is_told_again_when_it_is_back(eve: Reader) -> None:
    eve.bill()
    eve.next_day()
    eve.bill(title="О мышах")
    eve.next_day()
    eve.tell("silent")
    assert eve.next_day() == []
    eve.bill()
    eve.tell("heard")
    assert sorted(eve.next_day()) == ["heard", f"match:{eve.list.id}:{OLD}:2"]


def test_merged_bills_are_told_once_under_the_present_id(eve: Reader) -> None:
    for key in (OLD, OTHER):
        eve.bill(key)
    eve.next_day()
    eve.tell(f"bill_scheduled:{OTHER}:s", about=OTHER)
    assert eve.next_day() == [f"bill_scheduled:{OTHER}:s"]
    with eve.engine.begin() as conn:
        upsert(conn, BillAlias, [{"alias": OTHER, "bill_id": OLD, "method": "title", "since": eve.now}], key=("alias",))
        about = {"happening_key": f"bill_scheduled:{OTHER}:s", "dossier_type": "bill", "dossier_id": OLD}
        upsert(conn, HappeningAbout, [about], key=("happening_key", "dossier_type", "dossier_id"))
        conn.execute(table_of(Bill).delete().where(table_of(Bill).c.id == OTHER))
        mark_for_followers(conn, "bill", [OLD, OTHER])
    eve.tell(f"bill_scheduled:{OLD}:s")
    assert eve.next_day() == []
    told = [one for one in eve.entries() if "bill_scheduled" in one.findtext(f"{ATOM}id")]
    assert [one.find(f"{ATOM}link").get("href") for one in told] == [f"{SITE}/ru/bills/{OLD}"]


def test_nothing_changed_writes_nothing(eve: Reader) -> None:
    assert look(eve.engine, now=eve.now) == 0
    assert publish(eve.engine, eve.out, public=PublicSettings(public_url=SITE), now=eve.now).written == 0


def test_a_list_that_nobody_asks_for_lapses_and_can_be_followed_again(eve: Reader) -> None:
    eve.bill()
    asked_for = eve.follow(text="мышах")
    year = timedelta(days=366)
    assert note_asked(eve.engine, asked_for.id, (NOW + timedelta(days=9)).date())
    eve.now = NOW + year
    publish(eve.engine, eve.out, public=PublicSettings(public_url=SITE), now=eve.now)
    assert {path.stem for path in eve.out.rglob("search/*.*")} == {asked_for.id}
    with reader(eve.engine) as conn:
        gone = lapsed(conn, eve.list.id)
        assert gone is not None
        assert gone.filters == eve.list.filters
        assert lapsed(conn, asked_for.id) is None
        assert saved(conn, eve.list.id) is None
        kept = select(table_of(SavedMatch).c.search_id).distinct()
        assert set(conn.execute(kept).scalars()) == {asked_for.id}
    eve.tell("unheard")
    publish(eve.engine, eve.out, public=PublicSettings(public_url=SITE), now=eve.now)
    assert not (eve.out / f"feeds/ru/search/{eve.list.id}.atom").exists()
    assert eve.follow(text="пчёл").id == eve.list.id
    assert eve.ids() == [f"search:{eve.list.id}"]
    publish(eve.engine, eve.out, public=PublicSettings(public_url=SITE), now=eve.now)
    assert eve.ids() == [f"search:{eve.list.id}"]


def test_the_same_question_is_followed_once_and_a_list_without_end_is_not(
    eve: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not save(eve.engine, asked(ListKind.BILLS, canonical(ListKind.BILLS, {"text": " ПЧЁЛ "}), (), eve.now))
    monkeypatch.setattr("publish.saved_searches.MOST_MATCHES", 1)
    with pytest.raises(TooLong):
        save(eve.engine, asked(ListKind.BILLS, {"kind": "law"}, (), eve.now))


def test_a_moved_and_a_cancelled_sitting_stand_in_the_calendar_of_the_list(eve: Reader) -> None:
    eve.bill()
    eve.next_day()
    meeting = {"id": "s1", "body": "plenary", "day": date(2026, 10, 1), "title": "Заседание"}
    item = {"id": "i", "sitting_id": "s1", "bill_id": OLD, "position": 1, "title": "О пчёлах", "kind": "law"}
    with eve.engine.begin() as conn:
        upsert(conn, Sitting, [meeting | {"extraordinary": False, "cancelled": False}], key=("id",))
        upsert(conn, AgendaItem, [item | {"readings": ""}], key=("id",))
    told = {"subject_kind": "sitting", "kind": "sitting_announced"}
    for number, cancelled in enumerate((False, True)):
        with eve.engine.begin() as conn:
            conn.execute(update(table_of(Sitting)).values(cancelled=cancelled))
            about = [("bill", OLD), ("sitting", "s1")]
            tell(conn, f"announced {number}", minutes=number, subject_id="s1", about=about, **told)
        eve.next_day()
        path = eve.out / f"calendar/ky/search/{eve.list.id}.ics"
        (event,) = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        assert event["sequence"] == number
        assert str(event["status"]) == ("CANCELLED" if cancelled else "CONFIRMED")
        assert event.decoded("dtstart") == date(2026, 10, 1)
        with reader(eve.engine) as conn:
            own = bill_calendar(conn, OLD, SITE, "ky")
            assert own is not None
            assert Calendar.from_ical(own).walk("VEVENT") == [event]
    with reader(eve.engine) as conn:
        assert conn.execute(table_of(Sitting).select()).first()
