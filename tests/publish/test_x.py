"""X: what API v2 answers to tweepy, and what that means for a post. The server is a fake, library and wire are real."""

import logging
import socket
import subprocess
import sys
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
    NotFound,
    Outcome,
    Refused,
    Remote,
    Revoked,
    Sending,
    Sent,
)
from publish.channels.registry import open_accounts
from publish.message import Mark, Span
from tests.fakes.server import Answer, Fault, Posted, Step
from tests.fakes.x import KEYS, RESET, USER, XFake, problem, start_x
from vocab.posts import ChannelName

NOW = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
LINK = "https://baikoo.example.org/ky/bills/n-6-1-26?a=1&b=2"
CARD = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
RESETS = datetime.fromtimestamp(RESET, UTC)
_LIMIT = {"x-rate-limit-reset": "1900000000", "x-rate-limit-remaining": "99"}
_DAY = {"x-user-limit-24hour-remaining": "0", "x-user-limit-24hour-reset": "1900086400"}


@pytest.fixture
def x() -> Iterator[XFake]:
    with start_x() as fake:
        yield fake


def opened(fake: XFake, **more: str) -> Channel:
    settings = {**fake.settings(), "BAIKOO_CHANNEL_PATIENCE": "0.3", **more}
    return open_accounts(settings).on[ChannelName.X, "ky"]


def sending(*part: Span, **more: Any) -> Sending:
    told = part or (Span("А & Б <в> №1 «ө»\n"), Span("", Mark.LINK, LINK))
    return Sending(**{"key": "1", "part": told, "title": "", "link": LINK, "lang": "ky", **more})


@pytest.mark.parametrize(
    ("fault", "stored", "outcome"),
    [
        (Fault.TIME_OUT, False, Lost),
        (Fault.TIME_OUT, True, Lost),
        (Fault.BROKEN, True, Lost),
        (Fault.MALFORMED, True, Lost),
        (Fault.SERVER_ERROR, True, Lost),
        (Fault.UNAVAILABLE, True, Lost),
        (Fault.RATE_LIMIT, False, Later),
        (Fault.RATE_LIMIT_BARE, False, Later),
        (Fault.REVOKED, False, Revoked),
        (Fault.REFUSED, False, Refused),
    ],
)
@pytest.mark.parametrize("picture", [None, CARD], ids=["text", "picture"])
def test_what_each_fault_means_and_whether_it_is_found_again(
    x: XFake, fault: Fault, stored: bool, outcome: type[Outcome], picture: bytes | None
) -> None:
    x.fail_next(fault, stored=stored)
    channel, told = opened(x), sending(picture=picture)
    since = datetime.now(UTC)
    came = channel.send(told, NOW)
    assert type(came) is outcome
    assert [asked.path for asked in x.asked].count("/2/tweets") == 1, "a channel never tries again by itself"
    found = channel.find(told, since)
    if stored:
        number = x.posts[0].id
        assert found == Sent(remote=Remote(id=number, url=f"https://x.com/i/status/{number}"))
    else:
        assert found == NotFound(surely=False)


@pytest.mark.parametrize("fault", [Fault.TIME_OUT, Fault.BROKEN, Fault.MALFORMED, Fault.SERVER_ERROR])
def test_a_picture_that_fails_has_posted_nothing(x: XFake, fault: Fault) -> None:
    x.fail_next(fault, step=Step.UPLOAD)
    channel = opened(x)
    came = channel.send(sending(picture=CARD, alt="Карта"), NOW)
    assert isinstance(came, Later)
    assert x.posts == []
    assert isinstance(channel.send(sending(picture=CARD, alt="Карта"), NOW), Sent)
    assert [(post.picture, post.alt) for post in x.posts] == [(CARD, "Карта")]


def test_a_rate_limit_at_the_picture_is_that_of_the_channel(x: XFake) -> None:
    x.fail_next(Fault.RATE_LIMIT, step=Step.UPLOAD)
    came = opened(x).send(sending(picture=CARD), NOW)
    assert came == Later(cause="Too Many Requests", at=RESETS, whole_channel=True)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (problem(403, "Forbidden", "You are not allowed to create a Tweet with duplicate content."), Lost),
        (
            problem(
                403,
                "Forbidden",
                "Your client app is not configured with the appropriate oauth1 app permissions for this endpoint.",
                "https://api.twitter.com/2/problems/oauth1-permissions",
            ),
            Revoked,
        ),
        (problem(403, "Forbidden", "Your account is suspended and is not permitted to access this feature."), Revoked),
        (problem(403, "Forbidden", "Reply to this conversation is not allowed."), Refused),
        (problem(402, "CreditsDepleted", "Your enrolled account does not have any credits."), Revoked),
        (problem(400, "Invalid Request", "Your media IDs are invalid."), Refused),
        (problem(404, "Not Found", "Not Found"), Refused),
        (Answer(status=502, body=b"<html>"), Lost),
        (Answer(status=504, body=b""), Lost),
        (Answer(status=503, body=b"", headers={"Retry-After": "30"}), Lost),
        (Answer(status=302, body=b"", headers={"Location": "https://example.org/"}), Lost),
        (Answer(status=400, body=["?"]), Lost),
        (Answer(status=429, body={}, headers={"x-rate-limit-reset": "soon"}), Lost),
        (Answer(status=201, body={"data": {}}), Lost),
        (Answer(status=200, body=[]), Lost),
    ],
)
def test_what_each_answer_means(x: XFake, answer: Answer, outcome: type[Outcome]) -> None:
    x.says = [answer]
    came = opened(x).send(sending(), NOW)
    assert isinstance(came, outcome)


@pytest.mark.parametrize(
    ("headers", "at"),
    [({}, None), (_LIMIT, RESETS), ({**_LIMIT, **_DAY}, RESETS + timedelta(days=1))],
    ids=["none", "window", "day"],
)
def test_a_rate_limit_names_its_time(x: XFake, headers: dict[str, str], at: datetime | None) -> None:
    said = problem(429, "Too Many Requests", "Too Many Requests")
    x.says = [Answer(status=429, body=said.body, headers=headers)]
    assert opened(x).send(sending(), NOW) == Later(cause="Too Many Requests", at=at, whole_channel=True)


def test_no_connection_is_for_later() -> None:
    with socket.socket() as taken:  # bound and not listening: refused
        taken.bind(("127.0.0.1", 0))
        settings = {**KEYS, "BAIKOO_X_API": f"http://127.0.0.1:{taken.getsockname()[1]}"}
        came = open_accounts(settings).on[ChannelName.X, "ru"].send(sending(), NOW)
    assert came == Later(cause="no connection to X")


def test_a_thread_answers_the_part_before(x: XFake) -> None:
    channel = opened(x)
    first = channel.send(sending(Span("1/3")), NOW)
    assert isinstance(first, Sent)
    channel.send(sending(Span("2/3"), after=(first.remote,)), NOW)
    channel.send(sending(Span("3/3"), after=(Remote(id=""),)), NOW)
    assert [(post.text, post.reply_to) for post in x.posts] == [("1/3", ""), ("2/3", first.remote.id), ("3/3", "")]


def test_find_looks_only_at_what_is_new_and_whole(x: XFake) -> None:
    channel, now = opened(x), datetime.now(UTC)
    x.posts = [Posted(id="1990", account=USER, text=f"А & Б <в> №1 «ө»\n{LINK}", raw={"created": now})]
    assert isinstance(channel.find(sending(), now), Sent)
    x.posts[0].raw = {"created": now - timedelta(hours=1)}
    assert channel.find(sending(), now) == NotFound(surely=False)
    x.posts = [Posted(id=str(one), account=USER, text=str(one), raw={"created": now}) for one in range(101)]
    assert isinstance(channel.find(sending(), now), CannotAsk), "a list that goes on is no answer"
    for fault in (Fault.RATE_LIMIT, Fault.TIME_OUT, Fault.MALFORMED):
        x.fail_next(fault, step=Step.FIND)
        assert isinstance(channel.find(sending(), now), CannotAsk)


def test_a_token_without_the_number_of_its_account_asks_who_it_is(x: XFake) -> None:
    x.fail_next(Fault.REVOKED, step=Step.CHECK)
    channel = opened(x, BAIKOO_X_ACCESS_TOKEN="nonumber")
    assert isinstance(channel.find(sending(), NOW), CannotAsk)


def test_edit_and_delete(x: XFake) -> None:
    channel = opened(x)
    came = channel.send(sending(), NOW)
    assert isinstance(came, Sent)
    assert isinstance(channel.edit(came.remote, sending(Span("Оңдоо"))), Refused)
    assert channel.delete(came.remote) == came
    assert channel.delete(came.remote) == came, "what is gone already counts as done"
    assert x.posts == []
    x.fail_next(Fault.TIME_OUT, step=Step.DELETE)
    assert isinstance(channel.delete(came.remote), Lost)


def test_the_check_names_the_account_or_what_is_wrong(x: XFake) -> None:
    assert opened(x).check() == Checked(account="@baikoo")
    assert opened(x, BAIKOO_X_ACCESS_SECRET="wrong").check() == Checked(fault="Unauthorized")
    x.access_level = "read"
    assert "may only read" in opened(x).check().fault


def test_no_key_is_in_a_log_or_a_cause(x: XFake, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    x.says = [problem(400, "Invalid Request", f"bad {KEYS['BAIKOO_X_ACCESS_TOKEN']}")]
    channel = opened(x)
    told = [str(channel.send(sending(picture=CARD), NOW)), str(channel.check()), repr(channel)]
    assert caplog.records
    assert [key for key in KEYS.values() if key in "".join(told) + caplog.text] == []


def test_off_says_what_is_missing_and_needs_no_tweepy() -> None:
    code = (
        "import sys; from publish.channels.registry import open_accounts; off = open_accounts({}).off;"
        "assert 'tweepy' not in sys.modules and 'publish.channels.x' not in sys.modules; print(off['x', 'en'])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == f"not set: {', '.join(KEYS)}"


def test_off_says_that_its_library_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tweepy", None)
    monkeypatch.delitem(sys.modules, "publish.channels.x", raising=False)
    assert open_accounts(KEYS).off[ChannelName.X, "ru"] == "not installed: tweepy, see requirements/site.txt"
