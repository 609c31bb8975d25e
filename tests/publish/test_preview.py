"""A message as people will see it, and as a person edits it."""

from dataclasses import replace

import pytest

from publish.channels.abilities import ABILITIES
from publish.composing.editing import editable, edited
from publish.composing.examples import example
from publish.composing.posts import compose_post
from publish.composing.preview import lengths, preview_html, preview_text
from publish.composing.templates import Templates
from publish.message import Mark, Message, Picture, Refusal, Span, plain
from vocab.posts import ChannelName, PostKind

MESSAGE = Message(
    title="<i>Заголовок</i>",
    parts=(
        (
            Span("Голосование\n<script>", Mark.STRONG),
            Span("«О рекламе» & «О связи»", Mark.NAME),
            Span(". "),
            Span("Подробнее", Mark.LINK, "https://baikoo.example/?a=1&b=2"),
        ),
    ),
    link="https://baikoo.example/?a=1&b=2",
    picture=Picture(file="a.png", alt='за 71, "против" 18'),
)


def test_html_is_escaped_and_shows_links_as_the_channel_does() -> None:
    html = preview_html(MESSAGE, ChannelName.TELEGRAM, picture_url="/desk/cards/a.png")
    assert "<strong>Голосование<br>&lt;script&gt;</strong>" in html
    assert "«О рекламе» &amp; «О связи»" in html
    assert '<a href="https://baikoo.example/?a=1&amp;b=2" rel="nofollow noopener">Подробнее</a>' in html
    assert 'alt="за 71, &#34;против&#34; 18"' in html
    assert "/ 1024</p>" in html
    on_x = preview_html(MESSAGE, ChannelName.X)
    assert "Подробнее: <a href=" in on_x
    assert "<strong>" not in on_x
    assert "<img" not in on_x
    assert "&lt;i&gt;Заголовок" in preview_html(MESSAGE, ChannelName.EMAIL)


def test_an_address_that_is_none_is_no_link() -> None:
    evil = replace(MESSAGE, parts=((Span("тут", Mark.LINK, "javascript:alert(1)"),),))
    assert "<a " not in preview_html(evil, ChannelName.TELEGRAM)


def test_text_for_a_terminal_has_the_length_of_each_part() -> None:
    assert [str(one) for one in lengths(MESSAGE, ChannelName.X)] == ["79 / 280"]
    assert preview_text(MESSAGE, ChannelName.X).endswith("— 79 / 280")
    assert '[a.png: за 71, "против" 18]' in preview_text(MESSAGE, ChannelName.X)


@pytest.mark.parametrize("channel", [ChannelName.TELEGRAM, ChannelName.X, ChannelName.BLUESKY])
def test_what_is_not_changed_stays_as_it_is(channel: ChannelName) -> None:
    made = compose_post(
        example(PostKind.READING_RESULT),
        channel,
        "ky",
        public_url="https://baikoo.example",
        templates=Templates(),
        pictures=None,
    )
    assert isinstance(made, Message)
    again = edited(made, channel, editable(made))
    assert isinstance(again, Message)
    words = [" ".join(map(plain, one.parts)).split() for one in (made, again)]
    assert words[0] == words[1]
    names = [
        [span for part in one.parts for span in part if span.mark in (Mark.NAME, Mark.LINK)] for one in (made, again)
    ]
    assert names[0] == names[1]


def test_an_edited_text_keeps_names_and_links_and_is_fitted_anew() -> None:
    links = "[Тут](https://kenesh.kg/1), https://kenesh.kg/2. #ЖогоркуКенеш"
    text = f"**Новое**\n«О рекламе» & «О связи» \u202eпринят. {links}"
    made = edited(replace(MESSAGE, picture=None), ChannelName.X, text)
    assert isinstance(made, Message)
    assert made.parts == (
        (
            Span("Новое", Mark.STRONG),
            Span("\n"),
            Span("«О рекламе» & «О связи»", Mark.NAME),
            Span(" принят. "),
            Span("Тут", Mark.LINK, "https://kenesh.kg/1"),
            Span(", "),
            Span("https://kenesh.kg/2", Mark.LINK, "https://kenesh.kg/2"),
            Span(". "),
            Span("#ЖогоркуКенеш", Mark.TAG),
        ),
    )
    long = edited(MESSAGE, ChannelName.X, "слово " * 100)
    assert isinstance(long, Message)
    assert len(long.parts) > 1
    assert all(ABILITIES[ChannelName.X].measure(part) <= 280 for part in long.parts)


@pytest.mark.parametrize("text", [" \n\u202e", "слово " * 1000])
def test_an_edited_text_that_cannot_be_is_refused(text: str) -> None:
    assert isinstance(edited(MESSAGE, ChannelName.X, text), Refusal)
    assert isinstance(edited(MESSAGE, ChannelName.TELEGRAM, text), Refusal)
