"""Committees in three languages; what nobody translated stays as written."""

import pytest

from publish.wording import meeting_title
from vocab.body_names import COMMITTEES, committee_name, language_of_name
from vocab.text import has_kyrgyz_letters

POLICY = "Комитет по социальной политике"


@pytest.mark.parametrize(
    ("written", "lang", "shown", "of_name"),
    [
        (POLICY, "ru", POLICY, "ru"),
        (POLICY, "ky", "Социалдык саясат боюнча комитети", "ky"),
        ("КОМИТЕТ по социальной политике", "en", "Committee on Social Policy", "en"),
        ("Социалдык саясат боюнча комитети", "en", "Committee on Social Policy", "en"),
        ("Социалдык саясат боюнча комитети", "ky", "Социалдык саясат боюнча комитети", "ky"),
        ("Комитет по бюджету и финансам", "ky", "Комитет по бюджету и финансам", "ru"),
        ("Комитет по пчёлам", "en", "Комитет по пчёлам", "ru"),
        ("Аарылар жөнүндө комитет", "ru", "Аарылар жөнүндө комитет", "ky"),
    ],
)
def test_a_committee_in_a_language(written: str, lang: str, shown: str, of_name: str) -> None:
    assert committee_name(written, lang) == shown
    assert language_of_name(written, lang) == of_name


def test_every_name_is_of_its_language() -> None:
    assert all(one.en.isascii() and one.en.startswith("Committee on ") for one in COMMITTEES)
    assert not any(has_kyrgyz_letters(one.ru) for one in COMMITTEES)
    assert len({one.ru for one in COMMITTEES}) == len(COMMITTEES)


def test_calendars_name_the_committee_in_their_language() -> None:
    assert "Committee on Social Policy" in meeting_title(POLICY, lang="en")
