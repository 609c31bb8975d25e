"""Telegram: what the Bot API answers, and what that means for a post. The server is a fake, the wire is real."""

import logging
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from publish.channels.protocol import (
    CannotAsk,
    Channel,
    Checked,
    Later,
    Lost,
    Outcome,
    Refused,
    Remote,
    Revoked,
    Sending,
    Sent,
)
from publish.channels.registry import open_accounts
from publish.message import Mark, Span
from tests.fakes.server import Answer, Fault, Step
from tests.fakes.telegram import CHANNEL, RETRY_AFTER, TOKEN, USERNAME, TelegramFake, error, start_telegram
from vocab.errors import ConfigError
from vocab.posts import ChannelName

NOW = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
LINK = "https://baikoo.example.org/ky/bills/n-6-1-26"
CARD = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


@pytest.fixture
def telegram() -> Iterator[TelegramFake]:
    with start_telegram() as fake:
        yield fake


def opened(fake: TelegramFake, lang: str = "ky", **more: str) -> Channel:
    settings = {**fake.settings(), "BAIKOO_CHANNEL_PATIENCE": "0.3", **more}
    return open_accounts(settings).on[ChannelName.TELEGRAM, lang]


def sending(*part: Span, **more: Any) -> Sending:
    told = part or (Span("Мыйзам кабыл алынды "), Span("ачуу", Mark.LINK, LINK))
    return Sending(**{"key": "1", "part": told, "title": "", "link": LINK, "lang": "ky", **more})


@pytest.mark.parametrize(
    ("fault", "stored", "outcome"),
    [
        (Fault.TIME_OUT, False, Lost),
        (Fault.TIME_OUT, True, Lost),
        (Fault.BROKEN, True, Lost),
        (Fault.MALFORMED, True, Lost),
        (Fault.SERVER_ERROR, True, Lost),
        (Fault.UNAVAILABLE, False, Lost),
        (Fault.RATE_LIMIT, False, Later),
        (Fault.RATE_LIMIT_BARE, False, Later),
        (Fault.REVOKED, False, Revoked),
        (Fault.REFUSED, False, Refused),
    ],
)
@pytest.mark.parametrize("picture", [None, CARD], ids=["text", "picture"])
def test_what_each_fault_means(
    telegram: TelegramFake, fault: Fault, stored: bool, outcome: type[Outcome], picture: bytes | None
) -> None:
    telegram.fail_next(fault, stored=stored)
    channel = opened(telegram)
    came = channel.send(sending(picture=picture), NOW)
    assert type(came) is outcome
    assert len(telegram.posts) == stored
    assert len(telegram.asked) == 1, "a channel never tries again by itself"
    assert isinstance(channel.send(sending(picture=picture), NOW), Sent)


def test_a_rate_limit_names_its_time(telegram: TelegramFake) -> None:
    telegram.fail_next(Fault.RATE_LIMIT)
    telegram.fail_next(Fault.RATE_LIMIT_BARE)
    channel = opened(telegram)
    timed, bare = (channel.send(sending(), NOW) for _ in range(2))
    at = NOW + timedelta(seconds=RETRY_AFTER)
    assert timed == Later(cause=f"Too Many Requests: retry after {RETRY_AFTER}", at=at, whole_channel=True)
    assert bare == Later(cause="Too Many Requests", at=None, whole_channel=True)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (error(400, "Bad Request: chat not found"), Revoked),
        (error(403, "Forbidden: bot was kicked from the channel chat"), Revoked),
        (error(400, "Bad Request: can't parse entities: Unsupported start tag"), Refused),
        (error(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-100777), Revoked),
        (error(404, "Not Found"), Revoked),
        (error(413, "Request Entity Too Large"), Refused),
        (Answer(status=502, body=b"<html>Bad Gateway</html>"), Lost),
        (Answer(status=504, body=b""), Lost),
        (Answer(status=503, body=b"", headers={"Retry-After": "30"}), Later),
        (Answer(status=302, body=b"", headers={"Location": "https://example.org/"}), Lost),
        (Answer(body={"ok": True, "result": {}}), Lost),
        (Answer(body=[1, 2]), Lost),
        (Answer(body={"ok": False, "description": "?"}), Lost),
    ],
)
def test_what_each_answer_means(telegram: TelegramFake, answer: Answer, outcome: type[Outcome]) -> None:
    telegram.says = [answer]
    came = opened(telegram).send(sending(), NOW)
    assert type(came) is outcome


def test_a_group_that_moved_names_its_new_number(telegram: TelegramFake) -> None:
    telegram.says = [error(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1007)]
    came = opened(telegram).send(sending(), NOW)
    assert isinstance(came, Revoked)
    assert "BAIKOO_TELEGRAM_CHAT is now -1007" in came.cause


def test_no_connection_is_for_later() -> None:
    with socket.socket() as taken:  # bound and not listening: refused
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        settings = {"BAIKOO_TELEGRAM_API": url, "BAIKOO_TELEGRAM_TOKEN": TOKEN, "BAIKOO_TELEGRAM_CHAT": "@a"}
        came = open_accounts(settings).on[ChannelName.TELEGRAM, "ru"].send(sending(), NOW)
    assert isinstance(came, Later)
    assert not came.whole_channel


def test_hostile_text_is_text(telegram: TelegramFake) -> None:
    hostile = """<b>жирно</b> & <script>alert(1)</script> </a> "x" &lt; 5 < 6"""
    part = (
        Span(hostile),
        Span(hostile, Mark.STRONG),
        Span(hostile, Mark.NAME),
        Span(hostile, Mark.LINK, 'https://example.org/?a="><b>&c=1'),
        Span("плохо", Mark.LINK, "javascript:alert(1)"),
        Span("", Mark.LINK, LINK),
        Span("#Жогорку_Кеңеш", Mark.TAG),
    )
    assert isinstance(opened(telegram).send(sending(*part), NOW), Sent)
    [post] = telegram.posts
    assert post.text == hostile * 4 + f"плохо: javascript:alert(1){LINK}#Жогорку_Кеңеш"
    assert 'href="https://example.org/?a=&quot;&gt;&lt;b&gt;&amp;c=1"' in post.raw["text"]
    assert post.raw["text"].count("<") == post.raw["text"].count(">") == 4, "<b> and <a>, and their ends"


def test_a_post_has_its_address_and_its_preview(telegram: TelegramFake) -> None:
    came = opened(telegram).send(sending(), NOW)
    assert came == Sent(remote=Remote(id=f"{CHANNEL}/1", url=f"https://t.me/{USERNAME}/1"))
    [post] = telegram.posts
    assert (post.account, post.link, post.text) == (f"@{USERNAME}", LINK, "Мыйзам кабыл алынды ачуу")


def test_a_long_text_goes_without_the_picture(telegram: TelegramFake) -> None:
    channel = opened(telegram)
    channel.send(sending(Span("ө" * 1022 + "😀"), picture=CARD, alt="Карта"), NOW)
    channel.send(sending(Span("ө" * 1023 + "😀"), picture=CARD, alt="Карта"), NOW)
    short, long = telegram.posts
    assert (short.picture, len(short.text)) == (CARD, 1023)
    assert (long.picture, long.link) == (None, LINK), "a picture's text ends at 1,024 units of UTF-16"


def test_a_thread_answers_the_part_before(telegram: TelegramFake) -> None:
    channel = opened(telegram)
    first = channel.send(sending(Span("1/3")), NOW)
    assert isinstance(first, Sent)
    channel.send(sending(Span("2/3"), after=(first.remote,)), NOW)
    channel.send(sending(Span("3/3"), after=(first.remote, Remote(id="", url="https://t.me/a/2"))), NOW)
    assert [(post.text, post.reply_to) for post in telegram.posts] == [("1/3", ""), ("2/3", "1"), ("3/3", "")]
    assert [post.link for post in telegram.posts] == [LINK, "", ""]


def test_a_subscriber_gets_it_in_private_and_may_block_the_bot(telegram: TelegramFake) -> None:
    telegram.blocked.add("55")
    channel = opened(telegram)
    assert channel.send(sending(recipient="77"), NOW) == Sent(remote=Remote(id="77/1", url=""))
    assert channel.send(sending(recipient="55"), NOW) == Refused(cause="Forbidden: bot was blocked by the user")
    telegram.fail_next(Fault.REVOKED)
    assert isinstance(channel.send(sending(recipient="77"), NOW), Revoked)


def test_languages_may_share_a_chat_or_have_their_own(telegram: TelegramFake) -> None:
    own = {"BAIKOO_TELEGRAM_CHAT_RU": str(CHANNEL)}
    for lang in ("ky", "ru", "en"):
        opened(telegram, lang, **own).send(sending(Span(lang)), NOW)
    assert [(post.text, post.account) for post in telegram.posts] == [
        ("ky", f"@{USERNAME}"),
        ("ru", str(CHANNEL)),
        ("en", f"@{USERNAME}"),
    ]


def test_edit_and_delete(telegram: TelegramFake) -> None:
    channel = opened(telegram)
    for picture in (None, CARD):
        came = channel.send(sending(picture=picture), NOW)
        assert isinstance(came, Sent)
        assert channel.edit(came.remote, sending(Span("Оңдоо"))) == came
        assert channel.edit(came.remote, sending(Span("Оңдоо"))) == came, "no change is done as well"
        assert [post.text for post in telegram.posts] == ["Оңдоо"]
        assert channel.delete(came.remote) == came
        assert channel.delete(came.remote) == came, "what is gone already counts as done"
        assert telegram.posts == []
    for number in (f"{CHANNEL}/1", "1", ""):
        assert isinstance(channel.edit(Remote(id=number), sending()), Refused)
    assert isinstance(channel.delete(Remote(id="")), Refused)
    telegram.fail_next(Fault.TIME_OUT, step=Step.DELETE)
    assert isinstance(channel.delete(Remote(id=f"{CHANNEL}/1")), Lost)


def test_nobody_can_ask_telegram(telegram: TelegramFake) -> None:
    assert isinstance(opened(telegram).find(sending(), NOW), CannotAsk)
    assert telegram.asked == []


def test_the_check_names_the_account_or_what_is_wrong(telegram: TelegramFake) -> None:
    assert opened(telegram).check() == Checked(account=f"@baikoo_bot → @{USERNAME}")
    assert "chat not found" in opened(telegram, BAIKOO_TELEGRAM_CHAT="@nobody").check().fault
    assert "Unauthorized" in opened(telegram, BAIKOO_TELEGRAM_TOKEN="1:wrong").check().fault
    telegram.may_post = False
    assert "may not write" in opened(telegram).check().fault
    telegram.fail_next(Fault.RATE_LIMIT, step=Step.CHECK)
    assert "retry after" in opened(telegram).check().fault


def test_the_token_is_in_no_log_and_no_cause(
    telegram: TelegramFake, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    telegram.says = [error(400, f"Bad Request: /bot{TOKEN}/sendMessage")]
    channel = opened(telegram)
    told = [channel.send(sending(picture=CARD), NOW)]
    for fault in (Fault.BROKEN, Fault.REVOKED, Fault.MALFORMED):
        telegram.fail_next(fault)
        told.append(channel.send(sending(), NOW))
    assert caplog.records, "httpx tells of each request"
    assert TOKEN not in f"{told} {caplog.text} {capfd.readouterr()} {channel!r}"


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({}, "not set: BAIKOO_TELEGRAM_TOKEN, BAIKOO_TELEGRAM_CHAT"),
        ({"BAIKOO_TELEGRAM_TOKEN": TOKEN}, "not set: BAIKOO_TELEGRAM_CHAT"),
        ({"BAIKOO_TELEGRAM_TOKEN": TOKEN, "BAIKOO_TELEGRAM_CHAT_RU": "@ru"}, "not set: BAIKOO_TELEGRAM_CHAT"),
    ],
)
def test_off_says_what_is_missing(settings: dict[str, str], reason: str) -> None:
    assert open_accounts(settings).off[ChannelName.TELEGRAM, "ky"] == reason


@pytest.mark.parametrize(
    "wrong",
    [
        {"BAIKOO_TELEGRAM_TOKEN": "secret"},
        {"BAIKOO_TELEGRAM_CHAT": "t.me/baikoo"},
        {"BAIKOO_TELEGRAM_API": "api.telegram.org"},
        {"BAIKOO_CHANNEL_PATIENCE": "soon"},
    ],
)
def test_wrong_settings_are_named_without_their_value(wrong: dict[str, str]) -> None:
    settings = {"BAIKOO_TELEGRAM_TOKEN": TOKEN, "BAIKOO_TELEGRAM_CHAT": "@a", **wrong}
    with pytest.raises(ConfigError, match=next(iter(wrong))) as told:
        open_accounts(settings)
    assert "secret" not in str(told.value)
