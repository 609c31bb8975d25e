"""The nominative of what heads the name of an act."""

import pytest

from nlp.acts.cases import Gender, is_adjective, nominative_adjective, stem_of

STRESSED = frozenset({"трудов", "лесн", "втор"})


@pytest.mark.parametrize(
    ("word", "gender", "nominative"),
    [
        ("Трудового", "masculine", "Трудовой"),
        ("Лесному", "masculine", "Лесной"),
        ("Налоговым", "masculine", "Налоговый"),
        ("Уголовно-процессуальном", "masculine", "Уголовно-процессуальный"),
        ("Гражданского", "masculine", "Гражданский"),
        ("двустороннего", "masculine", "двусторонний"),
        ("Третьего", "masculine", "Третий"),
        ("третьем", "masculine", "третий"),
        ("вторым", "masculine", "второй"),
        ("кредитного", "neuter", "кредитное"),
        ("Дополнительному", "neuter", "Дополнительное"),
        ("трёхстороннем", "neuter", "трёхстороннее"),
        ("Парижским", "neuter", "Парижское"),
        ("Всеобщей", "feminine", "Всеобщая"),
        ("Венскую", "feminine", "Венская"),
        ("Обменных", "plural_only", "Обменные"),
        ("Общими", "plural_only", "Общие"),
        ("Семейный", "masculine", "Семейный"),
        ("указ", "masculine", "указ"),
    ],
)
def test_an_adjective_comes_into_the_nominative(word: str, gender: Gender, nominative: str) -> None:
    assert nominative_adjective(word, gender, STRESSED) == nominative


@pytest.mark.parametrize(
    ("word", "answer"), [("трудового", True), ("кодекс", False), ("ей", False), ("новый", True), ("в", False)]
)
def test_adjectives_are_told_by_their_ending(word: str, answer: bool) -> None:
    assert is_adjective(word) is answer


def test_a_stem_is_the_same_in_all_cases() -> None:
    assert {stem_of(word) for word in ("Трудовой", "трудового", "Трудовым")} == {"трудов"}
