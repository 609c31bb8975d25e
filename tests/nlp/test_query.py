import pytest

from nlp.search.query import LONGEST, read_query


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("пенсия", [("пенсия", ["пенсия"], False)]),
        (
            "О пенсиях, и фондов",
            [("О", ["о"], False), ("пенсиях", ["пенсия"], False), ("и", ["и"], False), ("фондов", ["фонд"], False)],
        ),
        ("бюджеттин", [("бюджеттин", ["бюджет"], True)]),
        ("Өмүрбеков", [("Өмүрбеков", ["өмүрбеков"], True)]),
        ("6-502/24", [("6-502/24", ["6-502/24"], False)]),
        ("Бишк", [("Бишк", ["бишк"], True)]),
        ("ёлка", [("ёлка", ["елка"], False)]),
        ('"пенсия" OR (', [("пенсия", ["пенсия"], False), ("OR", ["or"], True)]),
        ("", []),
        ("  … — ?!", []),
        ("\0\ud800", []),
    ],
)
def test_words_of_a_query(typed: str, words: list[tuple[str, list[str], bool]]) -> None:
    assert [(one.written, one.forms, one.prefix) for one in read_query(typed)] == words


@pytest.mark.parametrize("hostile", ["а" * 1_000_000, "пенсия " * 200_000, "(" * 1_000_000, "a\u0301" * 500_000])
def test_a_pasted_text_is_read_to_a_bound(hostile: str) -> None:
    assert sum(len(one.written) for one in read_query(hostile)) <= LONGEST
