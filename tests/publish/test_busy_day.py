"""A post of a day on which hundreds of bills are scheduled."""

from dataclasses import replace
from typing import Any

import pytest

from publish.composing import variables
from publish.composing.examples import example
from publish.composing.posts import compose_post
from publish.composing.templates import Templates
from publish.message import Message, plain
from publish.wording import happening_title
from vocab.posts import ChannelName, PostKind


def test_of_a_busy_day_only_what_the_text_shows_is_put_into_words(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(kind: str, title: str, *rest: Any) -> str:
        asked.append(title)
        return happening_title(kind, title, *rest)

    monkeypatch.setattr(variables, "happening_title", counted)
    scheduled = example(PostKind.BILL_SCHEDULED)
    busy = replace(scheduled, items=scheduled.items[:1] * 500)
    words: dict[str, Any] = {"public_url": "https://baikoo.example", "templates": Templates(), "pictures": None}
    made = compose_post(busy, ChannelName.TELEGRAM, "ru", **words)
    assert isinstance(made, Message)
    assert "500" in plain(made.parts[0])
    assert 0 < len(asked) <= 8
