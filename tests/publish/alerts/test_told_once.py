"""How the best peer's alerts fail, and that our letters do not: each thing once."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select

from db.bills import Bill, BillAlias
from db.engine import reader
from db.happenings import HappeningAbout
from db.pending import mark_for_followers
from db.people import Person
from db.subscriptions import Subscription
from db.upsert import table_of, upsert
from publish.alerts import subscribing
from publish.alerts.letters import shortened
from publish.alerts.preparing import Prepared
from publish.alerts.subscribing import Wish
from publish.alerts.things import Thing, thing_in_words
from tests.publish.alerts.world import KEY, NOW, OLD, OTHER, SITE, World, accuse
from vocab.posts import ChannelName, DeliveryState
from vocab.subscriptions import Follows, Rhythm
from vocab.verdicts import Review


def test_a_letter_says_what_is_new_why_it_came_and_where_it_stands(world: World) -> None:
    world.bill(number="6-1/26")
    world.subscriber()
    assert world.titles() == [], "what was known before they subscribed"
    world.tell("one")
    assert world.titles() == ["Зарегистрирован законопроект 6-1/26: О проекте one"]
    assert "Вы подписаны на: законопроект № 6-1/26 «О пчёлах»." in world.text()
    assert f"{SITE}/ru/bills/{OLD}" in world.text()


def test_letters_that_turn_or_hide_a_text_are_left_out_of_it() -> None:
    told = shortened("О \u202eмышах\u2066\u200b \x00и\r\nBcc: a@b.kg @все", 120)
    assert told == "О мышах и Bcc: a@b.kg @\u200aвсе"


def test_the_same_over_both_databases(engine: Engine) -> None:
    world = World(engine)
    world.follower_of_bees()
    world.subscriber(Follows.ALL, "")
    world.bill()
    accuse(world, Review.CONFIRMED, 1)
    assert len(world.titles()) == 2
    world.outbox_says(DeliveryState.SENT)
    accuse(world, Review.DISMISSED, 2)
    world.tell("one")
    assert len(world.titles()) == 2
    world.outbox_says(DeliveryState.DEAD)
    assert world.run().ended == 0


def test_an_old_bill_that_begins_to_match_is_told_once_with_the_filter(world: World) -> None:
    world.follower_of_bees()
    assert world.titles() == []
    world.bill()
    assert world.titles() == ["Теперь в списке: О пчёлах"]
    assert "Теперь подходит: слова – пчёл." in world.text()
    assert "Вы подписаны на: список «Законопроекты: слова – пчёл»." in world.text()


@pytest.mark.parametrize(
    "day", [date(2017, 5, 17), date(2026, 9, 1), date(2026, 12, 1)], ids=["back-dated", "same day", "to come"]
)
def test_what_happens_is_told_when_we_know_it_whatever_its_day(world: World, day: date) -> None:
    world.subscriber()
    for key in ("one", "two"):
        world.tell(key, day=day)
        assert len(world.titles()) == 1
    world.tell("three", day=day)
    world.tell("four", day=day)
    assert world.titles() == ["Новых записей: 2 — законопроект «О мышах»"], "all that is new in one letter"


def test_what_fits_again_is_told_again(world: World) -> None:
    world.follower_of_bees()
    world.bill()
    world.titles()
    world.bill(title="О мышах")
    assert world.titles() == []
    world.tell("silent")
    assert world.titles() == []
    world.bill()
    assert world.titles() == ["Снова в списке: О пчёлах"]


@pytest.mark.parametrize("follows", ["list", "former", "present"])
def test_what_is_told_of_merged_bills_is_told_once(world: World, follows: str) -> None:
    world.bill(OTHER)
    if follows == "list":
        world.follower_of_bees()
    else:
        world.subscriber(key=OTHER if follows == "former" else OLD)
    world.tell(f"bill_scheduled:{OTHER}:s", subject=OTHER)
    first = world.titles()
    assert len(first) == (0 if follows == "present" else 1)
    with world.engine.begin() as conn:
        upsert(conn, BillAlias, [{"alias": OTHER, "bill_id": OLD, "method": "t", "since": NOW}], key=("alias",))
        row = {"happening_key": f"bill_scheduled:{OTHER}:s", "dossier_type": "bill", "dossier_id": OLD}
        upsert(conn, HappeningAbout, [row], key=("happening_key", "dossier_type", "dossier_id"))
        conn.execute(table_of(Bill).delete().where(table_of(Bill).c.id == OTHER))
        mark_for_followers(conn, "bill", [OLD, OTHER])
    world.tell(f"bill_scheduled:{OLD}:s")
    assert len(first + world.titles()) == 1
    world.tell("next")
    assert len(world.titles()) == (0 if follows == "list" else 1), "they go on under today's number"


def test_a_bill_of_a_list_that_goes_under_another_number_is_not_told_again(world: World) -> None:
    world.follower_of_bees()
    world.bill(OTHER)
    assert world.titles() == ["Теперь в списке: О пчёлах"]
    with world.engine.begin() as conn:
        upsert(conn, BillAlias, [{"alias": OTHER, "bill_id": OLD, "method": "t", "since": NOW}], key=("alias",))
        conn.execute(table_of(Bill).delete().where(table_of(Bill).c.id == OTHER))
    world.bill(OLD)
    assert world.titles() == []
    world.tell("next")
    assert world.titles() == ["Зарегистрирован законопроект 6-1/26: О проекте next"]


def test_a_subscriber_to_a_person_is_told_and_one_that_fails_stops_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.engine.begin() as conn:
        upsert(conn, Person, [{"id": "p", "name": "Асанов", "surname": "Асанов", "given": "А"}], key=("id",))
    world.subscriber()
    world.subscriber(Follows.PERSON, "p")
    world.tell("one", about=[("bill", OLD), ("person", "p")])

    def broken(conn: Any, thing: Thing, lang: str) -> str | None:
        if thing.follows is Follows.BILL:
            raise ValueError("a sponsor")
        return thing_in_words(conn, thing, lang)

    monkeypatch.setattr("publish.alerts.preparing.thing_in_words", broken)
    done = world.run()
    assert (done.letters, list(done.failed.values())) == (1, ["ValueError: a sponsor"])
    assert "Вы подписаны на: депутат: Асанов." in world.text()
    assert world.run().failed.keys() == done.failed.keys(), "it is tried again"
    monkeypatch.undo()
    assert world.titles() == ["Зарегистрирован законопроект 6-1/26: О проекте one"]


@pytest.mark.parametrize(
    ("rhythm", "due"),
    [
        (Rhythm.DAILY, datetime(2026, 9, 1, 12, 0, tzinfo=UTC)),
        (Rhythm.WEEKLY, datetime(2026, 9, 7, 3, 0, tzinfo=UTC)),
    ],
)
def test_the_hour_comes_once_and_all_is_in_one_letter(world: World, rhythm: Rhythm, due: datetime) -> None:
    world.subscriber(rhythm=rhythm)
    world.run()
    for key in ("one", "two"):
        world.tell(key)
        assert world.titles() == []
    world.now = due - timedelta(minutes=3)
    assert world.titles() == []
    world.now = due + timedelta(hours=2)
    assert world.titles() == ["Новых записей: 2 — законопроект «О мышах»"], "also where the run came late"
    world.now -= timedelta(days=3)
    assert world.run() == Prepared(), "a clock that jumps back tells nothing twice"


def test_who_left_and_who_never_confirmed_is_told_nothing(world: World) -> None:
    number = world.subscriber()
    wish = Wish(channel=ChannelName.EMAIL, thing=Thing(follows=Follows.ALL), lang="ru")
    with world.engine.begin() as conn:
        subscribing.ask(conn, wish, "a@example.kg", KEY, NOW)
        assert subscribing.end(conn, number, NOW, subscribing.LEFT)
        assert not subscribing.end(conn, number, NOW, subscribing.LEFT)
    world.tell("one")
    assert world.titles() == []


def test_an_address_that_is_refused_for_good_is_not_written_to_any_more(world: World) -> None:
    world.subscriber()
    for key in ("one", "two", "three"):
        world.tell(key)
        assert len(world.titles()) == 1
    world.outbox_says(DeliveryState.DEAD)
    assert world.run().ended == 1
    with reader(world.engine) as conn:
        row = conn.execute(select(table_of(Subscription))).mappings().one()
    assert (row["state"], row["cause"], row["sealed"]) == ("ended", "refused", "")
    assert world.told() == set()
