"""The language of texts and sentences, and where sentences end."""

import csv
import json
from pathlib import Path

import pytest

from nlp.evaluation.language import score
from nlp.words.language import Language, detect, language_of, sentences

SENTENCES = Path(__file__).with_name("language_sentences.tsv")
WANTED = 0.97


def written() -> list[tuple[str, str]]:
    with SENTENCES.open(encoding="utf-8", newline="") as rows:
        return [(row["language"], row["text"]) for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)]


def test_our_own_sentences_are_told_apart() -> None:
    rows = written()
    assert len(rows) >= 200
    assert sum(language == "ky" for language, _ in rows) >= 100
    wrong = [(language, text) for language, text in rows if detect(text).language != language]
    assert len(wrong) <= (1 - WANTED) * len(rows), wrong


def test_the_excerpts_of_other_outlets_are_told_apart(shared_data: Path) -> None:
    found = score(shared_data / "gold", shared_data / "kenesh-reconstructed")
    assert found.n == 35
    assert found.accuracy is not None
    assert found.accuracy >= WANTED, found.misses


def test_without_excerpts_there_is_nothing_to_score(tmp_path: Path) -> None:
    assert score(tmp_path / "gold", tmp_path / "replay").n == 0


def test_a_wrong_language_is_a_miss(tmp_path: Path) -> None:
    folder = tmp_path / "kenesh"
    folder.mkdir()
    line = '{"url": "http://a.kg/1", "title": "Закон принят", "text": "Депутаты разошлись.", "lang": "ky"}\n'
    (folder / "press-excerpts.jsonl").write_text(line, "utf-8")
    found = score(tmp_path / "gold", tmp_path / "elsewhere" / "replay")
    assert (found.accuracy, found.parts) == (0.0, {"ky": 0.0})
    assert [(miss.wanted, miss.found) for miss in found.misses] == [("ky", "ru")]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Закон", Language.RUSSIAN),
        ("Мыйзам", Language.KYRGYZ),
        ("Өкмөт", Language.KYRGYZ),
        ("Комитетте кворум жок", Language.KYRGYZ),
        ("О медиации", Language.RUSSIAN),
        ("Пленарное заседание", Language.RUSSIAN),
        ("О внесении изменений в Закон «Об айыл окмоту»", Language.RUSSIAN),
        ("Партия «Бүтүн Кыргызстан» не прошла в парламент", Language.RUSSIAN),
        ("«Закон и порядок» партиясы жыйынга келген жок", Language.KYRGYZ),
        ("", Language.UNKNOWN),
        ("2019 – 2021, № 6-502/24", Language.UNKNOWN),
        ("The bill was adopted", Language.UNKNOWN),
        ("국회 법률안", Language.UNKNOWN),
    ],
)
def test_short_texts(text: str, language: Language) -> None:
    assert detect(text).language is language
    assert language_of(text) is language


def test_the_words_that_decided_are_told() -> None:
    found = detect("Депутаты приняли закон о бюджете. Депутаты приняли закон.")
    assert found.words == ("депутаты", "приняли", "закон", "о")
    assert found.score > 0.9
    assert detect("Мыйзам кабыл алынды").words[0] == "мыйзам"
    assert detect("Курс сома снова упал").score < 0.7  # only the dictionary knows


def test_a_text_is_mixed_when_both_languages_have_a_real_share() -> None:
    russian = "Закон принят в третьем чтении, сообщили в пресс-службе. "
    kyrgyz = "Бул тууралуу басма сөз кызматы билдирди, мыйзам кабыл алынды. "
    assert detect(russian + kyrgyz).language is Language.MIXED
    assert detect(russian * 12 + kyrgyz).language is Language.RUSSIAN
    assert detect(kyrgyz * 12 + russian).language is Language.KYRGYZ


def test_one_sentence_may_be_mixed() -> None:
    text = "Депутат сказал министру по этому вопросу: бул маселе боюнча мыйзам долбоору качан кабыл алынат"
    assert language_of(text) is Language.MIXED
    assert detect(text).language is Language.MIXED


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("reglament_2022-10-20_ru.txt", Language.RUSSIAN),
        ("Zakonoproekt_na_gosudarstvennom_yazyke_1_32da5bad99.txt", Language.KYRGYZ),
        ("Spravka_obosnovanie_na_gosudarstvennom_yazyke_1_111e971820.txt", Language.KYRGYZ),
    ],
)
def test_the_sentences_of_real_documents(shared_data: Path, name: str, language: Language) -> None:
    text = (shared_data / "kenesh" / "law" / name).read_text("utf-8")
    found = sentences(text)
    assert detect(text).language is language
    assert sum(one.language is language for one in found) >= WANTED * len(found)


def test_no_russian_title_is_taken_for_another(shared_data: Path) -> None:
    votes = (shared_data / "ru-duma-votes-2012" / "votings.jsonl").read_text("utf-8").splitlines()
    titles = [json.loads(line)["title"] for line in votes]
    assert [title for title in titles if detect(title).language is not Language.RUSSIAN] == []


def test_each_sentence_has_its_language() -> None:
    text = "Закон принят в третьем чтении. Мыйзам үчүнчү окууда кабыл алынды.\nСпасибо за внимание!"
    found = sentences(text)
    assert [one.language.value for one in found] == ["ru", "ky", "ru"]
    assert [text[one.start : one.end] for one in found] == [
        "Закон принят в третьем чтении.",
        "Мыйзам үчүнчү окууда кабыл алынды.",
        "Спасибо за внимание!",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Выступили А.Жапаров, Д. Д. Бекешев и Дж. Исаев по ст. 5 Закона.",
        "Принят 5 мая 2019 г. Бишкекским городским кенешем.",
        "Выделено 12 млрд. 400 млн. сомов, т.е. вдвое больше.",
        "Бюджетке 3 млн. 200 миң сом ж.б. каражат түштү.",
        "Он сказал: «Это плохо. Очень плохо. Так нельзя» и вышел.",
        'Проект Закона "О статусе. Часть первая" принят.',
        "Курс 87.45 сома, открытие в 10.00.",
        "1. О проекте закона",
        "Токтом 2019-ж. 12-майында кабыл алынган.",
    ],
)
def test_a_dot_is_not_always_an_end(text: str) -> None:
    assert [text[one.start : one.end] for one in sentences(text)] == [text]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Закон принят. Заседание закрыто.", 2),
        ("Кворум бар! Жыйын башталды. Суроо барбы? Жок.", 4),
        ("«Это плохо». Он вышел. (Шум в зале.) Заседание закрыто…", 4),
        ("Он сказал: «Это плохо.» Она ушла.", 2),
        ("Забытая кавычка «О бюджете\nНовая строка. Ещё одна.", 3),
        ("... Потом. . . ", 2),
        (" \n\n ", 0),
    ],
)
def test_sentences_end(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_a_quote_that_nobody_closed_does_not_swallow_the_text() -> None:
    text = "Проект «О бюджете принят. " + "Депутаты разошлись по домам. " * 100
    assert len(sentences(text)) > 40


@pytest.mark.parametrize("text", ["\0\x01", "«" * 5_000, "А. " * 5_000, "а" * 200_000, "&nbsp;<p>" * 500, "\ud800"])
def test_no_text_raises(text: str) -> None:
    assert detect(text).score <= 1
    assert all(text[one.start : one.end].strip() for one in sentences(text))
