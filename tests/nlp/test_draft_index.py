from dataclasses import replace
from datetime import date

import pytest

from nlp.drafts.blocking import known_weight
from nlp.drafts.draft import DEPUTIES, GOVERNMENT, Draft, Sameness, sameness
from nlp.drafts.index import DraftIndex
from nlp.drafts.likeness import likeness
from nlp.drafts.title_form import read_title

MEDIATION = "О медиации и примирении сторон"
AD = "О внесении изменений в Закон «О рекламе»"
MAY, JUNE = date(2023, 5, 10), date(2023, 6, 10)


def draft(key: str, title: str, day: date | None = MAY, bill: str | None = None) -> Draft:
    return Draft(key=key, title=read_title(title, day), day=day, bill=bill)


def same(left: Draft, right: Draft) -> Sameness | None:
    return sameness(left, right, likeness(left.title, right.title, known_weight), known_weight)


def index_of(*drafts: Draft, once: bool = False) -> DraftIndex:
    return DraftIndex(drafts, weigh=known_weight, once=once)


def found(index: DraftIndex, asked: Draft) -> str | None:
    match = index.match(asked)
    return match.bill if match else None


def test_a_title_finds_its_bill() -> None:
    index = index_of(draft("1", MEDIATION, bill="A"), draft("2", "О нотариате и адвокатуре", bill="B"))
    match = index.match(draft("q", "(второе чтение) О проекте Закона «О медиации и о примирении сторон»", JUNE))
    assert match
    assert (match.bill, match.draft.key, match.method) == ("A", "1", "title")
    assert match.score >= 0.95
    assert match.runner_up == 0.0
    assert set(match.words) == {"медиации", "примирении", "сторон"}


def test_no_match_is_an_answer() -> None:
    index = index_of(draft("1", MEDIATION, bill="A"))
    assert found(index, draft("q", "О нотариате и адвокатуре")) is None
    assert found(index, draft("q", "")) is None
    assert found(DraftIndex(), draft("q", MEDIATION)) is None
    assert found(index, draft("1", MEDIATION)) is None, "a record is not found by itself"


def test_of_equal_titles_the_one_clearly_nearer_in_time_is_meant() -> None:
    old, new = draft("1", MEDIATION, date(2021, 5, 1), "A"), draft("2", MEDIATION, MAY, "B")
    assert found(index_of(old, new), draft("q", MEDIATION, JUNE)) == "B"
    twin = draft("3", MEDIATION, date(2023, 5, 12), "C")
    assert found(index_of(new, twin), draft("q", MEDIATION, JUNE)) is None


def test_where_a_sitting_names_a_bill_once_its_other_items_are_other_bills() -> None:
    near = replace(draft("1", MEDIATION, MAY, "A"), sitting="s1")
    here = replace(draft("2", MEDIATION, JUNE, "A"), sitting="s2")
    other = replace(draft("3", MEDIATION, date(2023, 4, 1), "B"), sitting="s0")
    asked = replace(draft("q", MEDIATION, JUNE), sitting="s2")
    assert found(index_of(near, here, other, once=True), asked) == "B"
    assert found(index_of(near, here, other), asked) == "A"


def test_an_index_grows() -> None:
    index = DraftIndex(once=False)
    for number in range(200):
        index.add(draft(str(number), f"О слове{number} и деле{number * 7} для города{number * 3}", bill=str(number)))
    assert found(index, draft("q", "О слове150 и деле1050 для города450")) == "150"


def test_numbers_decide_first() -> None:
    left, right = replace(draft("1", MEDIATION), number="n-6-1-23"), replace(draft("2", AD), number="n-6-1-23")
    assert same(left, right) == Sameness(score=1.0, method="number", words=("n-6-1-23",))
    assert same(replace(left, number="n-6-2-23"), replace(left, key="2")) is None


def test_a_resolution_of_the_government_joins_what_titles_allow() -> None:
    one = replace(draft("1", "О лицензировании отдельных видов деятельности врачей"), resolutions=frozenset({"r"}))
    other = replace(draft("2", "О лицензировании деятельности врачей", JUNE), resolutions=frozenset({"r"}))
    package = replace(draft("3", AD), resolutions=frozenset({"r"}))
    assert (same(one, other) or Sameness(score=0, method="")).method == "resolution"
    assert same(one, package) is None
    assert same(one, replace(other, resolutions=frozenset({"s"}))) is None


def test_two_languages_are_joined_by_a_resolution_or_an_act_alone() -> None:
    russian = draft("1", "О внесении изменений в Закон «Об образовании»")
    kyrgyz = replace(draft("2", "«Билим берүү жөнүндө» Мыйзамга өзгөртүүлөрдү киргизүү тууралуу", JUNE), kyrgyz=True)
    assert same(russian, kyrgyz) is None
    by_resolution = same(*(replace(one, resolutions=frozenset({"r"})) for one in (russian, kyrgyz)))
    assert by_resolution
    assert by_resolution.method == "resolution"
    by_act = same(*(replace(one, acts=frozenset({"no:92:2003-04-30"})) for one in (russian, kyrgyz)))
    assert by_act
    assert by_act.method == "act"
    late = replace(kyrgyz, acts=frozenset({"no:92:2003-04-30"}), day=date(2024, 6, 1))
    assert same(replace(russian, acts=late.acts), late) is None


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({}, True),
        ({"day": date(2027, 1, 1)}, False),
        ({"kind": "resolution"}, False),
        ({"brought_by": GOVERNMENT}, False),
        ({"initiators": frozenset({"асанов"})}, False),
        ({"initiators": frozenset({"асанов", "иванов"})}, True),
        ({"readings": frozenset({2})}, True),
        ({"day": date(2023, 3, 1), "readings": frozenset({3})}, False),
        ({"adopted": True}, True),
        ({"adopted": True, "day": date(2022, 1, 1)}, False),
    ],
)
def test_what_else_is_known_speaks_against(change: dict[str, object], kept: bool) -> None:
    first = replace(
        draft("1", MEDIATION),
        kind="law",
        brought_by=DEPUTIES,
        initiators=frozenset({"иванов"}),
        readings=frozenset({1}),
    )
    second = replace(replace(first, key="2", day=JUNE), **change)  # type: ignore[arg-type]
    found = same(first, second)
    assert (found is not None and found.score >= 0.88) == kept


def test_the_less_a_title_tells_the_nearer_it_must_come_again() -> None:
    ad, later = draft("1", AD), draft("2", AD, date(2024, 5, 1))
    assert same(ad, draft("2", AD, JUNE))
    assert same(ad, later) is None
    code = draft("1", "О внесении изменений в Уголовный кодекс")
    again = replace(code, key="2", day=JUNE)
    assert same(code, again) is None
    assert same(code, replace(again, day=date(2023, 5, 12)))
    assert same(*(replace(one, initiators=frozenset({"иванов"})) for one in (code, again)))
    assert same(replace(draft("1", AD, None)), later)


def test_one_sitting_has_one_item_for_a_draft_and_a_reading() -> None:
    first = replace(draft("1", "О внесении изменений в Закон «О рекламе вина и пива в эфире»"), sitting="s")
    other = replace(draft("2", "О внесении изменений и уточнений в Закон «О рекламе вина и пива в эфире»"), sitting="s")
    assert same(first, other) is None
    assert same(first, replace(other, readings=frozenset({2}))) is not None
    assert same(first, replace(other, sitting="t")) is not None


def test_a_resolution_of_the_parliament_is_settled_in_one_sitting() -> None:
    first = replace(draft("1", "О плане работы комитета по правам человека на сессию"), kind="resolution")
    assert same(first, replace(first, key="2")) is not None
    assert same(first, replace(first, key="2", day=JUNE)) is None
