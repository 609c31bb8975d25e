"""Texts cut into parts: nothing lost, nothing too long, no name and no letter cut."""

import time

import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.channels.abilities import ABILITIES, bluesky_length, mastodon_length, telegram_length, x_length
from publish.channels.protocol import Abilities
from publish.composing.fitting import cut, fit
from publish.message import Mark, Part, Refusal, Span, plain
from vocab.posts import ChannelName

COUNTER = regex.compile(r" \(\d/\d\)$")


def of(text: str) -> Part:
    return (Span(text),)


def test_x_counts_as_x_does() -> None:
    assert x_length(of("Байкоо ү")) == 8
    assert x_length(of("№ 5")) == 4
    assert x_length(of("…")) == 2
    assert x_length(of("«—»“”")) == 5
    assert x_length(of("漢字")) == 4
    assert x_length(of("👨‍👩‍👧‍👦")) == 2
    assert x_length(of("🇰🇬")) == 2
    assert x_length(of("й")) == 1  # written as two code points
    assert x_length(of("https://kenesh.kg/ky/a/very/long/address/that/goes/on.")) == 24
    assert x_length(of("см. https://a.kg, https://b.kg")) == 4 + 23 + 2 + 23
    assert x_length(of("www.kenesh.kg")) == 23
    assert x_length((Span("тут", Mark.LINK, "https://kenesh.kg/a"),)) == 5 + 23


def test_the_others_count_as_they_do() -> None:
    assert mastodon_length(of("👨‍👩‍👧‍👦 @a@example.org https://kenesh.kg/" + "x" * 90)) == 1 + 1 + 2 + 1 + 23
    link = (Span("тут", Mark.LINK, "https://kenesh.kg/" + "x" * 90),)
    assert bluesky_length(link) == 3
    assert bluesky_length(of("👨‍👩‍👧‍👦" * 130)) == 325  # 3,250 bytes by tens
    assert telegram_length(of("a👍")) == 3
    assert telegram_length(link) == 3


def test_a_thread_is_cut_at_sentences_and_its_link_leads() -> None:
    link = Span("Подробнее", Mark.LINK, "https://baikoo.example/ru/bills/1")
    sentence = "Комитет рассмотрел законопроект и вернул его на доработку. "
    text = (Span("Заголовок\n" + sentence * 8 + "\n"), link)
    parts = fit(text, text, link.address, ABILITIES[ChannelName.X])
    assert not isinstance(parts, Refusal)
    assert plain(parts[0]).startswith("Заголовок\nПодробнее: https://baikoo.example/ru/bills/1\nКомитет")
    assert all(COUNTER.sub("", plain(part)).endswith(".") for part in parts)
    assert [plain(part)[-5:] for part in parts] == [f"({n}/{len(parts)})" for n in range(1, len(parts) + 1)]


letters = st.sampled_from(["а", "ң", "é", "👩‍👧", "🇰🇬", "№", "x", ".", ","])
words = st.lists(letters, min_size=1, max_size=12).map("".join)
phrases = st.lists(words, min_size=1, max_size=6).map(" ".join)
spans = st.one_of(
    phrases.map(lambda text: Span(f"{text} ")),
    phrases.map(lambda text: Span(text, Mark.NAME)),
    words.map(lambda text: Span(text, Mark.LINK, f"https://kenesh.kg/{len(text)}")),
    st.just(Span("\n")),
)


@settings(max_examples=60, deadline=None, database=None)
@given(st.lists(spans, min_size=1, max_size=24).map(tuple), st.sampled_from(list(ABILITIES)), st.integers(2, 6))
def test_nothing_is_lost_or_too_long_or_cut_inside(text: Part, channel: ChannelName, number: int) -> None:
    measure = ABILITIES[channel].measure
    abilities = Abilities(limit=60, measure=measure, most_parts=6)
    parts = cut(text, number, abilities)
    if parts is None:
        return
    assert all(measure(part) <= 60 for part in parts)
    bare = [(*part[:-1], Span(COUNTER.sub("", part[-1].text))) for part in parts]
    assert " ".join(map(plain, bare)).split() == plain(text).split()
    whole = [span for span in text if span.mark is not Mark.PLAIN]
    assert [span for part in parts for span in part if span.mark is not Mark.PLAIN] == whole
    clusters = regex.findall(r"\X", "".join(plain(text).split()))
    assert regex.findall(r"\X", "".join("".join(map(plain, bare)).split())) == clusters


def test_a_text_of_many_words_is_cut_at_once_and_one_that_never_fits_is_not_tried() -> None:
    began = time.perf_counter()
    parts = fit(of("слово " * 1900), of("слово " * 1900), "", ABILITIES[ChannelName.TELEGRAM])
    assert isinstance(parts, tuple)
    assert len(parts) == 3
    assert isinstance(fit(of("слово " * 9000), of("слово " * 9000), "", ABILITIES[ChannelName.X]), Refusal)
    assert time.perf_counter() - began < 4
