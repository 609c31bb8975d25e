"""Every wording is there in every language, with the same figures."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources import files
from string import Formatter
from typing import Any

import pytest

from publish.wording import day_in_sentence, happening_title, load_words
from vocab.languages import DEFAULT_LANGUAGE, LANGUAGES

FILES = sorted(
    path.name.removesuffix(".yml") for path in files("publish").joinpath("templates", DEFAULT_LANGUAGE).iterdir()
)


CYRILLIC = re.compile("[\u0400-\u04ff]")
SAID_ALIKE = {
    "feeds.committee",
    "feeds.person",
    "things.committee",
    "things.person",
}  # «Байкоо — депутат: …» in both languages


def sentences(words: Mapping[str, Any], place: str = "") -> Iterator[tuple[str, str]]:
    for name, value in words.items():
        if isinstance(value, Mapping):
            yield from sentences(value, f"{place}{name}.")
        else:
            yield f"{place}{name}", str(value)


def figures(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != DEFAULT_LANGUAGE])
@pytest.mark.parametrize("name", FILES)
def test_a_language_says_all_that_the_others_say(name: str, lang: str) -> None:
    wanted, said = dict(sentences(load_words(name))), dict(sentences(load_words(name, lang)))
    assert said.keys() == wanted.keys()
    assert {place for place in wanted if figures(said[place]) != figures(wanted[place])} == set()
    assert {place for place, sentence in said.items() if not sentence.strip()} == set()


@pytest.mark.parametrize("name", FILES)
def test_english_is_english(name: str) -> None:
    assert {place for place, words in sentences(load_words(name, "en")) if CYRILLIC.search(words)} == set()


@pytest.mark.parametrize("name", FILES)
def test_kyrgyz_is_not_left_in_russian(name: str) -> None:
    russian, kyrgyz = dict(sentences(load_words(name))), dict(sentences(load_words(name, "ky")))
    same = {place for place, words in kyrgyz.items() if words == russian[place] and len(words.split()) > 1}
    assert {place for place in same if CYRILLIC.search(kyrgyz[place])} <= SAID_ALIKE


def test_kyrgyz_puts_a_day_into_its_case_and_the_others_as_it_stands() -> None:
    april, november = (day_in_sentence(date(2026, month, 9), "ky") for month in (4, 11))
    assert (april.on, april.to, april.of) == (
        "2026-жылдын 9-апрелинде",
        "2026-жылдын 9-апрелине",
        "2026-жылдын 9-апрелиндеги",
    )
    assert (
        f"{november:on} {november:to} {november:of}".replace("2026-жылдын 9-", "") == "ноябрында ноябрына ноябрындагы"
    )
    assert f"{november}" == "2026-ж., 9-ноябрь"
    assert f"{day_in_sentence(date(2026, 11, 9), 'en'):on}" == "9 November 2026"
    with pytest.raises(ValueError, match="no case of a day: on, to, of"):
        f"{november:at}"
    said = happening_title("bill_told_adopted", "О бюджете", date(2026, 11, 9), {}, "ky")
    assert said == "Мыйзам долбоору 2026-жылдын 9-ноябрында кабыл алынды (пресс-кызмат кабарлайт): О бюджете"


def test_every_sentence_of_every_language_can_be_said() -> None:
    facts = {
        name: "x"
        for lang in LANGUAGES
        for one in dict(sentences(load_words("happenings", lang))).values()
        for name in figures(one)
    }
    for lang in LANGUAGES:
        for kind in load_words("happenings", lang)["kinds"]:
            assert "{" not in happening_title(kind, "О бюджете", date(2026, 11, 9), facts, lang), kind
