"""The channel Mastodon against a server that speaks its API."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from publish.channels.mastodon import MastodonChannel, open_account, text_of
from publish.channels.protocol import CannotAsk, Later, Lost, NotFound, Outcome, Refused, Revoked, Sending, Sent
from publish.channels.registry import open_accounts
from publish.message import Mark, Span, plain
from tests.fakes.mastodon import RESET, TOKEN, FakeMastodon, content_of, start_mastodon
from tests.fakes.server import Fault, Step
from vocab.errors import ConfigError
from vocab.posts import ChannelName

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
LINK = "https://baikoo.example/ky/sittings/plenary-2026-11-26"
PART = (
    Span("Жогорку Кеңеш 90 добуш менен кабыл алды: "),
    Span("«Салык <жана> жыйымдар жөнүндө»", Mark.NAME),
    Span("\n\n"),
    Span("", Mark.LINK, LINK),
    Span(" "),
    Span("#кеңеш", Mark.TAG),
)


def a_sending(key: str = "vote:1|mastodon|ky|1") -> Sending:
    return Sending(key=key, part=PART, title="Добуш", link=LINK, lang="ky")


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def server() -> Iterator[FakeMastodon]:
    with start_mastodon() as fake:
        yield fake


@pytest.fixture
def channel(server: FakeMastodon) -> Iterator[MastodonChannel]:
    opened = MastodonChannel(server.url, TOKEN, seconds=0.3)
    yield opened
    opened.close()


def sent(outcome: object) -> Sent:
    assert isinstance(outcome, Sent), outcome
    return outcome


def test_a_status_is_public_in_its_language(server: FakeMastodon, channel: MastodonChannel) -> None:
    remote = sent(channel.send(a_sending(), now())).remote
    [post] = server.posts
    assert (post.id, post.text) == (remote.id, plain(PART))
    assert remote.url == f"{server.url}/@baikoo/{remote.id}"
    assert (post.raw["visibility"], post.raw["language"]) == ("public", "ky")


def test_the_same_key_makes_one_status(server: FakeMastodon, channel: MastodonChannel) -> None:
    first, second = channel.send(a_sending(), now()), channel.send(a_sending(), now())
    assert first == second
    assert len(server.posts) == 1
    channel.send(a_sending("another"), now())
    assert len(server.posts) == 2


OUTCOMES: list[tuple[Fault, type[Outcome], str]] = [
    (Fault.TIME_OUT, Lost, "did not answer"),
    (Fault.BROKEN, Lost, "did not answer"),
    (Fault.MALFORMED, Lost, "cannot be read"),
    (Fault.SERVER_ERROR, Lost, "500"),
    (Fault.UNAVAILABLE, Lost, "503"),
    (Fault.RATE_LIMIT, Later, "answered 429: Too many requests"),
    (Fault.RATE_LIMIT_BARE, Later, "answered 429"),
    (Fault.REVOKED, Revoked, "answered 401: The access token was revoked"),
    (Fault.REFUSED, Refused, "answered 422: Validation failed"),
]


@pytest.mark.parametrize(("fault", "kind", "words"), OUTCOMES, ids=[fault.value for fault, _, _ in OUTCOMES])
@pytest.mark.parametrize("stored", [False, True], ids=["before", "after"])
def test_each_answer_has_its_outcome(
    server: FakeMastodon, channel: MastodonChannel, fault: Fault, kind: type, words: str, stored: bool
) -> None:
    server.fail_next(fault, stored=stored)
    outcome = channel.send(a_sending(), now())
    assert type(outcome) is kind
    assert words in str(outcome)
    assert TOKEN not in str(outcome)
    assert isinstance(channel.send(a_sending(), now()), Sent)
    assert len(server.posts) == 1


def test_a_rate_limit_holds_the_whole_channel_until_it_ends(server: FakeMastodon, channel: MastodonChannel) -> None:
    server.fail_next(Fault.RATE_LIMIT)
    outcome = channel.send(a_sending(), began := now())
    assert isinstance(outcome, Later)
    assert outcome.whole_channel
    assert outcome.at is not None
    assert abs(outcome.at - began - RESET) < timedelta(seconds=5)
    server.fail_next(Fault.RATE_LIMIT_BARE)
    bare = channel.send(a_sending(), now())
    assert isinstance(bare, Later)
    assert (bare.at, bare.whole_channel) == (None, True)


def test_where_nobody_listens_nothing_was_sent() -> None:
    channel = MastodonChannel("http://127.0.0.1:9", TOKEN, seconds=0.3)
    outcome = channel.send(a_sending(), now())
    channel.close()
    assert outcome == Later(cause="no connection to 127.0.0.1:9")


def test_a_thread_answers_to_what_stands_there(server: FakeMastodon, channel: MastodonChannel) -> None:
    first = sent(channel.send(a_sending(), now())).remote
    second = replace(a_sending("second"), after=(first,))
    assert isinstance(channel.send(second, now()), Sent)
    assert [post.reply_to for post in server.posts] == ["", first.id]
    gone = replace(a_sending("third"), after=(replace(first, id="1"),))
    assert channel.send(gone, now()) == Refused(cause=f"{server.url[7:]} answered 404: Record not found")


def test_a_picture_has_its_description(server: FakeMastodon, channel: MastodonChannel) -> None:
    assert isinstance(channel.send(replace(a_sending(), picture=PNG, alt="90 «за»"), now()), Sent)
    [post] = server.posts
    assert (post.picture, post.alt) == (PNG, "90 «за»")


def test_a_picture_that_is_processed_is_waited_for_without_sleeping(
    server: FakeMastodon, channel: MastodonChannel
) -> None:
    server.processing = 3
    sending = replace(a_sending(), picture=PNG)
    outcomes = [channel.send(sending, now()) for _ in range(3)]
    assert [type(one) for one in outcomes] == [Later, Later, Sent]
    assert len(server.media) == 1
    assert len(server.posts) == 1


@pytest.mark.parametrize(
    ("fault", "kind"),
    [(Fault.TIME_OUT, Later), (Fault.MALFORMED, Later), (Fault.SERVER_ERROR, Later), (Fault.REFUSED, Refused)],
)
def test_a_picture_that_fails_sends_nothing(
    server: FakeMastodon, channel: MastodonChannel, fault: Fault, kind: type
) -> None:
    server.fail_next(fault, step=Step.UPLOAD)
    assert type(channel.send(replace(a_sending(), picture=PNG), now())) is kind
    assert server.posts == []


def test_a_lost_status_is_found_by_its_text(server: FakeMastodon, channel: MastodonChannel) -> None:
    began = now()
    server.fail_next(Fault.BROKEN, stored=True)
    assert isinstance(channel.send(a_sending(), began), Lost)
    assert sent(channel.find(a_sending(), began)).remote.id == server.posts[0].id
    assert channel.find(a_sending(), began + timedelta(hours=1)) == NotFound(surely=False)
    other = replace(a_sending(), part=(Span("Башка текст"),))
    assert channel.find(other, began) == NotFound(surely=False)
    reply = replace(a_sending(), after=(replace(sent(channel.find(a_sending(), began)).remote, id="7"),))
    assert channel.find(reply, began) == NotFound(surely=False)
    server.fail_next(Fault.SERVER_ERROR, step=Step.FIND)
    assert isinstance(channel.find(a_sending(), began), CannotAsk)


def test_a_status_is_found_behind_many_others(server: FakeMastodon, channel: MastodonChannel) -> None:
    began = now()
    sent(channel.send(a_sending(), began))
    for number in range(45):
        channel.send(replace(a_sending(str(number)), part=(Span(f"Башка {number}"),)), now())
    assert sent(channel.find(a_sending(), began)).remote.id == server.posts[0].id


def test_an_edit_keeps_the_picture(server: FakeMastodon, channel: MastodonChannel) -> None:
    remote = sent(channel.send(replace(a_sending(), picture=PNG), now())).remote
    assert channel.edit(remote, replace(a_sending(), part=(Span("Оңдолгон"),))) == Sent(remote=remote)
    assert server.posts[0].text == "Оңдолгон"
    assert len(server.statuses[remote.id]["media_attachments"]) == 1


def test_a_status_is_deleted_once(server: FakeMastodon, channel: MastodonChannel) -> None:
    remote = sent(channel.send(a_sending(), now())).remote
    by_hand = replace(remote, id="")  # a person found it: only its address is known
    assert [channel.delete(by_hand), channel.delete(remote)] == [Sent(remote=by_hand), Sent(remote=remote)]
    assert server.posts == []
    assert isinstance(channel.edit(remote, a_sending()), Refused)


def _token(server: FakeMastodon) -> None:
    server.token = "another"


def _scopes(server: FakeMastodon) -> None:
    server.scopes = ["read"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda _: None, ""),
        (_token, "answered 401: The access token is invalid"),
        (_scopes, "it needs write:statuses"),
        (lambda server: server.fail_next(Fault.MALFORMED, step=Step.CHECK), "cannot be read"),
    ],
)
def test_a_check_posts_nothing(
    server: FakeMastodon, channel: MastodonChannel, change: Callable[[FakeMastodon], None], words: str
) -> None:
    change(server)
    checked = channel.check()
    assert words in checked.fault
    assert bool(words) is bool(checked.fault)
    assert checked.fault or checked.account == f"@baikoo@{server.url[7:]}"
    assert server.posts == []


def test_without_credentials_it_is_off() -> None:
    environ = {"BAIKOO_MASTODON_URL": "https://mastodon.example", "BAIKOO_MASTODON_TOKEN_RU": "t"}
    accounts = open_accounts(environ)
    assert accounts.off[ChannelName.MASTODON, "ky"] == "not set: BAIKOO_MASTODON_TOKEN"
    opened = accounts.on[ChannelName.MASTODON, "ru"]
    assert isinstance(opened, MastodonChannel)
    opened.close()
    with pytest.raises(ConfigError):
        open_account(environ | {"BAIKOO_MASTODON_URL": "mastodon.example"}, "ru")


def test_shown_text_is_the_text_that_was_sent() -> None:
    assert text_of(content_of(plain(PART))) == " ".join(plain(PART).split())
