"""Stems of Kyrgyz words: pairs written by hand, what is never taken apart, and words of any shape."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.words.kyrgyz import normal_form, possible_stems, stem_of

PAIRS = Path(__file__).with_name("kyrgyz_stems.tsv")
FEWEST_PAIRS = 150


def pairs() -> list[tuple[str, str]]:
    with PAIRS.open(encoding="utf-8", newline="") as rows:
        return [(row["form"], row["stem"]) for row in csv.DictReader(rows, delimiter="\t")]


def test_forms_have_their_stems() -> None:
    written = pairs()
    assert len(written) >= FEWEST_PAIRS
    assert {form: stem_of(form).text for form, stem in written if stem_of(form).text != stem} == {}


@pytest.mark.parametrize(
    "word",
    [
        *(
            "биринчи",
            "тышкы",
            "үчүн",
            "бүтүн",
            "алтын",
            "азыркы",
            "майдан",
            "доллар",
            "төрага",
            "жаңы",
        ),  # look inflected
        *("конституциялык", "мамлекеттик", "мандаттуу", "окуучу", "демилгечи"),  # derived words are words of their own
        *("команда", "доктор", "форма", "программа"),  # loans whose end looks like a case
    ],
)
def test_some_words_are_whole(word: str) -> None:
    assert stem_of(word).text == word


def test_a_consonant_that_was_voiced_before_a_vowel_is_restored_except_in_loans() -> None:
    assert [normal_form(word) for word in ("калпагы", "мектебинин", "укугубуз")] == ["калпак", "мектеп", "укук"]
    assert [normal_form(word) for word in ("штабы", "педагогу", "мониторинги")] == ["штаб", "педагог", "мониторинг"]


def test_harmony_decides_what_is_an_ending() -> None:
    assert stem_of("гектар").text == "гектар"  # «-тар» never follows е
    assert stem_of("сектор").text == "сектор"
    assert stem_of("дептерлер").text == "дептер"


def test_a_stem_says_whether_it_is_known() -> None:
    assert stem_of("мыйзамдын").known
    assert stem_of("контрагенттерге").known  # a noun of the Russian dictionary
    assert not stem_of("жомокторунан").known
    assert stem_of("жомокторунан").stripped == len("торунан")


def test_a_query_may_mean_several_stems() -> None:
    assert possible_stems("мыйзамдын") == {"мыйзам"}
    assert {"жаркын"} <= possible_stems("жаркынды")
    assert possible_stems("зыярат") == {"зыярат"}


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшъыьэюяөүң", max_size=60))
def test_any_word_has_a_stem_no_longer_than_a_letter_more(word: str) -> None:
    stem = stem_of(word)
    assert bool(stem.text) == bool(word)
    assert possible_stems(word)
    assert stem.stripped >= 0


@pytest.mark.parametrize("word", ["", "а" * 10_000, "нын", "лар", "ынынынынынынынынынынынынын", "ъ", "law", "12"])
def test_what_is_no_word_stays(word: str) -> None:
    assert stem_of(word).text == word or len(word) > 10
