"""Following in Telegram, against a server that speaks the Bot API."""

import logging
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from db.engine import open_engine, reader
from db.keys import load_keys
from db.migrate import upgrade
from db.settings import home_settings
from db.subscriptions import Subscription
from db.upsert import table_of
from publish.alerts import subscribing
from publish.alerts.addressee import addressees
from publish.alerts.bot import Desk, poll
from publish.alerts.preparing import prepare
from publish.alerts.subscribing import Wish
from publish.alerts.things import Thing
from publish.alerts.tokens import token_of
from publish.alerts.updates import Bot, Silence, open_bot
from publish.channels.abilities import ABILITIES
from publish.channels.registry import open_accounts
from publish.outbox.delivering import deliver
from publish.outbox.outside import Outside
from tests.fakes.server import Fault, Step
from tests.fakes.telegram import TOKEN, TelegramFake, start_telegram
from tests.publish.alerts.world import KEY, NOW, OLD, SITE, World
from vocab.posts import ChannelName
from vocab.subscriptions import Follows

AIDA, BEK = 4_242_424_242, 515_151


class Chat:
    """People who write to the bot, and what it answers."""

    def __init__(self, engine: Engine, telegram: TelegramFake) -> None:
        self.world, self.telegram = World(engine), telegram
        self.bot: Bot = open_bot(telegram.settings(), wait=0)
        self.desk = Desk(engine=engine, key=KEY, public_url=SITE)

    def link(self, follows: Follows = Follows.BILL, key: str = OLD, lang: str = "ru") -> str:
        wish = Wish(channel=ChannelName.TELEGRAM, thing=Thing(follows=follows, id=key), lang=lang)
        with self.world.engine.begin() as conn:
            return token_of(KEY, subscribing.ask(conn, wish, "", KEY, NOW).salt)

    def write(self, text: str, chat: int = AIDA, **more: str) -> str:
        """What the bot answers; the next look finds nothing new."""
        before = len(self.telegram.posts)
        self.telegram.write(chat, text, **more)
        assert (poll(self.desk, self.bot, NOW), poll(self.desk, self.bot, NOW)) == (1, 0)
        said = self.telegram.posts[before:]
        assert all(post.account == str(chat) for post in said)
        return "\n".join(post.text for post in said)

    def follow(self, chat: int = AIDA, **more: Any) -> str:
        return self.write(f"/start {self.link(**more)}", chat)

    def deliver(self) -> list[str]:
        """What goes out of the outbox, text by text."""
        before = len(self.telegram.posts)
        accounts = open_accounts(self.telegram.settings()).on
        outside = Outside(
            accounts=accounts, abilities=ABILITIES, cards=Path("nowhere"), subscriber_of=addressees(KEY, SITE)
        )
        deliver(self.world.engine, outside, now=lambda: self.world.now)
        return [f"{post.account}: {post.text}" for post in self.telegram.posts[before:]]

    def states(self) -> list[tuple[str, str]]:
        with reader(self.world.engine) as conn:
            rows = conn.execute(select(table_of(Subscription)).order_by(table_of(Subscription).c.id)).mappings()
            return [(row["state"], row["cause"]) for row in rows]


@pytest.fixture
def chat(sqlite_engine: Engine) -> Iterator[Chat]:
    with start_telegram() as telegram:
        yield Chat(sqlite_engine, telegram)


def test_who_presses_start_gets_the_news_and_nobody_else(chat: Chat, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    link = chat.link()
    assert chat.write(f"/start {link}").startswith("Готово. Сюда будет приходить новое. О чём: законопроект «О мышах».")
    assert "уже использована" in chat.write(f"/start {link}", BEK), "a link works once"
    chat.world.tell("one")
    chat.world.run()
    (letter,) = chat.deliver()
    assert letter.startswith(f"{AIDA}: Вы подписаны на: законопроект «О мышах».")
    assert "Зарегистрирован законопроект 6-1/26: О проекте one" in letter
    assert chat.deliver() == []
    for secret in (TOKEN, link, str(AIDA)):
        assert secret not in caplog.text
    assert str(AIDA).encode() not in Path(str(chat.world.engine.url.database)).read_bytes()


def test_list_and_stop(chat: Chat) -> None:
    assert "ни на что не подписаны" in chat.write("/list")
    chat.follow()
    chat.follow(follows=Follows.ALL, key="")
    assert chat.write("/list@baikoo_bot").splitlines()[1:3] == [
        "1. законопроект «О мышах»",
        "2. всё новое о Жогорку Кенеше",
    ]
    chat.follow(BEK)
    assert "такого номера" in chat.write("/stop 3").lower()
    assert "всё новое" in chat.write("/stop 2")
    assert "Вы отписаны от всего" in chat.write("/STOP")
    assert chat.states() == [("ended", "left"), ("ended", "left"), ("confirmed", "")]
    assert "ни на что не подписаны" in chat.write("/stop")


def test_the_bot_speaks_the_language_of_the_subscription_or_of_the_person(chat: Chat) -> None:
    assert chat.write("Салам!", language="ky").startswith("Бул — Байкоонун боту")
    assert chat.write("<b>/start</b>", language="de").startswith("Это бот Байкоо")
    chat.follow(lang="en")
    assert chat.write("/help", language="ky").startswith("This is the bot")
    assert chat.write("/start@baikoo_bot") == chat.write("/help")
    assert chat.write("/list", kind="group") == "", "groups are no readers"


def test_the_same_chat_follows_the_same_thing_once(chat: Chat) -> None:
    chat.follow()
    assert chat.follow().startswith("Готово")
    assert chat.states() == [("confirmed", ""), ("ended", "twice")]


def test_who_blocks_the_bot_is_not_written_to(chat: Chat) -> None:
    chat.follow()
    chat.follow(BEK)
    chat.telegram.block(BEK)
    assert poll(chat.desk, chat.bot, NOW) == 1
    assert chat.states() == [("confirmed", ""), ("ended", "blocked")]
    chat.telegram.blocked.add(str(AIDA))  # and Telegram's word of it was lost
    chat.world.tell("one")
    assert chat.world.run().letters == 1
    assert chat.deliver() == []
    assert prepare(chat.world.engine, public_url=SITE, now=chat.world.now).ended == 1
    assert chat.states()[0] == ("ended", "refused")


def test_an_update_of_any_shape_stops_no_later_one(chat: Chat) -> None:
    private = {"type": "private", "id": AIDA}
    chat.telegram.updates += [
        {"update_id": 699_999_996, "message": [1]},
        {"update_id": 699_999_997, "message": {"chat": 5}},
        {"update_id": 699_999_998, "my_chat_member": {"chat": private, "new_chat_member": "x"}},
        {"update_id": 699_999_999, "message": {"chat": private, "from": [], "text": "/start \ud800"}},
        {"update_id": 10**30},
    ]
    assert poll(chat.desk, chat.bot, NOW) == 4
    assert chat.write("/help").startswith("Это бот")


def test_a_fault_loses_nothing(chat: Chat) -> None:
    link = chat.link()
    chat.telegram.write(AIDA, f"/start {link}")
    for fault, final in ((Fault.SERVER_ERROR, False), (Fault.MALFORMED, False), (Fault.REVOKED, True)):
        chat.telegram.fail_next(fault, step=Step.FIND)
        said = poll(chat.desk, chat.bot, NOW)
        assert isinstance(said, Silence)
        assert said.is_final == final
    chat.telegram.fail_next(Fault.BROKEN, step=Step.POST)
    assert (poll(chat.desk, chat.bot, NOW), poll(chat.desk, chat.bot, NOW)) == (1, 0)
    assert chat.states() == [("confirmed", "")]
    assert chat.telegram.posts == [], "the answer is lost, and not said twice"


def test_a_bot_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    settings = home_settings(tmp_path)
    engine = open_engine(settings.database_url)
    upgrade(engine)
    key = load_keys(settings.home).contacts
    with start_telegram() as telegram:
        environ = {**os.environ, **telegram.settings(), "BAIKOO_HOME": str(tmp_path), "BAIKOO_PUBLIC_URL": SITE}
        wish = Wish(channel=ChannelName.TELEGRAM, thing=Thing(follows=Follows.ALL), lang="en")
        with engine.begin() as conn:
            links = [token_of(key, subscribing.ask(conn, wish, "", key, datetime.now(UTC)).salt) for _ in range(3)]
        for chat, link in enumerate(links, start=100):
            telegram.write(chat, f"/start {link}")
        telegram.fail_next(Fault.TIME_OUT, stored=True)  # the first answer arrives, and its bot hangs
        killed = subprocess.Popen([sys.executable, "-m", "cli", "bot"], env=environ)
        while not telegram.posts:
            time.sleep(0.05)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        done = subprocess.run(
            [sys.executable, "-m", "cli", "bot", "--once"], env=environ, check=True, capture_output=True, text=True
        )
    engine.dispose()
    assert re.fullmatch(r"Answered: 2\.\n", done.stdout), done
    assert [post.account for post in telegram.posts] == ["100", "101", "102"]
    assert all(post.text.startswith("Done.") for post in telegram.posts)
