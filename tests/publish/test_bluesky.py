"""The channel Bluesky against a data server that speaks the AT Protocol."""

import struct
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from publish.channels.bluesky import Bluesky
from publish.channels.bluesky_record import PICTURE_BYTES, record_key, written
from publish.channels.protocol import CannotAsk, Later, Lost, NotFound, Outcome, Refused, Remote, Revoked, Sending, Sent
from publish.channels.registry import open_accounts
from publish.message import Mark, Span
from tests.fakes.bluesky import DID, HANDLE, PASSWORD, RESET_SECONDS, FakeBluesky, start_bluesky
from tests.fakes.server import Fault, Step
from vocab.errors import ConfigError
from vocab.posts import ChannelName

NOW = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 1200, 630) + b"\0" * 64
LINK = "https://baikoo.example/ky/sittings/plenary-2026-11-26"
PART = (
    Span("Жогорку Кеңеш 👩‍⚖️ кабыл алды: "),
    Span("«Салык жөнүндө»", Mark.NAME),
    Span("\n"),
    Span("күн тартиби", Mark.LINK, LINK),
    Span(" "),
    Span("#кеңеш", Mark.TAG),
)


def a_sending(key: str = "vote:1|bluesky|ky|1") -> Sending:
    return Sending(key=key, part=PART, title="Добуш берүү", link=LINK, lang="ky")


@pytest.fixture
def server() -> Iterator[FakeBluesky]:
    with start_bluesky() as fake:
        yield fake


@pytest.fixture
def channel(server: FakeBluesky) -> Iterator[Bluesky]:
    opened = Bluesky(server.url, HANDLE, PASSWORD, seconds=0.3)
    yield opened
    opened.close()


def sent(outcome: object) -> Remote:
    assert isinstance(outcome, Sent), outcome
    return outcome.remote


def test_a_post_has_its_time_its_language_and_its_card(server: FakeBluesky, channel: Bluesky) -> None:
    remote = sent(channel.send(a_sending(), NOW))
    [post] = server.posts
    rkey = record_key(a_sending().key)
    assert remote.url == f"https://bsky.app/profile/{DID}/post/{rkey}"
    assert remote.id.partition("#")[0] == post.id == f"at://{DID}/app.bsky.feed.post/{rkey}"
    assert (post.raw["createdAt"], post.raw["langs"]) == ("2026-11-27T09:30:00.000Z", ["ky"])
    assert post.raw["embed"]["external"] == {"uri": LINK, "title": "Добуш берүү", "description": ""}


def test_facets_count_bytes(server: FakeBluesky, channel: Bluesky) -> None:
    sent(channel.send(a_sending(), NOW))
    [post] = server.posts
    marked = [
        (post.text.encode()[one["index"]["byteStart"] : one["index"]["byteEnd"]].decode(), one["features"][0])
        for one in post.raw["facets"]
    ]
    assert [words for words, _ in marked] == ["күн тартиби", "#кеңеш"]
    assert marked[0][1] == {"$type": "app.bsky.richtext.facet#link", "uri": LINK}
    assert marked[1][1] == {"$type": "app.bsky.richtext.facet#tag", "tag": "кеңеш"}
    assert written((Span("", Mark.LINK, LINK),))[0] == LINK


def test_the_same_key_makes_one_record(server: FakeBluesky, channel: Bluesky) -> None:
    first = channel.send(a_sending(), NOW)
    again = channel.send(a_sending(), NOW + timedelta(days=3))
    assert again == first
    assert len(server.posts) == 1
    assert server.posts[0].raw["createdAt"].startswith("2026-11-27")
    sent(channel.send(a_sending("another"), NOW))
    assert len(server.posts) == 2


def test_record_keys_are_as_many_as_our_keys() -> None:
    keys = {record_key(f"vote:{number}") for number in range(5_000)}
    assert len(keys) == 5_000
    assert all(len(key) == 13 and key[0] == "3" for key in keys)


OUTCOMES: list[tuple[Fault, type[Outcome], str]] = [
    (Fault.TIME_OUT, Lost, "did not answer"),
    (Fault.BROKEN, Lost, "did not answer"),
    (Fault.MALFORMED, Lost, "cannot be read"),
    (Fault.SERVER_ERROR, Lost, "500"),
    (Fault.UNAVAILABLE, Lost, "503"),
    (Fault.RATE_LIMIT, Later, "answered 429: RateLimitExceeded"),
    (Fault.RATE_LIMIT_BARE, Later, "answered 429"),
    (Fault.REVOKED, Revoked, "AccountTakedown: Account has been taken down"),
    (Fault.REFUSED, Refused, "Invalid app.bsky.feed.post record"),
]


@pytest.mark.parametrize(("fault", "kind", "words"), OUTCOMES, ids=[fault.value for fault, _, _ in OUTCOMES])
@pytest.mark.parametrize("stored", [False, True], ids=["before", "after"])
def test_each_answer_has_its_outcome(
    server: FakeBluesky, channel: Bluesky, fault: Fault, kind: type, words: str, stored: bool
) -> None:
    server.fail_next(fault, stored=stored)
    outcome = channel.send(a_sending(), NOW)
    assert type(outcome) is kind
    assert words in str(outcome)
    assert PASSWORD not in str(outcome)
    found = channel.find(a_sending(), NOW)
    assert isinstance(found, Sent) if stored else found == NotFound(surely=True)
    sent(channel.send(a_sending(), NOW + timedelta(minutes=1)))
    assert len(server.posts) == 1


def test_a_rate_limit_holds_the_whole_channel_until_it_ends(server: FakeBluesky, channel: Bluesky) -> None:
    now = datetime.now(UTC)
    server.fail_next(Fault.RATE_LIMIT)
    outcome = channel.send(a_sending(), now)
    assert isinstance(outcome, Later)
    assert outcome.whole_channel
    assert outcome.at is not None
    assert abs(outcome.at - now - timedelta(seconds=RESET_SECONDS)) < timedelta(seconds=5)


@pytest.mark.parametrize("fault", [Fault.TIME_OUT, Fault.BROKEN, Fault.MALFORMED, Fault.SERVER_ERROR])
@pytest.mark.parametrize("step", [Step.CHECK, Step.UPLOAD])
def test_what_fails_before_the_post_sends_nothing(
    server: FakeBluesky, channel: Bluesky, fault: Fault, step: Step
) -> None:
    server.fail_next(fault, step=step)
    assert type(channel.send(replace(a_sending(), picture=PNG), NOW)) is Later
    assert server.posts == []


def test_where_nobody_listens_nothing_was_sent() -> None:
    channel = Bluesky("http://127.0.0.1:9", HANDLE, PASSWORD, seconds=0.3)
    outcome = channel.send(a_sending(), NOW)
    channel.close()
    assert outcome == Later(cause="no connection to 127.0.0.1:9")


def test_a_session_is_kept_and_renewed_once(server: FakeBluesky, channel: Bluesky) -> None:
    sent(channel.send(a_sending(), NOW))
    other = Bluesky(server.url, HANDLE, PASSWORD, seconds=0.3)  # the same account in another language
    sent(other.send(a_sending("second"), NOW))
    other.close()
    assert server.signed_in == 1
    server.expire()
    sent(channel.send(a_sending("third"), NOW))
    assert server.signed_in == 2
    server.expire()
    server.password = "another"
    assert isinstance(channel.send(a_sending("fourth"), NOW), Revoked)
    assert len(server.posts) == 3


def test_a_thread_names_its_root_and_what_it_answers(server: FakeBluesky, channel: Bluesky) -> None:
    remotes: list[Remote] = []
    for number in range(3):
        remotes.append(sent(channel.send(replace(a_sending(str(number)), after=tuple(remotes)), NOW)))
    root, second, third = server.posts
    assert [root.reply_to, second.reply_to, third.reply_to] == ["", root.id, second.id]
    assert third.raw["reply"]["root"]["uri"] == root.id
    assert "embed" not in second.raw
    by_hand = replace(remotes[0], id="")  # a person found it: only its address is known
    sent(channel.send(replace(a_sending("by hand"), after=(by_hand,)), NOW))
    gone = replace(remotes[0], id=f"at://{DID}/app.bsky.feed.post/3kaaaaaaaaaaa")
    outcome = channel.send(replace(a_sending("gone"), after=(gone,)), NOW)
    assert isinstance(outcome, Later)
    assert "it is not there" in outcome.cause


def test_a_picture_has_its_description_and_proportions(server: FakeBluesky, channel: Bluesky) -> None:
    sent(channel.send(replace(a_sending(), picture=PNG, alt="90 «за»"), NOW))
    [post] = server.posts
    assert (post.picture, post.alt, post.link) == (PNG, "90 «за»", "")
    assert post.raw["embed"]["images"][0]["aspectRatio"] == {"width": 1200, "height": 630}
    heavy = replace(a_sending("heavy"), picture=b"\xff\xd8" + b"\0" * PICTURE_BYTES)
    assert isinstance(channel.send(heavy, NOW), Refused)


def test_too_long_a_text_is_refused(server: FakeBluesky, channel: Bluesky) -> None:
    outcome = channel.send(replace(a_sending(), part=(Span("ө" * 301),)), NOW)
    assert isinstance(outcome, Refused)
    assert "300 graphemes" in outcome.cause
    nowhere = channel.send(replace(a_sending(), part=(Span("а", Mark.LINK, "no address"),)), NOW)
    assert isinstance(nowhere, Refused)
    assert "Invalid app.bsky.feed.post record" in nowhere.cause


def test_nothing_is_found_where_the_channel_cannot_be_asked(server: FakeBluesky, channel: Bluesky) -> None:
    server.fail_next(Fault.SERVER_ERROR, step=Step.FIND)
    assert isinstance(channel.find(a_sending(), NOW), CannotAsk)
    server.fail_next(Fault.MALFORMED, step=Step.FIND)
    assert isinstance(channel.find(a_sending(), NOW), CannotAsk)
    server.expire()
    server.fail_next(Fault.TIME_OUT, step=Step.FIND)
    assert isinstance(channel.find(a_sending(), NOW), CannotAsk)


def test_a_post_is_deleted_but_never_edited(server: FakeBluesky, channel: Bluesky) -> None:
    remote = sent(channel.send(a_sending(), NOW))
    assert isinstance(channel.edit(remote, a_sending()), Refused)
    by_hand = replace(remote, id="")
    assert [channel.delete(by_hand), channel.delete(remote)] == [Sent(remote=by_hand), Sent(remote=remote)]
    assert server.posts == []
    server.fail_next(Fault.SERVER_ERROR, step=Step.DELETE)
    assert isinstance(channel.delete(remote), Lost)


def _refuse(error: str) -> Callable[[FakeBluesky], None]:
    def change(server: FakeBluesky) -> None:
        server.refusal = (error, "no")

    return change


def _inactive(server: FakeBluesky) -> None:
    server.account = {"active": False, "status": "deactivated"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda _: None, ""),
        (_refuse("AuthenticationRequired"), "AuthenticationRequired"),
        (_refuse("AuthFactorTokenRequired"), "AuthFactorTokenRequired"),
        (_inactive, "the account is deactivated"),
    ],
)
def test_a_check_posts_nothing(
    server: FakeBluesky, channel: Bluesky, change: Callable[[FakeBluesky], None], words: str
) -> None:
    change(server)
    checked = channel.check()
    assert (bool(checked.fault), checked.account) == (bool(words), "" if words else f"@{HANDLE}")
    assert words in checked.fault
    assert isinstance(channel.send(a_sending(), NOW), Revoked if words else Sent)


def test_it_is_off_without_a_password() -> None:
    environ = {"BAIKOO_BLUESKY_HANDLE": f"@{HANDLE}", "BAIKOO_BLUESKY_PASSWORD_KY": PASSWORD}
    accounts = open_accounts(environ)
    assert accounts.off[ChannelName.BLUESKY, "ru"] == "not set: BAIKOO_BLUESKY_PASSWORD"
    opened = accounts.on[ChannelName.BLUESKY, "ky"]
    assert isinstance(opened, Bluesky)
    opened.close()
    with pytest.raises(ConfigError):
        open_accounts(environ | {"BAIKOO_BLUESKY_URL": "bsky.social"})
