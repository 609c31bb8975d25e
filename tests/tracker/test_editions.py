"""The rule book: its quotes stand in the law, each rule holds on its days, a faulty file is refused with its place."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from tracker.checks import CHECKS
from tracker.editions import RuleBook, read_rules
from vocab.errors import ConfigError
from vocab.text import fold_space

TEXT = "kenesh/law/reglament_2022-10-20_ru.txt"
ARTICLE = re.compile(r"^Статья (\d+)\.", re.MULTILINE)
BOOK = """
editions:
  one: {name: One, from: 2011-12-02, to: 2022-11-17}
  two: {name: Two, from: 2022-11-17, to: null}
rules:
  - id: R99
    name: rule
    severity: low
    wordings:
      - {editions: [one], article: art. 1, verified: false, source: memory, note: not seen}
      - {editions: [two], article: art. 2, verified: true, source: text}
"""


@pytest.fixture(scope="module")
def rules() -> RuleBook:
    return RuleBook.load()


def articles(law: str) -> dict[str, str]:
    pieces = ARTICLE.split(law)
    return {number: fold_space(text) for number, text in zip(pieces[1::2], pieces[2::2], strict=True)}


ELSEWHERE = {"R18", "R50"}  # by acts that are not the Rules, whose text was not read
SINCE = {"R50": date(2014, 1, 1)}


def test_quotes_stand_in_the_articles_that_the_rules_name(rules: RuleBook, shared_data: Path) -> None:
    law = articles((shared_data / TEXT).read_text("utf-8"))
    quoted = [rule for rule in rules.rules if rule.quote]
    assert {check.id for check in CHECKS} - {rule.id for rule in quoted} == ELSEWHERE
    for rule in quoted:
        named = " ".join(law[number] for number in re.findall(r"ст\. (\d+)", rule.article))
        missing = [piece for piece in rule.quote.split(" … ") if piece.strip() not in named]
        assert missing == [], f"{rule.id}, {rule.article}"


def test_every_check_has_its_rule_on_every_day_since_2012(rules: RuleBook) -> None:
    turns = {day for rule in rules.rules for day in (rule.valid_from, rule.valid_to) if day}
    days = {turn + timedelta(days=step) for turn in turns for step in (-1, 0)} | {date(2030, 1, 1)}
    for day in sorted(day for day in days if day >= date(2012, 1, 1)):
        lacking = {check.id for check in CHECKS if rules.on(check.id, day) is None}
        assert {one for one in lacking if day >= SINCE.get(one, date.min)} == set(), day


@pytest.mark.parametrize(
    ("check", "day", "edition", "article"),
    [
        ("R33", date(2011, 12, 2), "Закон КР от 25.11.2011", "ст. 35"),
        ("R33", date(2022, 11, 16), "Закон КР от 25.11.2011", "ст. 35"),
        ("R33", date(2022, 11, 17), "Регламент Жогорку Кенеша от 20.10.2022", "ст. 33"),
        ("R33", date(2023, 12, 1), "с изменениями от 29.11.2023", "ст. 33"),
        ("R33", date(2026, 1, 14), "с изменениями от 24.12.2025", "ст. 33"),
        ("R25", date(2021, 5, 4), "Конституция Кыргызской Республики от 27.06.2010", "не установлена"),
        ("R25", date(2021, 5, 5), "Конституция Кыргызской Республики от 05.05.2021", "не установлена"),
        ("R25", date(2022, 11, 17), "Регламент Жогорку Кенеша от 20.10.2022", "ст. 53 ч. 19"),
    ],
)
def test_the_edition_of_the_day_is_named(rules: RuleBook, check: str, day: date, edition: str, article: str) -> None:
    rule = rules.on(check, day)
    assert rule is not None
    assert edition in rule.edition
    assert article in rule.article


def test_a_wording_holds_through_amendments_that_left_it_alone(rules: RuleBook) -> None:
    days = (date(2023, 1, 1), date(2024, 1, 1), date(2027, 1, 1))
    wordings = {check.id: {_wording(rules, check.id, day) for day in days} for check in CHECKS}
    assert all(len(found) == 1 for found in wordings.values())


def _wording(rules: RuleBook, check: str, day: date) -> str:
    rule = rules.on(check, day)
    assert rule is not None
    return f"{rule.article} {rule.quote} {rule.parameters}"


def test_no_rule_before_the_first_edition(rules: RuleBook) -> None:
    assert rules.on("R23", date(2011, 12, 1)) is None
    assert rules.on("R99", date(2020, 1, 1)) is None


def test_what_was_not_read_is_not_called_verified(rules: RuleBook) -> None:
    old = [rule for rule in rules.rules if rule.valid_from < date(2022, 11, 17)]
    assert {rule.id for rule in old if rule.verified} == {
        "D01",
        "R23",
        "R27",
        "R28",
        "R29",
        "R30",
        "R33",
        "R35",
        "R38",
        "R50",
    }
    assert all(rule.note for rule in rules.rules if not rule.verified)
    new = [rule for rule in rules.rules if rule.valid_from >= date(2022, 11, 17) and rule.id not in ELSEWHERE]
    assert all(rule.quote for rule in new)


def test_the_fingerprint_follows_the_text() -> None:
    book = read_rules(BOOK)
    assert book.fingerprint == read_rules(BOOK).fingerprint
    assert book.fingerprint != read_rules(BOOK.replace("art. 2", "art. 3")).fingerprint


def test_a_file_is_read_from_a_path(tmp_path: Path) -> None:
    path = tmp_path / "rules.yml"
    path.write_text(BOOK, encoding="utf-8")
    assert [rule.article for rule in RuleBook.load(path).rules] == ["art. 1", "art. 2"]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("source: text", "", "source"),
        ("article: art. 2", "articel: art. 2", "articel"),
        ("severity: low", "severity: low\n    colour: red", "colour"),
        (", note: not seen", "", "note why not"),
        ("verified: true", "verified: true, note: not seen", "note why not"),
        ("editions: [two]", "editions: [three]", "three"),
        ("editions: [two]", "editions: [one, two]", "stands twice on 2011-12-02"),
        ("rules:", "rules: [", "ParserError"),
    ],
)
def test_a_faulty_file_is_refused(before: str, after: str, words: str) -> None:
    assert before in BOOK
    with pytest.raises(ConfigError, match=re.escape(words)):
        read_rules(BOOK.replace(before, after), "rules.yml")


def test_a_wording_may_begin_later_than_its_edition() -> None:
    later = BOOK.replace("editions: [two],", "editions: [two], from: 2023-01-01, to: 2024-01-01,")
    book = read_rules(later)
    assert book.on("R99", date(2022, 12, 31)) is None
    assert book.on("R99", date(2023, 1, 1)) is not None
    assert book.on("R99", date(2024, 1, 1)) is None
