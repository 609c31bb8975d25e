"""What is composed is what arrives: every kind of post in every language, on the wire of every channel."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest

from publish.channels.abilities import ABILITIES, shown
from publish.channels.protocol import Channel, Remote, Sending, Sent
from publish.channels.registry import open_accounts
from publish.composing.examples import example
from publish.composing.posts import compose_post
from publish.composing.templates import Templates
from publish.message import Message, Part, plain
from tests.fakes.world import start_world
from vocab.languages import LANGUAGES
from vocab.posts import ChannelName, PostKind

NOW = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
SITE = "https://baikoo.example.org"
CARD = b"\xff\xd8\xff\xe0 a card"

_READ: Mapping[ChannelName, Callable[[Part], str]] = {
    ChannelName.TELEGRAM: shown,
    ChannelName.FACEBOOK: plain,
    ChannelName.X: plain,
    ChannelName.MASTODON: plain,
    ChannelName.BLUESKY: shown,
}


@pytest.mark.parametrize("name", _READ)
def test_every_post_arrives_as_composed(name: ChannelName) -> None:
    since = datetime.now(UTC)
    with start_world(name) as world:
        fake, accounts = world.fakes[name], open_accounts(world.settings).on
        for kind, lang in product(PostKind, LANGUAGES):
            message, channel = composed(kind, name, lang), accounts[name, lang]
            sent = sent_by(channel, message, f"{kind}-{lang}", lang)
            posts = fake.posts[-len(sent) :]
            assert [post.text for post in posts] == [_READ[name](part).strip() for part in message.parts], (kind, lang)
            assert [post.picture for post in posts] == [CARD] + [None] * (len(sent) - 1)
            if ABILITIES[name].can_ask:
                key = f"{kind}-{lang}-{len(sent) - 1}"
                found = channel.find(sending(message, message.parts[-1], key, lang, after=sent[:-1]), since)
                assert isinstance(found, Sent)
                assert found.remote.id == sent[-1].id
    assert len(fake.posts) >= len(PostKind) * len(LANGUAGES)


def composed(kind: PostKind, name: ChannelName, lang: str) -> Message:
    made = compose_post(example(kind), name, lang, public_url=SITE, templates=Templates(), pictures=None)
    assert isinstance(made, Message), made
    return made


def sending(message: Message, part: Part, key: str, lang: str, **more: Any) -> Sending:
    return Sending(key=key, part=part, title=message.title, link=message.link, lang=lang, **more)


def sent_by(channel: Channel, message: Message, key: str, lang: str) -> list[Remote]:
    sent: list[Remote] = []
    for place, part in enumerate(message.parts):
        picture = None if sent else CARD
        came = channel.send(sending(message, part, f"{key}-{place}", lang, after=tuple(sent), picture=picture), NOW)
        assert isinstance(came, Sent), (message, came)
        sent.append(came.remote)
    return sent
