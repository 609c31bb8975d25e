"""What is composed is what arrives: every kind of post in every language, on the wire of Telegram, Facebook and X."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import pytest

from publish.channels.abilities import shown
from publish.channels.protocol import Channel, Remote, Sending, Sent
from publish.channels.registry import open_accounts
from publish.composing.examples import example
from publish.composing.posts import compose_post
from publish.composing.templates import Templates
from publish.message import Message, Part, plain
from tests.fakes.facebook import start_facebook
from tests.fakes.telegram import start_telegram
from tests.fakes.x import start_x
from vocab.languages import LANGUAGES
from vocab.posts import ChannelName, PostKind

NOW = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
SITE = "https://baikoo.example.org"
CARD = b"\xff\xd8\xff\xe0 a card"

_CASES: list[tuple[ChannelName, Callable[[], AbstractContextManager[Any]], Callable[[Part], str]]] = [
    (ChannelName.TELEGRAM, start_telegram, shown),
    (ChannelName.FACEBOOK, start_facebook, plain),
    (ChannelName.X, start_x, plain),
]


@pytest.mark.parametrize(("name", "start", "read"), _CASES, ids=[name.value for name, _, _ in _CASES])
def test_every_post_arrives_as_composed(
    name: ChannelName,
    start: Callable[[], AbstractContextManager[Any]],
    read: Callable[[Part], str],
) -> None:
    since = datetime.now(UTC)
    with start() as fake:
        accounts = open_accounts(fake.settings()).on
        for kind in PostKind:
            for lang in LANGUAGES:
                message = composed(kind, name, lang)
                sent = sent_by(accounts[name, lang], message, lang)
                posts = fake.posts[-len(sent) :]
                assert [post.id for post in posts] == [remote.id for remote in sent]
                assert [post.text for post in posts] == [read(part).strip() for part in message.parts], (kind, lang)
                assert (posts[0].picture, [post.picture for post in posts[1:]]) == (CARD, [None] * (len(sent) - 1))
                if name is not ChannelName.TELEGRAM:
                    found = accounts[name, lang].find(sending(message, message.parts[-1], lang), since)
                    assert isinstance(found, Sent)
                    assert found.remote.id == sent[-1].id
    assert len(fake.posts) >= len(PostKind) * len(LANGUAGES)


def composed(kind: PostKind, name: ChannelName, lang: str) -> Message:
    made = compose_post(example(kind), name, lang, public_url=SITE, templates=Templates(), pictures=None)
    assert isinstance(made, Message), made
    return made


def sending(message: Message, part: Part, lang: str, **more: Any) -> Sending:
    return Sending(key="1", part=part, title=message.title, link=message.link, lang=lang, **more)


def sent_by(channel: Channel, message: Message, lang: str) -> list[Remote]:
    sent: list[Remote] = []
    for part in message.parts:
        picture = None if sent else CARD
        came = channel.send(sending(message, part, lang, after=tuple(sent), picture=picture), NOW)
        assert isinstance(came, Sent), (message, came)
        sent.append(came.remote)
    return sent
