"""The names of the real protocols against the real membership lists of the sixth convocation."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path

import pytest

from vocab.name_slips import Slip, likely_slip
from vocab.names import PersonName, split_names

_RECIPIENT = re.compile(r"передан\w? депутат\w*\s+(.{3,40}?)\s+в письм")


@cache
def known_deputies(shared_data: Path) -> list[PersonName]:
    """The deputies of the sixth convocation; a spelling that a later list corrects is one person."""
    lists = sorted((shared_data / "kenesh/membership-snapshots/export/VI").glob("*.csv"))
    written = {row["name"] for path in lists for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())}
    found: list[PersonName] = []
    for name in (PersonName.parse(text, "nominative") for text in sorted(written)):
        if not any(name.compatible(one) or likely_slip(name, one) for one in found):
            found.append(name)
    return found


def absence_lists(shared_data: Path) -> Iterator[str]:
    root = shared_data / "kenesh-reconstructed"
    for row in csv.DictReader((root / "index.csv").read_text(encoding="utf-8").splitlines()):
        if row["kind"] == "protocol":
            page = (root / row["file"]).read_text(encoding="utf-8")
            for paragraph in re.findall("<p>(.*?)</p>", page, re.DOTALL):
                if "отсутствуют депутаты" in paragraph:
                    yield unescape(paragraph).split(":", 1)[1]


@pytest.fixture
def deputies(shared_data: Path) -> list[PersonName]:
    return known_deputies(shared_data)


@pytest.fixture
def mentions(shared_data: Path) -> Counter[str]:
    """How often each wording of a name occurs among the absent and the recipients of their votes."""
    found: Counter[str] = Counter()
    for text in absence_lists(shared_data):
        found.update(_RECIPIENT.findall(text))
        found.update(name for name in split_names(re.sub(r"\([^)]*\)", " ", text)) if "вопросу" not in name)
    return found


def test_nearly_every_name_finds_exactly_one_deputy(deputies: list[PersonName], mentions: Counter[str]) -> None:
    by_key = defaultdict(list)
    for deputy in deputies:
        for key in deputy.match_keys():
            by_key[key].append(deputy)
    unclear: dict[str, int] = {}
    for text, count in mentions.items():
        name = PersonName.parse(text)
        if len({one for key in name.match_keys() for one in by_key[key] if name.compatible(one)}) != 1:
            unclear[text] = count
    assert unclear == {
        "Жунус уулу А.": 2, "Айдарову А.С.": 1, "Бакчиев А.Дж.": 1, "Бекешову Д.Д.": 1, "Жутанов А.С.": 1,
        "Зулушеву К.А.": 2, "Нурматову С.А.": 1, "Сабирову А.С.": 2, "Строковой А.Э.": 2,
        "Сурабалдиева Э.К.": 1, "Сыдыкову Б.С.": 1, "Турусбекову Ч.А.": 1, "Турускулову К.Ж.": 2,
        "Тусунбаев А.А.": 1, "Шарипову З.Э.": 1,
    }  # fmt: skip
    assert mentions.total() == 3251


@pytest.mark.parametrize(
    ("text", "deputy", "slip"),
    [
        ("Айдарову А.С.", "Айдаров С. А.", Slip.INITIALS_SWAPPED),
        ("Бакчиев А.Дж.", "Бакчиев Дж. А.", Slip.INITIALS_SWAPPED),
        ("Турускулову К.Ж.", "Турускулов Ж. К.", Slip.INITIALS_SWAPPED),
        ("Бекешову Д.Д.", "Бекешев Д. Д.", Slip.SURNAME_LETTER),
        ("Тусунбаев А.А.", "Турсунбаев А. А.", Slip.SURNAME_LETTER),
        ("Шарипову З.Э.", "Шарапов З. Э.", Slip.SURNAME_LETTER),
        ("Жутанов А.С.", "Жутанов А. Т.", Slip.INITIAL_DIFFERS),
        ("Зулушеву К.А.", "Зулушев К. Т.", Slip.INITIAL_DIFFERS),
        ("Сурабалдиева Э.К.", "Сурабалдиева Э. Ж.", Slip.INITIAL_DIFFERS),
        ("Сыдыкову Б.С.", "Сыдыков Б. У.", Slip.INITIAL_DIFFERS),
    ],
)
def test_one_slip_leads_to_exactly_one_deputy(deputies: list[PersonName], text: str, deputy: str, slip: Slip) -> None:
    name = PersonName.parse(text)
    assert [(one.display("initials"), kind) for one in deputies if (kind := likely_slip(name, one))] == [(deputy, slip)]


@pytest.mark.parametrize(
    "text", ["Жунус уулу А.", "Нурматову С.А.", "Сабирову А.С.", "Строковой А.Э.", "Турусбекову Ч.А."]
)
def test_no_slip_makes_a_person_of_what_stays_unclear(deputies: list[PersonName], text: str) -> None:
    name = PersonName.parse(text)
    assert [one for one in deputies if likely_slip(name, one)] == []
