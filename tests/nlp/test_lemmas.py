"""One normal form for all inflections of a word, in both languages, whatever surrounds it."""

import json
import random
import re
import time
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymorphy3 import MorphAnalyzer  # type: ignore[import-untyped]

from nlp.words.language import Language
from nlp.words.lemmas import normal_form, normal_forms, query_forms, tokens
from nlp.words.pipeline import pipeline

PHRASES = 200
FOUND = 0.95
BY_FORMS = 0.97  # the share of single forms of nouns and adjectives that find their word
SECONDS_FOR_A_MEGABYTE = 5  # of the processor; growth with the square would take hours
WORD = re.compile("[а-яё]{4,}")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2019-жылдын", "2019 жыл"),
        ("№ 6-502/24", "6-502/24"),
        ("законопроект № 70790-6 на 2015-2016 годы", "законопроект 70790-6 на 2015 2016 год"),
        ("от 24.12.2014, статья 5-го раздела, 15ке, 80%", "от 24.12.2014 статья 5 раздел 15 80"),
        ("Об отчёте и отчетах", "о отчет и отчет"),
        ("социально-экономического", "социально экономический"),
        ("Жогорку Кенешем, Жогорку Кеңештин", "жогорку кенеш жогорку кенеш"),
        ("депутату Бакасовой, Бакасову и Бакасовым", "депутат бакасов бакасов и бакасов"),
        ("Мыйзам долбоорунун экинчи окууда каралышы", "мыйзам долбоор экинчи окуу каралыш"),
        ("Молдобекованын сунушу боюнча мыйзамдар", "молдобеков сунуш боюнча мыйзам"),
        ("covid-19 и COVID", "covid 19 и covid"),
        ("Ελληνικός νόμος 법률안", "ελληνικόσ νόμοσ 법률안"),
        ("", ""),
        ("… — «»", ""),
    ],
)
def test_texts_become_normal_forms(text: str, wanted: str) -> None:
    assert normal_forms(text) == wanted.split()


@pytest.mark.parametrize(
    ("forms", "wanted"),
    [
        ("суд суда судов суде судом судами", "суд"),
        ("право права прав правом", "право"),
        ("принятый принятого принят приняла принять", "принять"),
        ("данные данных данными", "данные"),
        ("кенеш кенеша кенешу кенешем кенеше", "кенеш"),
        ("торага тораги тораге торагой", "торага"),
        ("год года лет годов гг", "год"),
        ("бекешев бекешева бекешеву бекешевым бекешевой бекешевдин бекешевге", "бекешев"),
        ("сбыт сбыта сбытом", "сбыт"),
        ("сокулукский сокулукского сокулукской сокулукскою", "сокулукский"),
        ("оцифровизация оцифровизации оцифровизацией", "оцифровизация"),
        ("мыйзам мыйзамдын мыйзамдарга мыйзамынан мыйзамы", "мыйзам"),
        ("бюджет бюджета бюджеттин бюджетинен", "бюджет"),
    ],
)
def test_all_forms_of_a_word_meet(forms: str, wanted: str) -> None:
    assert {form: normal_forms(form) for form in forms.split() if normal_forms(form) != [wanted]} == {}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Кeңeш", "кенеш"),  # Latin e
        ("зaкoнa", "закон"),
        ("за\u00adко\u00adна", "закон"),  # soft hyphens
        ("зако\u0301н", "закон"),  # an accent
        ("Бии\u0306", "бий"),  # й in two code points
        ("СOVID", "covid"),  # a Cyrillic С
        ("отчёт", "отчет"),
    ],
)
def test_slips_of_typing_are_mended(written: str, meant: str) -> None:
    assert normal_forms(written) == [meant]


def test_tokens_know_their_places() -> None:
    text = "«О су\u00adдах»&nbsp;<b>5-го</b> созыва №6-502/24"
    found = tokens(text)
    assert [token.normal for token in found] == ["о", "суд", "5", "созыв", "6-502/24"]
    assert all(text[token.start : token.end] == token.text for token in found)


def test_the_language_of_the_sentence_decides_where_a_word_is_of_both() -> None:
    assert normal_form("тили", Language.KYRGYZ) == "тил"
    assert normal_form("сумка", Language.RUSSIAN) == "сумка"
    assert normal_form("5-го") == "5"
    assert normal_form("жылы", Language.KYRGYZ) == "жыл"


@pytest.mark.parametrize(
    ("word", "document"),
    [
        ("пенсия", "О государственном пенсионном страховании и пенсиях"),
        ("пенсиялар", "пенсию получают"),
        ("пенсиясы", "Пенсияларды көбөйтүү тууралуу мыйзам"),
        ("бюджеттин", "о республиканском бюджете"),
        ("бюджета", "Республикалык бюджеттин аткарылышы"),
        ("мыйзамдын", "Мыйзам долбоору кабыл алынды"),
        ("судов", "о статусе судов и судей"),
        ("Бакасову", "выступила депутат Бакасова"),
        ("кеңешке", "заседание Жогорку Кенеша"),
        ("окмоту", "айыл өкмөтүнүн башчысы"),
        ("саякаттан", "Бул саякаты узакка созулду, депутаттар кайтып келишти"),
        ("6-502/24", "проект № 6-502/24"),
    ],
)
def test_a_query_word_finds_its_document(word: str, document: str) -> None:
    assert query_forms(word) & set(normal_forms(document))


def test_no_word_has_no_forms() -> None:
    assert query_forms("— «»") == frozenset()


def titles(folder: Path) -> list[str]:
    duma = (folder / "ru-duma-votes-2012" / "votings.jsonl").read_text("utf-8").splitlines()
    items = (folder / "gold" / "agenda_items.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["title"] for line in duma] + [json.loads(line)["text"] for line in items]


def noun_phrases(texts: Sequence[str], morph: MorphAnalyzer) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each two neighbouring words of a title that are an adjective and a noun, or two nouns."""

    @cache
    def part_of_speech(word: str) -> str | None:
        tag: str | None = morph.parse(word)[0].tag.POS
        return tag

    for text in texts:
        words = re.findall(r"\w+", text.lower())
        for pair in pairwise(words):
            if not all(WORD.fullmatch(word) for word in pair):
                continue
            first, second = (part_of_speech(word) for word in pair)
            if first in {"ADJF", "NOUN"} and second == "NOUN":
                yield text, pair


def inflected(word: str, morph: MorphAnalyzer) -> list[str]:
    """Every other form of the word, as pymorphy3 understands it."""
    parse = morph.parse(word)[0]
    return sorted({form.word for form in parse.lexeme if form.tag.POS == parse.tag.POS} - {word})


def test_every_inflected_form_of_a_noun_phrase_finds_its_title(shared_data: Path) -> None:
    morph = MorphAnalyzer(lang="ru")
    phrases = sorted(set(noun_phrases(titles(shared_data), morph)), key=lambda one: one[1])
    seen: set[tuple[str, str]] = set()
    tried = found = single = right = 0
    for text, pair in random.Random(7).sample(phrases, len(phrases)):
        if pair in seen or len(seen) == PHRASES:
            continue
        seen.add(pair)
        document = set(normal_forms(text))
        forms = [inflected(word, morph) for word in pair]
        hits = [[bool(query_forms(form) & document) for form in of_word] for of_word in forms]
        single, right = single + sum(map(len, hits)), right + sum(map(sum, hits))
        for place in range(max(map(len, hits), default=0)):
            chosen = [of_word[place % len(of_word)] for of_word in hits if of_word]
            tried, found = tried + 1, found + all(chosen)
    assert len(seen) == PHRASES
    assert found >= FOUND * tried, f"{found} of {tried} inflected phrases"
    assert right >= BY_FORMS * single, f"{right} of {single} inflected words"


def test_a_pipeline_of_spacy_has_the_same_words() -> None:
    text = "О проекте Закона «О медиации»  (2019-жылдын 5-майы)\nпринятом в 1-м чтении."
    document = pipeline("ru")(text)
    assert document.text == text
    assert [token.lemma_ for token in document if token.text[0].isalnum()] == normal_forms(text)
    assert pipeline("ru") is pipeline("ru")
    assert len(pipeline("ky")("")) == 0


@given(st.text(max_size=200))
def test_any_text_has_tokens(text: str) -> None:
    found = tokens(text)
    assert all(text[token.start : token.end] == token.text and token.normal for token in found)
    assert [token.normal for token in found] == normal_forms(text)
    assert bool(query_forms(text)) == bool(found)


@pytest.mark.parametrize(
    "piece",
    ["а", "А. ", "1-", "1/", "1.", "<a ", "&a", "а\u0301", "а'", "«", "\n", "\0", "aаеe", "15ке ", ".»«", "Закон. "],
)
def test_a_megabyte_of_anything_takes_no_time(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    began = time.process_time()
    normal_forms(text)
    query_forms(text)
    assert time.process_time() - began < SECONDS_FOR_A_MEGABYTE
