"""The notation of wordings, the matching of rows, and the lexicon itself."""

from collections.abc import Sequence
from typing import get_args

import pytest

from nlp.lexicon import lexicon
from nlp.press.event import Action, PressBody
from nlp.press.patterns import GAP, LEXICON, Matcher, element, matcher, phrases, row
from nlp.press.words import Word, masked, plain_text, quotations, sentences_of, words_of

SECTIONS = sorted(
    name for name, rows in lexicon(LEXICON).items() if isinstance(rows, list) and isinstance(rows[0], dict)
)


def words(text: str) -> list[Word]:
    return words_of(plain_text(text))


def hits(wordings: Sequence[str], text: str) -> list[str]:
    found = Matcher(row(one, place) for place, one in enumerate(wordings)).find(words(text))
    return [hit.row.wording for hit in found]


@pytest.mark.parametrize(
    ("written", "fitting", "other"),
    [
        ("слово", ["слово"], ["слова", "сло"]),
        ("слов*", ["слово", "словами"], ["сло"]),
        ("*ого", ["цифрового"], ["цифровой"]),
        ("закон(а|у)", ["закон", "закона", "закону"], ["законом"]),
        ("один|два(м)|тр*", ["один", "два", "двам", "три"], ["одна"]),
        ("<dash>", ["-", "–", "—", ":"], [","]),
    ],
)
def test_an_element_fits(written: str, fitting: list[str], other: list[str]) -> None:
    one = element(written)
    assert all(one.fits(form) for form in fitting)
    assert not any(one.fits(form) for form in other)


@pytest.mark.parametrize("written", ["", "... слово", "слово ...", "слово? два", "а||б", "* слово"])
def test_a_wording_that_cannot_be_read_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="«"):
        row(written)


@pytest.mark.parametrize(
    ("wordings", "text", "found"),
    [
        (["принят", "принят к сведению"], "Отчет принят к сведению", ["принят к сведению"]),
        (["принят", "принят к сведению"], "Отчет принят к декабрю", ["принят"]),
        (["снят с? повестки"], "снят с повестки, снят повестки", ["снят с? повестки"] * 2),
        (["снят ... с повестки"], "снят вчера вечером с повестки", ["снят ... с повестки"]),
        (["снят ... повестки"], "снят. С повестки", []),
        (["снят ... повестки"], "снят " + "слово " * GAP + "повестки", ["снят ... повестки"]),
        (["снят ... повестки"], "снят " + "слово " * (GAP + 1) + "повестки", []),
        (["снят ... повестки", "отложен"], "снят отложен повестки", ["снят ... повестки", "отложен"]),
    ],
)
def test_rows_are_found(wordings: list[str], text: str, found: list[str]) -> None:
    assert hits(wordings, text) == found


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_can_be_read(section: str) -> None:
    assert matcher(section).find(words("слово")) is not None


def test_every_list_can_be_read() -> None:
    lists = [name for name, rows in lexicon(LEXICON).items() if isinstance(rows, list) and name not in SECTIONS]
    assert all(phrases(name).find(words("вздор")) == [] for name in lists)


def test_every_action_has_wordings() -> None:
    assert {group["action"] for group in lexicon(LEXICON)["actions"]} == {*(one.value for one in Action), "none"}


def test_every_body_has_wordings() -> None:
    assert {group["body"] for group in lexicon(LEXICON)["bodies"]} == set(get_args(PressBody))


def test_no_wording_of_actions_stands_twice() -> None:
    rows = [str(one) for group in lexicon(LEXICON)["actions"] for one in group["wordings"]]
    assert sorted(rows) == sorted(set(rows))


def test_many_forms_are_forgotten_again() -> None:
    patterns = Matcher([row("принят")])
    many = [Word(f"слово{number}", 0, 1) for number in range(60_000)]
    assert patterns.find([*many, Word("принят", 0, 1)])[0].start == 60_000


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<p>Закон</p>", "   Закон    "),
        ("&laquo;О воде&raquo;", "«      О воде»      "),
        ("<<О воде>>", " «О воде» "),
        ("''О воде''", " «О воде» "),
        ("зaкoн bank", "закон bank"),
        ("а\u00a0б\u200bв\x00г", "а б в г"),
    ],
)
def test_cleaning_keeps_every_place(text: str, plain: str) -> None:
    assert plain_text(text) == plain
    assert len(plain) == len(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Закон принят. Он важен.", 2),
        ("Живет в г. Бишкек. Работает.", 2),
        ("Сказал А. Асанов. Принято.", 2),
        ("по ст. 8 Закона", 1),
        ("строка\nвторая строка", 2),
        ("языке.Депутат сказал", 2),
        ("№ 115. «О воде»", 2),
        ("", 0),
        (".", 1),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(list(sentences_of(words(text), 0))) == count


def test_quotations_are_one_word() -> None:
    found = words("Сказал: «Закон «О воде» хорош», и ушел «прочь")
    assert [word.form for word in masked(found, quotations(found))] == [
        *("сказал", ":", "<quote>", ",", "и", "ушел", "«", "прочь"),
    ]


def test_a_headline_in_quotes_is_no_quotation() -> None:
    assert quotations(words("«Закон принят»\nслово")) == []
    assert len(quotations(words("слово\n«Закон принят»"))) == 1
