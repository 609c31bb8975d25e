import pytest

from web.i18n import translations
from web.notes import note_words


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("nearest list: 2016-06-17", "фракция по списку депутатов от <2016-06-17>"),
        ("year 2108 read as 2018", "год 2108 прочитан как 2018"),
        ("the first day of two, the other is 2026-10-08", "повестка на два дня, второй — <2026-10-08>"),
        ("slip of the pen: initial_differs", "описка в источнике: отличается один инициал"),
        ("slip of the pen: of a new kind", "источник прочитан с допущением"),
        ("something new; something newer", "источник прочитан с допущением"),
        ("year 2108 read as 2018; year 2108 read as 2018", "год 2108 прочитан как 2018"),
    ],
)
def test_remarks_are_said_in_words(note: str, words: str) -> None:
    assert note_words(note, translations("ru").gettext, lambda day: f"<{day}>") == words
